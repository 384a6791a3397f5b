"""Endorsing other programs' achievements, and taking in endorsements of one's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from course_content.loading import load
from credentials.api import public, verification
from credentials.domain import content, endorsement
from credentials.domain.verification import OwnRecords, own_base_urls
from credentials.errors import Invalid, NotFound
from credentials.models import Achievement, Endorsement, Issuer, Program
from credentials.openbadges import Answer, Fetched, OpenBadgesError, Question, Report
from credentials.openbadges.strictjson import parse
from credentials.openbadges.summary import summarize

#: The most that one endorsement may add to every badge that carries it.
MAX_BYTES = 20_000
MAX_PARTS = 300
#: What must be "yes" before an endorsement is taken in.
_ASKED = (
    Question.READABLE,
    Question.WELL_FORMED,
    Question.SIGNATURE,
    Question.NOT_EXPIRED,
    Question.NOT_REVOKED,
)


@dataclass(frozen=True, kw_only=True)
class Described:
    """An achievement as its own program describes it: what an endorser stands behind."""

    id: str
    name: str
    description: str
    criteria: str


@dataclass(frozen=True, kw_only=True)
class EndorsementView:
    """An endorsement that was taken in; `name` is that of a trust list, else empty.

    state: active, ended or withdrawn. `revocable` says that its endorser can take it back, and
    then every badge that carries it stops verifying.
    """

    uuid: UUID
    competency: str
    endorser: str  #: identifier
    name: str
    comment: str
    added_at: datetime
    ends_at: datetime | None
    state: str
    revocable: bool
    new: bool = False


def achievement_to_endorse(*, program: str, code: str) -> tuple[str, bytes]:
    """(identifier, document) of what the program awards under that code, to hand to an endorser.

    The identifier is fixed by the first call, or by the first award. Raises NotFound for a
    program or a code that is not here.
    """
    issuer = _issuer(program)
    codes = set(load().modules) | {s.code for s in load().stacks}
    if code not in codes:
        raise NotFound(f"Nothing is awarded here under “{code}”.")
    row, _ = Achievement.objects.get_or_create(program_id=issuer.program_id, code=code)
    document = public.achievement_document(achievement=row.uuid)
    written = json.dumps(document, ensure_ascii=False, indent=1)
    return content.achievement_at(issuer, row.uuid), written.encode()


def achievement_at(
    *, url: str, fetch: Callable[[str], Fetched] = verification.fetched
) -> Described:
    """What is described at that address, under the fetch policy; our own is never fetched.

    Raises Invalid where there is no achievement that calls itself by that address.
    """
    own = OwnRecords(base_urls=own_base_urls(), now=timezone.now()).achievement(url)
    if own is not None:
        document = public.achievement_document(achievement=own.uuid)
        return achievement_in(raw=json.dumps(document).encode())
    try:
        found = achievement_in(raw=fetch(url).body)
    except OpenBadgesError as error:
        raise Invalid(error.message) from None
    if found.id != url:
        raise Invalid(f"What is at {url} calls itself {found.id}: name it by that address.")
    return found


def achievement_in(*, raw: bytes) -> Described:
    """The achievement in an Open Badges 3.0 document; raises Invalid for anything else."""
    try:
        document = parse(raw)
    except OpenBadgesError as error:
        raise Invalid(f"This is not an achievement of Open Badges 3.0. {error.message}") from None
    types = document.get("type") if isinstance(document, dict) else None
    if "Achievement" not in (types if isinstance(types, list) else [types]):
        raise Invalid("This is not an achievement of Open Badges 3.0.")
    said = summarize({"credentialSubject": {"achievement": document}})
    if not said.achievement_id or not said.achievement_name:
        raise Invalid("The achievement has no identifier or no name.")
    return Described(
        id=said.achievement_id,
        name=said.achievement_name,
        description=said.description,
        criteria=said.criteria,
    )


def write_endorsement(
    *, program: str, achievement: Described, comment: str, ends_at: datetime | None = None
) -> bytes:
    """The EndorsementCredential, signed with the program's key; each call signs another one.

    One transaction, with an audit entry; the document itself is not kept. Raises NotFound for a
    program that is not here, Invalid for what cannot be signed.
    """
    issuer, now = _issuer(program), timezone.now().replace(microsecond=0)
    if _own(issuer, achievement.id):
        raise Invalid("This is the program's own achievement: nobody endorses what is their own.")
    try:
        with transaction.atomic():
            made = endorsement.write(
                issuer=issuer,
                endorsed_id=achievement.id,
                name=achievement.name,
                comment=comment,
                ends_at=ends_at,
                now=now,
            )
    except OpenBadgesError as error:
        raise Invalid(error.message) from None
    if len(made) > MAX_BYTES:
        raise Invalid(f"It has {len(made):,} bytes; at most {MAX_BYTES:,} fit into a badge.")
    return made


def add_endorsement(*, program: str, raw: bytes, accept_unknown: bool = False) -> EndorsementView:
    """Verified first, then kept: later badges of the achievement that it names carry it.

    One transaction; a second call changes nothing. Raises NotFound for a program that is not
    here, Invalid with the reason for what does not verify, is about something else or comes from
    an endorser on no trust list (unless `accept_unknown`), Closed beyond five for an achievement.
    """
    issuer, now = _issuer(program), timezone.now()
    document = _readable(raw)
    achievement = _own(issuer, _subject(document))
    if achievement is None:
        raise Invalid(f"It is about something else than an achievement of {issuer.program.name}.")
    report = verification.verify_bytes(data=raw, source="endorsement").report
    _demand_good(report, issuer, accept_unknown=accept_unknown)
    ends_at = report.summary.valid_until if report.summary else None
    try:
        with transaction.atomic():
            row, new = endorsement.add(
                achievement=achievement, document=raw, ends_at=ends_at, now=now
            )
    except OpenBadgesError as error:
        raise Invalid(f"A badge cannot carry it. {error.message}") from None
    return _view(row, now, new=new)


def endorsements(*, program: str) -> tuple[EndorsementView, ...]:
    """All that were taken in, by achievement, withdrawn ones too; raises NotFound."""
    rows = Endorsement.objects.filter(program=_issuer(program).program)
    ordered = rows.select_related("achievement").order_by("achievement__code", "added_at", "pk")
    now = timezone.now()
    return tuple(_view(row, now) for row in ordered)


def withdraw_endorsement(*, program: str, endorsement_uuid: UUID) -> EndorsementView:
    """Later badges do not carry it; a second call changes nothing. Raises NotFound."""
    rows = Endorsement.objects.select_related("achievement__program")
    row = rows.filter(program=_issuer(program).program, uuid=endorsement_uuid).first()
    if row is None:
        raise NotFound("There is no such endorsement here: `lc endorse list` shows all.")
    now = timezone.now()
    with transaction.atomic():
        endorsement.withdraw(row=row, now=now)
    return _view(row, now)


def _issuer(program: str) -> Issuer:
    row = Issuer.objects.filter(program__slug=program).select_related("program").first()
    if row is None:
        slugs = ", ".join(Program.objects.order_by("slug").values_list("slug", flat=True))
        raise NotFound(f"Name the program with --program: {slugs or 'there is none here yet'}.")
    return row


def _own(issuer: Issuer, endorsed_id: str) -> Achievement | None:
    records = OwnRecords(base_urls=frozenset({issuer.base_url}), now=timezone.now())
    found = records.achievement(endorsed_id)
    return found if found is not None and found.program_id == issuer.program_id else None


def _readable(raw: bytes) -> dict[str, Any]:
    """The document itself: what is in a picture or a token cannot be carried as it was signed."""
    try:
        document = parse(raw, max_bytes=MAX_BYTES, max_nodes=MAX_PARTS)
    except OpenBadgesError as error:
        raise Invalid(f"This is not an endorsement as JSON. {error.message}") from None
    if not isinstance(document, dict) or "proof" not in document:
        raise Invalid("This is not an endorsement with its signature inside it.")
    if "refreshService" in document:
        raise Invalid("It points to a newer one of itself: ask its endorser for one that does not.")
    return document


def _subject(document: dict[str, Any]) -> str:
    subject = document.get("credentialSubject")
    found = subject.get("id") if isinstance(subject, dict) else None
    return found if isinstance(found, str) else ""


def _demand_good(report: Report, issuer: Issuer, *, accept_unknown: bool) -> None:
    said = report.summary
    if said is None or said.kind != "endorsement":
        raise Invalid("This is not an endorsement of Open Badges 3.0.")
    for question in _ASKED:
        found = report.finding(question)
        if found.answer is not Answer.YES:
            raise Invalid(f"It does not verify. {found.reason}")
    if said.issuer_id == issuer.did:
        raise Invalid("It is the program's own: nobody endorses what is their own.")
    known = report.finding(Question.ISSUER_KNOWN)
    if known.answer is not Answer.YES and not accept_unknown:
        raise Invalid(
            f"{known.reason} If you know by other means whose this is, say --accept-unknown."
        )


def _view(row: Endorsement, now: datetime, *, new: bool = False) -> EndorsementView:
    document = bytes(row.document)
    by = endorsement.endorser(document, now=now)
    ended = row.ends_at is not None and row.ends_at <= now
    return EndorsementView(
        uuid=row.uuid,
        competency=row.achievement.code,
        endorser=by.id,
        name=by.name,
        comment=by.comment,
        added_at=row.added_at,
        ends_at=row.ends_at,
        state="withdrawn" if row.withdrawn_at else "ended" if ended else "active",
        revocable="credentialStatus" in parse(document),
        new=new,
    )
