"""Everything about one person in one program, as a ZIP file that opens anywhere.

Other people stay out of it: reviewers and learners are not named, and a tie says only its kind.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q

from credentials import storage
from credentials.domain import showing
from credentials.models import (
    AuditEntry,
    Award,
    Invitation,
    Membership,
    Notice,
    PageRead,
    Program,
    Review,
    SelfLevel,
    StoredFile,
    Submission,
    Tie,
    Upload,
)

README = """Everything that {program} holds about you, as of {day}.

person.json     who you are here: roles, invitations, ties that keep reviewers away
learning.json   pages you read and levels you gave yourself
attempts/       one folder per attempt: what you wrote, what was decided, your files
reviews/        reviews you wrote, without the learners' names
badges/         the signed documents (JSON) and pictures (PNG), exactly as issued, and the
                scores that you released, withdrawn ones too
notices.json    what you were told
log.json        what you did, from the program's log
"""


def export_person(*, user: Any, program: Program, now: datetime) -> IO[bytes]:
    """A ZIP file, open at its beginning; the caller closes it and so deletes it.

    It is built on disk, file by file in pieces, so that its size never matters to the memory.
    The caller opens the transaction, so that all parts tell of the same moment.
    """
    target = TemporaryFile()  # noqa: SIM115  # the caller reads it, then closes it
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", README.format(program=program.name, day=f"{now:%d %B %Y}"))
        _write(archive, "person.json", _person(user, program))
        _write(archive, "learning.json", _learning(user, program))
        for row in _submissions(user, program):
            _write_attempt(archive, row)
        for review in Review.objects.filter(reviewer=user, submission__program=program):
            _write(archive, f"reviews/{review.uuid}.json", _review(review))
        awards = Award.objects.filter(learner=user, program=program)
        for award in awards.select_related("badge", "achievement"):
            _write_award(archive, award)
        _write(archive, "notices.json", _notices(user, program))
        _write(archive, "log.json", _log(user, program))
    target.seek(0)
    return target


def _submissions(user: Any, program: Program) -> Iterable[Submission]:
    rows = Submission.objects.filter(learner=user, program=program)
    return rows.select_related("module_version", "program").order_by("competency", "attempt")


def _person(user: Any, program: Program) -> dict[str, Any]:
    ties = Tie.objects.filter(Q(reviewer=user) | Q(learner=user), program=program)
    invitations = Invitation.objects.filter(accepted_by=user, program=program)
    return {
        "name": user.get_full_name(),
        "email": user.email,
        "joined": user.date_joined,
        "last_sign_in": user.last_login,
        "program": program.name,
        "roles": [
            {
                "role": row.role,
                "since": row.since,
                "ended": row.ended_at,
                "qualification": row.qualification,
            }
            for row in Membership.objects.filter(user=user, program=program).order_by("since")
        ],
        "invitations": [
            {"role": row.role, "email": row.email, "accepted": row.accepted_at}
            for row in invitations
        ],
        "ties": [
            {
                "kind": row.kind,
                "as": "reviewer" if row.reviewer_id == user.pk else "learner",
                "declared": row.declared_at,
                "in_force": bool(row.active),
            }
            for row in ties
        ],
    }


def _learning(user: Any, program: Program) -> dict[str, Any]:
    read = PageRead.objects.filter(learner=user, program=program).order_by("read_at")
    levels = SelfLevel.objects.filter(learner=user, program=program, submission=None)
    return {
        "pages_read": list(read.values("competency", "page", "read_at")),
        "self_assessment": list(
            levels.order_by("noted_at").values("competency", "indicator", "level", "noted_at")
        ),
    }


def _write_attempt(archive: zipfile.ZipFile, row: Submission) -> None:
    folder = f"attempts/{row.competency} attempt {row.attempt}"
    view = showing.submission(row)
    names: dict[UUID, str] = {}
    for item in row.evidence.select_related("file"):
        if item.file:
            number = len(names) + 1
            names[item.uuid] = f"files/{number} {_file_name(item.file.name)}"
            _write_file(archive, f"{folder}/{names[item.uuid]}", item.file)
    _write(
        archive,
        f"{folder}/attempt.json",
        {
            "competency": row.competency,
            "attempt": row.attempt,
            "module_version": row.module_version.version,
            "state": row.state,
            "begun": row.created_at,
            "handed_in": row.submitted_at,
            "due": row.due_at,
            "texts": [
                {"field": t.key, "text": t.text, "saved": t.saved_at, "device": t.device}
                for t in row.texts.order_by("key")
            ],
            "other_versions": list(row.other_versions.values("key", "text", "saved_at", "device")),
            "own_levels": dict(view.self_levels),
            "evidence": [
                {
                    "id": item.uuid,
                    "kind": item.kind,
                    "artifact": item.artifact,
                    "group_work": item.group_work,
                    "url": item.url,
                    "file": names.get(item.uuid),
                    "pins": [
                        {
                            "id": pin.uuid,
                            "indicator": pin.indicator,
                            "locator": pin.locator,
                            "page": pin.page,
                            "from_second": pin.start_seconds,
                            "to_second": pin.end_seconds,
                            "quote": pin.quote,
                        }
                        for pin in item.pins
                    ],
                }
                for item in view.evidence
            ],
            "unfinished_uploads": list(
                Upload.objects.filter(submission=row, evidence=None).values(
                    "name", "size", "received", "started_at"
                )
            ),
            "decision": _decision(view),
        },
    )


def _decision(view: Any) -> dict[str, Any] | None:
    decision = view.decision
    if decision is None:
        return None
    return {
        "outcome": decision.outcome,
        "decided": decision.decided_at,
        "revise_by": decision.revise_by,
        "reviewers": decision.reviewers,
        "summary": decision.summary,
        "correction": decision.correction,
        "indicators": [
            {
                "indicator": result.indicator,
                "level": result.level,
                "required": result.required,
                "met": result.met,
                "carried": result.carried,
                "comments": result.comments,
                "unscorable": result.unscorable,
            }
            for result in decision.results
        ],
    }


def _review(row: Review) -> dict[str, Any]:
    return {
        "competency": row.submission.competency,
        "role": row.role,
        "state": row.state,
        "claimed": row.claimed_at,
        "completed": row.completed_at,
        "conferred": row.conferred,
        "notes": list(row.notes.order_by("key").values("key", "text", "saved_at")),
        "scores": list(
            row.scores.order_by("indicator").values("indicator", "level", "unscorable", "comment")
        ),
    }


def _write_award(archive: zipfile.ZipFile, award: Award) -> None:
    badge = award.badge
    name = f"badges/{award.achievement.code} {badge.uuid}"
    facts = {
        "competency": award.achievement.code,
        "awarded": award.awarded_at,
        "revoked": award.revoked_at,
        "reason": award.reason,
        "name_shown": award.show_name,
        "content": badge.content,
    }
    _write(archive, f"{name} award.json", facts)
    if badge.document is not None:
        archive.writestr(f"{name}.json", bytes(badge.document))
    if badge.png is not None:
        archive.writestr(f"{name}.png", bytes(badge.png))
    for proof in award.proofs.order_by("pk"):
        archive.writestr(f"{name} scores {proof.uuid}.json", bytes(proof.document))


def _notices(user: Any, program: Program) -> list[Any]:
    rows = Notice.objects.filter(user=user, program=program).order_by("created_at")
    return list(rows.values("kind", "competency", "created_at", "read_at"))


def _log(user: Any, program: Program) -> list[Any]:
    rows = AuditEntry.objects.filter(actor=f"user:{user.pk}", program=program.uuid)
    return list(rows.order_by("sequence").values("at", "verb", "subject_kind", "subject"))


def _write(archive: zipfile.ZipFile, name: str, content: object) -> None:
    text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    archive.writestr(name, text)


def _write_file(archive: zipfile.ZipFile, name: str, row: StoredFile) -> None:
    with archive.open(name, "w", force_zip64=True) as target:
        for piece in storage.stream(row.storage_name, 0, row.size):
            target.write(piece)


def _file_name(name: str) -> str:
    """The device's name for a file, without what an unpacking program could mistake for a path."""
    return re.sub(r"[^\w.() -]", "_", name.replace("\\", "/").rpartition("/")[2])[-120:] or "file"
