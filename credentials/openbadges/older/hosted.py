"""A hosted badge holds as long as its issuer's own address publishes it, word for word.

Source: Open Badges 2.0, "Hosted Verification" and "Implementation notes: verification".
"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from credentials.openbadges.answers import finding
from credentials.openbadges.older.published import document_at, is_web, named
from credentials.openbadges.older.standing import Chain, Standing
from credentials.openbadges.ports import Ports, Unreachable
from credentials.openbadges.report import Answer, Finding, Question

GONE: Final = 410
_WITHDRAWN: Final = finding(
    Question.NOT_REVOKED, Answer.NO, "revoked", "Its issuer has withdrawn it: its address says so."
)
_NOT_COMPARED: Final = finding(
    Question.SIGNATURE,
    Answer.UNCHECKED,
    "withdrawn",
    "Its issuer has withdrawn it and no longer publishes what it said.",
)
_WORDS: Final = {
    "badge": "what was awarded",
    "evidence": "the evidence",
    "expires": "the date of its end",
    "issuedOn": "the date of the award",
    "narrative": "the description",
    "recipient": "the holder",
}


def check_hosted(handed: dict[str, Any], ports: Ports) -> Standing:
    """Asks the issuer's address for the assertion and compares it with what was handed in."""
    address = handed.get("id")
    if not is_web(address):
        why = "It says that its issuer publishes it, but names no web address."
        return Standing(
            assertion=handed,
            chain=Chain.of(handed, ports),
            signature=_signature(Answer.NO, "not-hosted", why),
            revoked=_revoked(Answer.UNCHECKED, "not-hosted", why),
        )
    try:
        published = document_at(address, ports)
    except Unreachable as error:
        return _not_had(handed, error, ports)
    if published.get("id") != address:
        return _something_else(handed, ports)
    if published.get("revoked") is True and "recipient" not in published:
        return _withdrawn(handed, ports)
    chain = Chain.of(published, ports)
    return Standing(
        assertion=published,
        chain=chain,
        signature=_compared(handed, published, chain, ports),
        revoked=_WITHDRAWN
        if published.get("revoked") is True
        else _revoked(
            Answer.YES, "not-revoked", "Its issuer's address publishes it today as in force."
        ),
    )


def _not_had(handed: dict[str, Any], error: Unreachable, ports: Ports) -> Standing:
    if error.status == GONE:
        return _withdrawn(handed, ports)
    return Standing(
        assertion=handed,
        chain=Chain.of(handed, ports),
        signature=_signature(
            Answer.UNCHECKED,
            "hosted-unreachable",
            f"Whether its issuer publishes it so could not be checked. {error.message}",
        ),
        revoked=_revoked(
            Answer.UNCHECKED,
            "hosted-unreachable",
            f"Its issuer's address could not be asked, so it may have been withdrawn. "
            f"{error.message}",
        ),
    )


def _withdrawn(handed: dict[str, Any], ports: Ports) -> Standing:
    return Standing(
        assertion=handed,
        chain=Chain.of(handed, ports),
        signature=_NOT_COMPARED,
        revoked=_WITHDRAWN,
    )


def _something_else(handed: dict[str, Any], ports: Ports) -> Standing:
    why = "The address that it names as its own answers with something else."
    return Standing(
        assertion=handed,
        chain=Chain.of(handed, ports),
        signature=_signature(Answer.NO, "not-published", why),
        revoked=_revoked(Answer.UNCHECKED, "not-published", why),
    )


def _compared(
    handed: dict[str, Any], published: dict[str, Any], chain: Chain, ports: Ports
) -> Finding:
    changed = [
        name for name in differences(handed, published) if not _says_withdrawn(published, name)
    ]
    if changed:
        told = ", ".join(_WORDS.get(name, f"“{name[:40]}”") for name in changed[:3])
        return _signature(
            Answer.NO,
            "altered",
            f"It is not as its issuer publishes it ({told}). All that follows is about what the "
            "issuer publishes.",
        )
    if isinstance(chain.issuer, Unreachable):
        return _signature(
            Answer.UNCHECKED,
            "issuer-unreachable",
            f"Whether the address is its issuer's could not be checked. {chain.issuer.message}",
        )
    return _origin(published["id"], ports.fetch(published["id"]).url, chain.issuer)


def _says_withdrawn(published: dict[str, Any], name: str) -> bool:
    """Withdrawn is not altered: what an issuer adds in taking a badge back has its own question."""
    return published.get("revoked") is True and name in ("revoked", "revocationReason")


def differences(handed: dict[str, Any], published: dict[str, Any]) -> list[str]:
    """The members that the two do not say alike; a document stands for its address."""
    names = sorted({*handed, *published} - {"@context"})
    return [
        name
        for name in names
        if _comparable(name, handed.get(name)) != _comparable(name, published.get(name))
    ]


def _comparable(name: str, value: Any) -> Any:
    if isinstance(value, list) and len(value) == 1:
        (value,) = value
    return named(value) if name == "badge" else value


def _origin(address: str, answered: str, issuer: dict[str, Any]) -> Finding:
    """Whether the issuer's own host, or one that the issuer names, publishes the assertion."""
    hosts, beginnings = _allowed(issuer)
    if not hosts:
        return _signature(
            Answer.UNCHECKED,
            "issuer-not-hosted",
            "Its issuer has no web address, so nobody can tell whose publication this is.",
        )
    if _host(address) not in hosts or not (beginnings is None or address.startswith(beginnings)):
        return _signature(
            Answer.NO,
            "other-origin",
            f"It is published at {_host(address)}, which its issuer does not name as a place of "
            "its badges.",
        )
    if _host(answered) not in hosts:
        return _signature(
            Answer.UNCHECKED,
            "redirected",
            f"Its address points on to {_host(answered)}, which its issuer does not name as a "
            "place of its badges.",
        )
    return _signature(
        Answer.YES,
        "published",
        "Its issuer publishes it under its own address, word for word as it was handed in.",
    )


def _allowed(issuer: dict[str, Any]) -> tuple[set[str], tuple[str, ...] | None]:
    """The hosts of the issuer's badges and what their addresses begin with (None: anything)."""
    policy = issuer.get("verification")
    policy = policy if isinstance(policy, dict) else {}
    beginnings = _texts(policy.get("startsWith")) if policy.get("startsWith") else None
    if policy.get("allowedOrigins") is not None:
        return {host.casefold() for host in _texts(policy["allowedOrigins"])}, beginnings
    own = issuer.get("id")
    return ({_host(own)} if isinstance(own, str) and is_web(own) else set()), beginnings


def _texts(value: Any) -> tuple[str, ...]:
    members = value if isinstance(value, list) else [value]
    return tuple(member for member in members if isinstance(member, str) and member)


def _host(address: str) -> str:
    """Host and port as the address has them, which is what 2.0 compares."""
    try:
        return urlsplit(address).netloc.casefold()
    except ValueError:
        return ""


def _signature(answer: Answer, code: str, reason: str) -> Finding:
    return finding(Question.SIGNATURE, answer, code, reason)


def _revoked(answer: Answer, code: str, reason: str) -> Finding:
    return finding(Question.NOT_REVOKED, answer, code, reason)
