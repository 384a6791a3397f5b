"""The parts that Open Badges 2.0 asks of an assertion, its class and its issuer.

Source: Open Badges 2.0, sections "Assertion", "BadgeClass", "Profile", "IdentityObject".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from credentials.openbadges.older.published import is_web
from credentials.openbadges.proof import read_instant
from credentials.openbadges.shape import OB_2, Fault, is_iri
from credentials.openbadges.shape.values import members

OB_1: Final = "https://w3id.org/openbadges/v1"
HOSTED: Final = ("HostedBadge", "hosted")
SIGNED: Final = ("SignedBadge", "signed")

_HASH: Final = re.compile(r"md5\$[0-9a-fA-F]{32}|sha256\$[0-9a-fA-F]{64}")
_ZONE: Final = re.compile(r"([+-]\d\d)(\d\d)$")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")


def is_older(document: Any) -> bool:
    """Whether it says that it is written in the words of 2.0."""
    return isinstance(document, dict) and OB_2 in members(document.get("@context"))


def is_oldest(document: Any) -> bool:
    """Whether it is a badge from before 2.0: these are not read here."""
    if not isinstance(document, dict):
        return False
    contexts = members(document.get("@context"))
    return OB_1 in contexts or (not contexts and {"badge", "recipient", "verify"} <= set(document))


def verification_type(assertion: dict[str, Any]) -> str:
    """How the assertion says that it is to be checked; "" if it does not."""
    verification = assertion.get("verification")
    kinds = members(verification.get("type")) if isinstance(verification, dict) else []
    found = [kind for kind in kinds if kind in HOSTED + SIGNED]
    return str(found[0]) if found else ""


def zoned(value: Any) -> Any:
    """A date as written, with the colon that 2.0 lets its zone do without."""
    return _ZONE.sub(r"\1:\2", value) if isinstance(value, str) else value


def assertion_faults(assertion: dict[str, Any]) -> Iterator[Fault]:
    """What an Assertion lacks, most basic first."""
    if "Assertion" not in members(assertion.get("type")):
        yield Fault("type", "It does not say that something was awarded to somebody.")
    if not is_iri(assertion.get("id")):
        yield Fault("id", "It has no identifier of its own.")
    if not _is_identity(assertion.get("recipient")):
        yield Fault("recipient", "It does not say to whom something was awarded.")
    if not verification_type(assertion):
        yield Fault("verification", "It does not say how it can be checked.")
    if read_instant(zoned(assertion.get("issuedOn"))) is None:
        yield Fault("issued-on", "It does not say when it was awarded.")
    expires = assertion.get("expires")
    if expires is not None and read_instant(zoned(expires)) is None:
        yield Fault("date", "The date until which it is valid cannot be read.")


def _is_identity(recipient: Any) -> bool:
    if not isinstance(recipient, dict):
        return False
    kind, identity, hashed = (recipient.get(name) for name in ("type", "identity", "hashed"))
    if not isinstance(kind, str) or not isinstance(identity, str) or not isinstance(hashed, bool):
        return False
    if hashed or _HASH.fullmatch(identity):
        return hashed and _HASH.fullmatch(identity) is not None
    return kind != "email" or _EMAIL.fullmatch(identity) is not None


def badge_class_faults(badge_class: dict[str, Any]) -> Iterator[Fault]:
    """What a BadgeClass lacks."""
    if "BadgeClass" not in members(badge_class.get("type")) or not is_iri(badge_class.get("id")):
        yield Fault("badge-class", "It does not say what was awarded.")
        return
    for name in ("name", "description"):
        if not _is_wording(badge_class.get(name)):
            yield Fault("badge-class", f"What was awarded has no {name}.")
    if not _is_described(badge_class.get("image"), "id"):
        yield Fault("badge-class", "What was awarded has no picture.")
    if not _is_described(badge_class.get("criteria"), "id", "narrative"):
        yield Fault("criteria", "It does not say what had to be done for it.")
    for alignment in members(badge_class.get("alignment")):
        if not (
            isinstance(alignment, dict)
            and is_web(alignment.get("targetUrl"))
            and _is_wording(alignment.get("targetName"))
        ):
            yield Fault("alignment", "One alignment is not written as it must be.")


def issuer_faults(issuer: dict[str, Any]) -> Iterator[Fault]:
    """What an issuer's Profile lacks; its e-mail address is asked for and never looked at."""
    if not any(kind in ("Issuer", "Profile") for kind in members(issuer.get("type"))):
        yield Fault("issuer", "It does not describe its issuer.")
    if not is_iri(issuer.get("id")) or not _is_wording(issuer.get("name")):
        yield Fault("issuer", "Its issuer has no identifier or no name.")
    if not is_web(issuer.get("url")):
        yield Fault("issuer", "Its issuer names no web page.")


def _is_wording(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_described(value: Any, *names: str) -> bool:
    """Text of its own, or an object with one of these."""
    if isinstance(value, dict):
        return any(_is_wording(value.get(name)) for name in names)
    return _is_wording(value)
