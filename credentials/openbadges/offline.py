"""Verify with what a bundle holds and nothing else, and say how old that is.

Which findings rest on the bundle is not written down anywhere: the badge is judged again without
each kind of knowledge that was used, and a finding that would then be another one rests on it. So
a question that is added tomorrow tells its age too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from credentials.openbadges import trust
from credentials.openbadges.age import as_of as aged
from credentials.openbadges.baking import MAX_PNG_BYTES
from credentials.openbadges.bundle import DOCUMENTS, Bundle, Kind
from credentials.openbadges.bundle_records import read_framework, read_own
from credentials.openbadges.errors import BadBundle, BadTrustList
from credentials.openbadges.ports import Fetched, Ports, TrustAnswer, Unreachable
from credentials.openbadges.report import Finding, Question, Report
from credentials.openbadges.revocation import AS_IT_STANDS
from credentials.openbadges.trust_file import read_edition
from credentials.openbadges.verify import verify

#: What is taken away together to see what rests on it.
GROUPS: Final = (
    frozenset({Kind.ISSUER}),
    frozenset({Kind.STATUS_LIST}),
    frozenset({Kind.DOCUMENT}),
    frozenset({Kind.OWN_ISSUERS, Kind.TRUST_LIST}),
    frozenset({Kind.FRAMEWORK}),
)


class Knowledge:
    """A bundle made ready for use; raises BadBundle where a member is not what it is called."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.documents = {one.name: one for one in bundle.members if one.kind in DOCUMENTS}
        self.missing = {one.name: one.reason for one in bundle.missing}
        try:
            self.editions = [read_edition(body) for body in self._bodies(Kind.TRUST_LIST)]
        except BadTrustList as error:
            raise BadBundle(f"A trust list in it cannot be read. {error.message}") from None
        own = [one for body in self._bodies(Kind.OWN_ISSUERS) for one in read_own(body)]
        self.own = {one.issuer: one for one in own}
        self.frameworks = [read_framework(body) for body in self._bodies(Kind.FRAMEWORK)]

    def _bodies(self, kind: Kind) -> list[bytes]:
        return [one.body for one in self.bundle.members if one.kind is kind]


def verify_offline(
    data: bytes,
    *,
    knowledge: Knowledge,
    as_of: datetime,
    now: datetime,
    recipient: str | None = None,
    max_bytes: int = MAX_PNG_BYTES,
) -> Report:
    """The report that `verify` gives where the network and the trust lists are the bundle's.

    Every finding that rests on something in the bundle carries its age, in its reason and as
    `known_as_of`; `now` is only for counting the days. What the bundle does not hold is "could
    not check". Never raises for a bad badge.
    """

    def judged(world: _World) -> Report:
        return verify(
            data, as_of=as_of, ports=world.ports(), recipient=recipient, max_bytes=max_bytes
        )

    world = _World(knowledge, now)
    report = judged(world)
    found = dict(_findings(report))
    oldest: dict[_Place, datetime] = {}
    for group in GROUPS:
        used = [moment for kind, moment in world.used.items() if kind in group]
        if used:
            less = dict(_findings(judged(_World(knowledge, now, without=group))))
            for place in found:
                if found[place] != less.get(place):
                    oldest[place] = min([*used, oldest.get(place, used[0])])
    return _dated(report, oldest, now)


#: Which badge of a record in records, and which question about it.
_Place = tuple[tuple[int, ...], Question]


def _findings(report: Report, path: tuple[int, ...] = ()) -> Iterator[tuple[_Place, Finding]]:
    for found in report.findings:
        yield (path, found.question), found
    for number, part in enumerate(report.parts):
        yield from _findings(part, (*path, number))


def _dated(
    report: Report, oldest: Mapping[_Place, datetime], now: datetime, path: tuple[int, ...] = ()
) -> Report:
    def told(found: Finding) -> Finding:
        moment = oldest.get((path, found.question))
        if moment is None:
            return found
        reason = found.reason.replace(AS_IT_STANDS, "as it stood then")
        known = f"{reason} Known {aged(moment, now=now)}."
        return replace(found, reason=known, known_as_of=moment)

    parts = (_dated(one, oldest, now, (*path, n)) for n, one in enumerate(report.parts))
    return replace(
        report, findings=tuple(told(found) for found in report.findings), parts=tuple(parts)
    )


class _World:
    """The outside world of one verification: the bundle, with or without some of it."""

    def __init__(
        self, knowledge: Knowledge, now: datetime, without: Collection[Kind] = frozenset()
    ) -> None:
        self._knowledge = knowledge
        self._without = without
        self._made = f"which is {aged(knowledge.bundle.made, now=now)}"
        self.used: dict[Kind, datetime] = {}  #: the oldest of each kind that was asked for

    def ports(self) -> Ports:
        return Ports(
            fetch=self._fetch,
            resolve_issuer=lambda issuer_id: None,
            trust=self._trust,
            status_list=lambda url: None,
            resolve_alignment=self._item,
        )

    def _fetch(self, url: str) -> Fetched:
        member = self._knowledge.documents.get(url)
        if member is None or member.kind in self._without:
            why = self._knowledge.missing.get(url, "")
            raise Unreachable(f"It is not in the bundle, {self._made}: {url[:200]} {why}".strip())
        self._use(member.kind, member.as_of)
        return Fetched(body=member.body, content_type="application/json", url=url)

    def _trust(self, issuer_id: str, as_of: datetime) -> TrustAnswer:
        if Kind.TRUST_LIST in self._without:
            return TrustAnswer(known=None)
        made = self._knowledge.bundle.made
        self._use(Kind.TRUST_LIST, made)
        if own := self._knowledge.own.get(issuer_id):
            return trust.own_issuer(legal_name=own.legal_name, host=own.host, since=own.since)
        answer = trust.listed(self._knowledge.editions, issuer_id=issuer_id, as_of=as_of)
        if answer.known is None:
            return replace(
                answer, reason=f"No trust list for that day is in the bundle, {self._made}."
            )
        return answer

    def _item(self, url: str, code: str) -> bool | None:
        if Kind.FRAMEWORK in self._without:
            return None
        answers = [one.has(url, code) for one in self._knowledge.frameworks]
        answered = [answer for answer in answers if answer is not None]
        if answered:
            self._use(Kind.FRAMEWORK, self._knowledge.bundle.made)
        return any(answered) if answered else None

    def _use(self, kind: Kind, moment: datetime) -> None:
        self.used[kind] = min(moment, self.used.get(kind, moment))
