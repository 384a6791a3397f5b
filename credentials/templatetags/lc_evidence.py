"""What the templates of evidence need to know: how to show it, what it can be pinned to."""

from __future__ import annotations

from uuid import UUID

from django import template

from course_content.catalog import ArtifactKind, Indicator
from course_content.loading import load
from credentials import api
from credentials.data import (
    Actor,
    EvidenceView,
    OtherText,
    PinView,
    SubmissionView,
    UploadView,
)
from credentials.errors import Closed, NotFound
from credentials.files import Shown, file_type
from credentials.files.facts import DOCX, PPTX

register = template.Library()

KIND_WORDS = {
    ArtifactKind.VISION: "A vision or profile",
    ArtifactKind.PLAN: "A plan",
    ArtifactKind.DATA: "An analysis of data",
    ArtifactKind.OBSERVATION: "An observation cycle",
    ArtifactKind.AGENDA: "A meeting: agenda, minutes",
    ArtifactKind.MEDIA: "A recording",
    ArtifactKind.BUDGET: "A budget or schedule",
    ArtifactKind.COMMUNICATION: "A message to families, staff or others",
    ArtifactKind.POLICY: "A policy or procedure",
    ArtifactKind.SURVEY: "A survey",
    ArtifactKind.ATTESTATION: "A statement by somebody else",
    ArtifactKind.STUDENT_WORK: "Work of students",
    ArtifactKind.OTHER: "Something else",
}


@register.filter
def evidence_shown(item: EvidenceView) -> str:
    """How it is looked at: text, link, or one of files.Shown."""
    return str(file_type(item.file.media_type).shown) if item.file else item.kind


@register.filter
def evidence_word(item: EvidenceView) -> str:
    """What it is, in a word ("PDF", "film", "link")."""
    return file_type(item.file.media_type).word if item.file else item.kind


@register.filter
def evidence_places(item: EvidenceView) -> tuple[str, ...]:
    """The kinds of place that it has, the most exact first."""
    if item.kind == "text":
        return ("quote", "whole")
    if item.file is None:
        return ("whole", "page", "time", "quote")
    kind = file_type(item.file.media_type)
    if kind.shown == Shown.PAGES or kind in {DOCX, PPTX}:
        return ("page", "quote", "whole")
    if kind.shown in {Shown.FILM, Shown.SOUND}:
        return ("time", "whole")
    return ("quote", "whole") if kind.shown == Shown.DOWNLOAD else ("whole",)


@register.filter
def evidence_open_pins(item: EvidenceView, submission: SubmissionView) -> tuple[PinView, ...]:
    """Its pins that can still be changed: not those of indicators met before."""
    return tuple(pin for pin in item.pins if pin.indicator not in submission.carried)


@register.filter
def evidence_lacks_words(item: EvidenceView, submission: SubmissionView) -> bool:
    """Whether a title, a text, an own part or a reason is still missing."""
    wanted = [item.title, *(pin.why for pin in evidence_open_pins(item, submission))]
    if item.kind == "text":
        wanted.append(item.body)
    if item.group_work:
        wanted.append(item.my_part)
    return any(not field.text.strip() for field in wanted)


@register.simple_tag
def evidence_largest() -> str:
    """The largest file that is taken."""
    return api.largest_file()


@register.simple_tag
def evidence_kinds() -> tuple[tuple[str, str], ...]:
    """The kinds of artifact and their words."""
    return tuple((str(kind), KIND_WORDS[kind]) for kind in ArtifactKind)


@register.filter
def evidence_kind_word(artifact: str) -> str:
    """The words of a kind of artifact; nothing where none was chosen."""
    return KIND_WORDS[ArtifactKind(artifact)] if artifact else ""


@register.simple_tag
def evidence_indicators(submission: SubmissionView) -> tuple[Indicator, ...]:
    """The indicators that evidence of this attempt can be pinned to."""
    competency = load().framework.competency(submission.competency)
    return tuple(i for i in competency.indicators if i.code in submission.scope)


@register.simple_tag
def other_versions(submission: SubmissionView, key: str) -> tuple[OtherText, ...]:
    """What another device wrote into that field."""
    return tuple(o for o in submission.other_versions if o.key == key)


@register.simple_tag(takes_context=True)
def unfinished_uploads(context: template.Context, submission: UUID) -> tuple[UploadView, ...]:
    """Files of the attempt that have not arrived whole."""
    actor: Actor = context["actor"]
    return api.unfinished_uploads(actor, submission=submission)


@register.simple_tag(takes_context=True)
def evidence_sheets(context: template.Context, item: EvidenceView) -> tuple[tuple[int, str], ...]:
    """Number and text of each page of a PDF; the text is empty where this person has no right."""
    if item.file is None or not item.file.pages:
        return ()
    actor: Actor = context["actor"]
    try:
        texts = api.page_texts(actor, file=item.file.uuid)
    except (NotFound, Closed):
        texts = ()
    numbers = range(1, item.file.pages + 1)
    return tuple((n, texts[n - 1] if n <= len(texts) else "") for n in numbers)


@register.filter
def evidence_locked(item: EvidenceView, submission: SubmissionView) -> bool:
    """Whether an indicator that was met rests on the piece, so that it can no longer change."""
    return any(pin.indicator in submission.carried for pin in item.pins)
