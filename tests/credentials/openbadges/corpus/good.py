"""Good badges in every form: the corpus of bad ones proves nothing without them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from credentials.openbadges import Generation, bake_png
from tests.credentials.openbadges.corpus.entry import SMALLEST, VERIFIED, Entry, entry
from tests.credentials.openbadges.corpus.listed import LISTING, listing_badge, plain_list
from tests.credentials.openbadges.corpus.material import ada, as_bytes
from tests.credentials.openbadges.corpus.older import HOSTED, SIGNED, good
from tests.credentials.openbadges.corpus.pictured import png, svg
from tests.credentials.openbadges.corpus.several import INSIDE
from tests.credentials.openbadges.endorsed import (
    both_at_home,
    endorsed_by_university,
    with_endorsements,
)
from tests.credentials.openbadges.fuller import FULL
from tests.credentials.openbadges.issued import SUBJECT, signed, tiny_png
from tests.credentials.openbadges.older_issued import ASSERTION, hosted, published, world
from tests.credentials.openbadges.other_proofs import OTHER_HOME, PROOFS
from tests.credentials.openbadges.recorded import record
from tests.credentials.openbadges.tokens import TOKEN_HOME, TOKENS


def _good(name: str, made: Callable[[], bytes], **differs: Any) -> Entry:
    return entry(name, made, **{"verdict": VERIFIED, **differs})


_TOKENS: Final = [
    _good(f"good-jwt-{kind}", partial(bytes, data), usual=SMALLEST, ports=TOKEN_HOME)
    for kind, data in TOKENS.items()
]
_PROOFS: Final = [
    _good(f"good-{kind}", partial(as_bytes, document), usual=SMALLEST, ports=OTHER_HOME)
    for kind, document in PROOFS.items()
]

GOOD: Final[list[Entry]] = [
    _good("good-json", ada),
    _good("good-png", png),
    _good("good-svg", svg),
    _good("good-with-everything", lambda: signed(FULL)),
    _good("good-holder", ada, whose=SUBJECT, recipient="yes same-id"),
    _good(
        "good-recipient",
        lambda: signed(FULL),
        whose="ada@lead.example",
        recipient="yes same-identity",
    ),
    _good(
        "good-unlisted",
        partial(listing_badge, LISTING),
        ports=plain_list(LISTING),
        not_revoked="yes not-listed",
    ),
    _good(
        "good-endorsed",
        lambda: signed(with_endorsements(endorsed_by_university())),
        ports=both_at_home(),
        endorsed="yes endorsed",
    ),
    _good("good-clr", record, usual=SMALLEST, parts=(INSIDE,) * 3),
    _good("good-ob2-hosted", lambda: as_bytes(hosted()), usual=HOSTED, ports=world(published())),
    _good("good-ob2-address", ASSERTION.encode, usual=HOSTED, ports=world(published())),
    _good("good-ob2-signed", good, usual=SIGNED, ports=world(published())),
    _good(
        "good-ob2-signed-png",
        lambda: bake_png(tiny_png(), good(), generation=Generation.TWO),
        usual=SIGNED,
        ports=world(published()),
    ),
    *_TOKENS,
    *_PROOFS,
]
