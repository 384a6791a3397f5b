"""Badges of Open Badges 2.0 that their issuer does not publish, did not sign or took back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from credentials.openbadges.proof import instant
from tests.credentials.openbadges.corpus.entry import OPEN, OURS, Entry, entry
from tests.credentials.openbadges.corpus.material import LATER, as_bytes
from tests.credentials.openbadges.issued import AWARDED, BASE
from tests.credentials.openbadges.older_issued import (
    ASSERTION,
    badge_class,
    hosted,
    key,
    published,
    revoked,
    rsa_key,
    to_sign,
    token,
    world,
)

HOSTED: Final = {**OURS, "signature": "yes published", "alignment": "unchecked elsewhere"}
SIGNED: Final = {**OURS, "alignment": "unchecked elsewhere"}
_UNPROVEN: Final = "unchecked not-proven"
_LOST_CLASS: Final = {
    "well_formed": "unchecked badge-class-unreachable",
    "issuer_known": "unchecked issuer-unreachable",
    "signature": "unchecked issuer-unreachable",
    "alignment": "unchecked badge-class-unreachable",
}
_LOST_ISSUER: Final = {
    "well_formed": "unchecked issuer-unreachable",
    "issuer_known": "unchecked issuer-unreachable",
    "signature": "unchecked issuer-unreachable",
}
ELSEWHERE: Final = "https://copies.example/33"


def _hosted(
    name: str,
    handed: dict[str, Any] | None = None,
    answers: dict[str, Any] | None = None,
    **differs: Any,
) -> Entry:
    """What is handed in, or what the issuer's address publishes, differs."""
    documents = published(**(answers or {}))
    usual = {"usual": HOSTED, "ports": world(documents)}
    return entry(name, lambda: as_bytes(handed or hosted()), **{**usual, **differs})


def _signed(
    name: str, made: Callable[[], bytes], answers: dict[str, Any] | None = None, **differs: Any
) -> Entry:
    """A token, or what the issuer publishes about its key and withdrawn badges, differs."""
    usual = {"usual": SIGNED, "ports": world(published(**(answers or {})))}
    return entry(name, made, **{**usual, **differs})


def good() -> bytes:
    """Ada's badge of 2.0 as a token."""
    return token(to_sign())


def _sealed(name: str, made: Callable[[], bytes], signature: str, **differs: Any) -> Entry:
    """A token that is not signed as it must be."""
    return _signed(name, made, **{"signature": signature, "issuer_known": _UNPROVEN, **differs})


def _parts(which: int, of: bytes) -> bytes:
    parts = good().split(b".")
    parts[which] = of.split(b".")[which]
    return b".".join(parts)


OLDER: Final[list[Entry]] = [
    _hosted(
        "ob2-altered", hosted(narrative="Better."), signature="no altered", issuer_known=_UNPROVEN
    ),
    _hosted(
        "ob2-awarded-to-somebody-else-than-published",
        hosted(recipient={"type": "email", "hashed": False, "identity": "cem@lead.example"}),
        signature="no altered",
        issuer_known=_UNPROVEN,
    ),
    _hosted(
        "ob2-hosted-elsewhere",
        hosted(id=ELSEWHERE),
        ports=world({**published(), ELSEWHERE: hosted(id=ELSEWHERE)}),
        signature="no other-origin",
        issuer_known=_UNPROVEN,
    ),
    _hosted(
        "ob2-gone",
        answers={"assertion": 410},
        signature="unchecked withdrawn",
        issuer_known=_UNPROVEN,
        not_revoked="no revoked",
    ),
    _hosted(
        "ob2-published-as-revoked",
        answers={"assertion": hosted(revoked=True)},
        not_revoked="no revoked",
    ),
    _hosted(
        "ob2-address-does-not-answer",
        answers={"assertion": 404},
        verdict=OPEN,
        signature="unchecked hosted-unreachable",
        issuer_known=_UNPROVEN,
        not_revoked="unchecked hosted-unreachable",
    ),
    _hosted(
        "ob2-address-answers-with-a-web-page",
        answers={"assertion": b"<!DOCTYPE html>"},
        verdict=OPEN,
        signature="unchecked hosted-unreachable",
        issuer_known=_UNPROVEN,
        not_revoked="unchecked hosted-unreachable",
    ),
    _hosted(
        "ob2-address-answers-with-another-badge",
        answers={"assertion": hosted(id=f"{ASSERTION}/2")},
        signature="no not-published",
        issuer_known=_UNPROVEN,
        not_revoked="unchecked not-published",
    ),
    _hosted(
        "ob2-hosted-nowhere",
        hosted(id="urn:uuid:33"),
        signature="no not-hosted",
        issuer_known=_UNPROVEN,
        not_revoked="unchecked not-hosted",
    ),
    _hosted("ob2-class-does-not-answer", answers={"badge_class": 404}, verdict=OPEN, **_LOST_CLASS),
    _hosted("ob2-issuer-does-not-answer", answers={"issuer": 500}, verdict=OPEN, **_LOST_ISSUER),
    _hosted(
        "ob2-class-of-another-issuer",
        answers={"badge_class": badge_class(issuer=f"{BASE}/other")},
        verdict=OPEN,
        **_LOST_ISSUER,
    ),
    _hosted(
        "ob2-class-without-criteria",
        answers={"badge_class": badge_class(criteria=None)},
        well_formed="no criteria",
    ),
    _hosted(
        "ob2-awarded-to-nobody",
        hosted(recipient=None),
        {"assertion": hosted(recipient=None)},
        well_formed="no recipient",
    ),
    _hosted(
        "ob2-not-said-how-to-check",
        hosted(verification=None),
        {"assertion": hosted(verification=None)},
        well_formed="no verification",
    ),
    _hosted(
        "ob2-expired",
        hosted(expires=instant(LATER)),
        {"assertion": hosted(expires=instant(LATER))},
        not_expired="no expired",
    ),
    _hosted(
        "ob2-end-that-cannot-be-read",
        hosted(expires="next spring"),
        {"assertion": hosted(expires="next spring")},
        well_formed="no date",
        not_expired="unchecked no-date",
    ),
    _hosted("ob2-not-yet-valid", as_of=AWARDED - timedelta(days=1), not_expired="no not-yet"),
    _hosted("ob2-holder-of-somebody-else", whose="urn:uuid:0", recipient="no someone-else"),
    # --- signed ----------------------------------------------------------------------------------
    _sealed(
        "ob2-signed-under-the-name-of-a-listed-key",
        lambda: token(to_sign(), by=rsa_key("stranger")),
        "no altered",
    ),
    _sealed(
        "ob2-signed-with-an-unlisted-key",
        lambda: token(
            to_sign(verification={"type": "SignedBadge", "creator": f"{BASE}/stranger"}),
            by=rsa_key("stranger"),
        ),
        "no key-not-listed",
    ),
    _sealed(
        "ob2-signed-with-somebody-elses-key",
        good,
        "no key-not-listed",
        answers={"key": key(owner=f"{BASE}/other")},
    ),
    _sealed(
        "ob2-key-does-not-answer",
        good,
        "unchecked key-unreachable",
        answers={"key": 404},
        verdict=OPEN,
    ),
    _sealed(
        "ob2-key-is-no-key",
        good,
        "unchecked bad-key",
        answers={"key": key(publicKeyPem="secret")},
        verdict=OPEN,
    ),
    _sealed("ob2-signed-by-nobody", lambda: token(to_sign(), alg="none"), "no not-signed"),
    _sealed("ob2-sealed-with-a-secret", lambda: token(to_sign(), alg="HS256"), "no not-signed"),
    _sealed(
        "ob2-signed-in-a-way-not-checked",
        lambda: token(to_sign(), alg="PS512"),
        "unchecked proof-not-supported",
        verdict=OPEN,
    ),
    _sealed(
        "ob2-another-badge-in-the-token",
        lambda: _parts(1, token(to_sign(narrative="Better."))),
        "no altered",
    ),
    _sealed("ob2-without-its-signature", lambda: as_bytes(to_sign()), "no not-signed"),
    _signed(
        "ob2-revoked", good, {"revoked": revoked(this="By mistake.")}, not_revoked="no revoked"
    ),
    _signed(
        "ob2-list-does-not-answer",
        good,
        {"revoked": 503},
        verdict=OPEN,
        not_revoked="unchecked status-list-unreachable",
    ),
    _signed(
        "ob2-list-of-another-issuer",
        good,
        {"revoked": {**revoked(), "issuer": f"{BASE}/other"}},
        verdict=OPEN,
        not_revoked="unchecked status-list-other",
    ),
    _signed(
        "ob2-signed-and-expired",
        lambda: token(to_sign(expires=instant(LATER))),
        not_expired="no expired",
    ),
]
