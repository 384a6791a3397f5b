"""Tell a person, once, that something happened: in the page and by mail.

The words are made when they are read, so that no name and no score is stored in a notice or
leaves the house in a mail.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from course_content.catalog import UnknownItem
from course_content.loading import load
from credentials.domain import mail, work
from credentials.models import Notice

Kind = Notice.Kind

#: kind -> what happened, as a sentence; {work} is the competency
SENTENCES = {
    Kind.SUBMITTED: "Your work on {work} has arrived and waits for its review.",
    Kind.NEW_WORK: "New work on {work} waits for a reviewer.",
    Kind.ASSIGNED: "Work on {work} was given to you to review.",
    Kind.RETURNED: "There is feedback on your work on {work}: some of it is still open.",
    Kind.AWARDED: "You have earned the badge for {work}.",
    Kind.REVOKED: "Your badge for {work} was revoked. The page says why.",
    Kind.CORRECTED: "The decision on your work on {work} was corrected. The page says why.",
    Kind.STUCK: "Work on {work} has stopped moving and needs you.",
}


def tell(
    *, user_id: int, program_id: int, kind: str, subject: UUID, competency: str, now: datetime
) -> Notice:
    """One notice for (person, kind, subject) and the work of mailing it; caller's transaction.

    A second call changes nothing: it gives the notice that exists and sends no second mail.
    """
    notice, _ = Notice.objects.get_or_create(
        user_id=user_id,
        kind=Kind(kind),
        subject=subject,
        defaults={"program_id": program_id, "competency": competency, "created_at": now},
    )
    work.enqueue(
        kind="mail",
        key=f"notice:{notice.uuid}",
        payload={"notice": str(notice.uuid)},
        now=now,
    )
    return notice


def sentence(notice: Notice) -> str:
    """What happened, for the person it happened to; it names nobody."""
    return SENTENCES[Kind(notice.kind)].format(work=_work(notice.competency))


def mark_read(*, user_id: int, program_id: int, now: datetime) -> int:
    """Every unread notice of the person in this program is read; returns how many were not."""
    return Notice.objects.filter(user_id=user_id, program_id=program_id, read_at=None).update(
        read_at=now
    )


def send(payload: Mapping[str, object]) -> None:
    """The work of kind "mail": {"notice": uuid} or {"invitation": uuid}.

    Runs outside a transaction. Sends at least once: a worker that dies between sending and
    noting it sends again. What is no longer true (a withdrawn invitation) is not sent.
    """
    if "invitation" in payload:
        mail.send_invitation(UUID(str(payload["invitation"])), now=timezone.now())
        return
    notice = Notice.objects.select_related("user", "program").get(uuid=UUID(str(payload["notice"])))
    mail.send_notice(
        to=notice.user.email if notice.user.is_active else "",
        program=notice.program,
        sentence=sentence(notice),
    )


def _work(competency: str) -> str:
    names = {stack.code: stack.badge.name for stack in load().stacks}
    try:
        return names.get(competency) or (
            f"{competency} {load().framework.competency(competency).title}"
        )
    except UnknownItem:
        return competency
