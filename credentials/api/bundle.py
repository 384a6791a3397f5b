"""Making an offline bundle for those who verify without a network: a district, an auditor."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from django.utils import timezone

from credentials.api.verification import fetched
from credentials.conf import conf
from credentials.domain import bundle, bundle_others, issuer_key
from credentials.errors import Invalid, NotFound
from credentials.models import IssuerKey, TrustList
from credentials.openbadges import Fetched, OpenBadgesError
from credentials.openbadges.bundle import DOCUMENTS, Bundle, Kind, Member, pinned
from credentials.openbadges.bundle_file import write_bundle

#: So many issuers are asked at the same time.
AT_ONCE = 8


@dataclass(frozen=True, kw_only=True)
class Written:
    """A bundle as bytes, and what it says of itself."""

    data: bytes
    bundle: Bundle


def make_bundle(
    *,
    program: str = "",
    issuers: Collection[str] = (),
    lists: Collection[str] = (),
    badges: Iterable[bytes] = (),
    fetch: Callable[[str], Fetched] = fetched,
) -> Written:
    """Everything known here, and what can be fetched of the issuers on the trust lists.

    `program` (a slug) says whose key signs it; it may be left out where there is one program.
    `issuers` limits the other issuers to these, `lists` the trust lists. `badges` are files whose
    reports shall be made again offline: what they name is fetched too. What could not be had is in
    `bundle.missing`. Changes nothing, except that a revocation list may be signed anew. Raises
    NotFound for a program, an issuer or a list that is not here, Invalid for a bundle too large.
    """
    now = timezone.now().replace(microsecond=0)
    key_row = _key(program)
    others = _others(issuers, lists)
    host = urlsplit(conf().base_url).netloc
    own = [*bundle.own_members(host=host, now=now), *bundle.trust_members(names=lists, now=now)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        looked_up = partial(bundle_others.looked_up, fetch=fetch, now=now)
        answers = list(pool.map(looked_up, others.keys(), others.values()))
    answers.append(bundle_others.named_by(badges, fetch=fetch, now=now))
    made = Bundle(
        made=now,
        maker=key_row.issuer.did,
        key=key_row.public_multibase,
        members=_once([*own, *(one for had, _ in answers for one in had)]),
        missing=tuple(one for _, missing in answers for one in missing),
        contexts=pinned(),
    )
    try:
        return Written(data=write_bundle(made, issuer_key.open_key(key_row)), bundle=made)
    except OpenBadgesError as error:
        raise Invalid(error.message) from None


def _once(members: Iterable[Member]) -> tuple[Member, ...]:
    """Each name once, as the first that has it: our own record before what was fetched."""
    found: dict[tuple[Kind | None, str], Member] = {}
    for one in members:
        found.setdefault((None if one.kind in DOCUMENTS else one.kind, one.name), one)
    return tuple(found.values())


def _key(program: str) -> IssuerKey:
    rows = IssuerKey.objects.filter(active=True, kind=IssuerKey.Kind.PROOF).select_related(
        "issuer__program"
    )
    found = [row for row in rows if program in {"", row.issuer.program.slug}]
    if len(found) == 1:
        return found[0]
    slugs = ", ".join(sorted(row.issuer.program.slug for row in rows))
    if not slugs:
        raise NotFound("There is no program here yet whose key could sign a bundle.")
    raise NotFound(f"Say with --program whose key signs the bundle: {slugs}.")


def _others(issuers: Collection[str], lists: Collection[str]) -> dict[str, str]:
    known = set(TrustList.objects.values_list("name", flat=True))
    if unknown := [name for name in lists if name not in known]:
        raise NotFound(f"There is no trust list “{unknown[0]}” here: `lc trust list` shows all.")
    listed = bundle_others.listed_issuers(names=lists)
    if unknown := [one for one in issuers if one not in listed]:
        raise NotFound(f"{unknown[0]} is on none of these trust lists.")
    return {one: name for one, name in listed.items() if not issuers or one in issuers}
