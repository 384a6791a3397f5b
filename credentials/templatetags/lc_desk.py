"""The audit log in words: what an act was, which facts say something, which case it belongs to."""

from __future__ import annotations

from uuid import UUID

from django import template

from credentials.desk import AuditView

register = template.Library()

ACTS = {
    "submission.started": "Started a draft",
    "submission.submitted": "Handed work in",
    "submission.withdrawn": "Withdrew work",
    "submission.revised": "Began to revise",
    "submission.unstuck": "Freed a case",
    "review.claimed": "Took a review",
    "review.released": "Gave a review back",
    "review.completed": "Completed a review",
    "decision.made": "Decision made",
    "decision.corrected": "Corrected a decision",
    "award.granted": "Badge awarded",
    "award.taken-back": "Took an unsigned badge back",
    "award.revoked": "Revoked a badge",
    "badge.signed": "Badge signed",
    "invitation.made": "Invited somebody",
    "invitation.sent-again": "Sent an invitation again",
    "invitation.withdrawn": "Withdrew an invitation",
    "invitation.accepted": "Accepted an invitation",
    "membership.given": "Role given",
    "membership.ended": "Ended a role",
    "membership.described": "Changed a qualification",
    "tie.made": "Kept two people apart",
    "tie.ended": "Ended a tie",
    "program.terms-changed": "Changed the terms",
    "person.exported": "Downloaded their own data",
    "issuer.key-rotated": "Signing key renewed",
    "endorsement.written": "Endorsement signed",
    "endorsement.added": "Endorsement added",
    "endorsement.withdrawn": "Endorsement withdrawn",
    "trust.imported": "Trust list imported",
}


@register.filter
def lc_act(verb: str) -> str:
    """What was done; a verb without words of its own is shown as it is written in the log."""
    return ACTS.get(verb, verb)


@register.filter
def lc_facts(entry: AuditView) -> str:
    """The facts that tell a person something: identifiers are left to the log itself."""
    facts = {name: value for name, value in entry.details.items() if not _uuid(value)}
    return "; ".join(f"{name.replace('_', ' ')}: {_words(value)}" for name, value in facts.items())


@register.filter
def lc_case(entry: AuditView) -> UUID | None:
    """The submission that the act was about, if it was about one."""
    if entry.subject_kind == "submission":
        return entry.subject
    return _uuid(entry.details.get("submission"))


def _words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
