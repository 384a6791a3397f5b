"""Rows as the frozen values that leave the house."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import F

from credentials.data import (
    AttemptView,
    DecisionView,
    EvidenceView,
    FileView,
    IndicatorResultView,
    OtherText,
    PinView,
    Stage,
    SubmissionView,
    Text,
)
from credentials.domain import module, text
from credentials.models import Award, Decision, Evidence, Pin, Review, Score, StoredFile, Submission

Texts = dict[str, Text]


def submission(row: Submission, *, blind: bool = False) -> SubmissionView:
    """The attempt with everything in it; `blind` leaves out what could name the learner."""
    texts = {t.key: text.view(t) for t in row.texts.all()}
    items = row.evidence.select_related("file").prefetch_related("pins")
    chosen = Decision.objects.filter(submission=row).first()
    rubric = module.of(row).rubric
    return SubmissionView(
        uuid=row.uuid,
        competency=row.competency,
        module_digest=row.module_version.digest,
        attempt=row.attempt,
        state=row.state,
        stage=stage(row),
        scope=tuple(r.indicator for r in rubric.rows if r.indicator not in row.carried),
        carried={} if blind else dict(row.carried),
        texts=texts,
        other_versions=()
        if blind
        else tuple(
            OtherText(id=o.pk, key=o.key, text=o.text, saved_at=o.saved_at, device=o.device)
            for o in row.other_versions.filter(resolved_at=None)
        ),
        evidence=tuple(evidence(item, n, texts, blind) for n, item in enumerate(items, start=1)),
        self_levels={} if blind else {s.indicator: s.level for s in row.self_levels.all()},
        created_at=row.created_at,
        submitted_at=row.submitted_at,
        due_at=row.due_at,
        previous=None if blind or row.previous is None else row.previous.uuid,
        revision=None if blind else _revision(row),
        decision=None if blind or chosen is None else decision(chosen),
        claimed=row.reviews.filter(state=Review.State.CLAIMED).exists(),
    )


def attempts(rows: Sequence[Submission]) -> tuple[AttemptView, ...]:
    """Attempts for a list, their decisions fetched at once."""
    decisions = {d.submission_id: d for d in Decision.objects.filter(submission__in=rows)}
    reached = stages(rows)
    return tuple(_attempt(row, reached[row.pk], decisions.get(row.pk)) for row in rows)


def evidence(item: Evidence, number: int, texts: Texts, blind: bool) -> EvidenceView:
    """One piece of evidence with its pins."""

    def at(field: str) -> Text:
        key = f"evidence.{item.uuid}.{field}"
        return texts.get(key, Text(key=key, text="", revision=0))

    return EvidenceView(
        uuid=item.uuid,
        kind=item.kind,
        artifact=item.artifact,
        number=number,
        title=at("title"),
        body=at("body"),
        my_part=at("my_part"),
        group_work=item.group_work,
        url=item.url,
        file=file(item.file, blind) if item.file else None,
        pins=tuple(pin(p, item, texts) for p in item.pins.all()),
    )


def file(row: StoredFile, blind: bool) -> FileView:
    """A stored file; its name belongs to the learner alone."""
    return FileView(
        uuid=row.uuid,
        name="" if blind else row.name,
        media_type=row.media_type,
        size=row.size,
        digest=row.digest,
        pages=row.pages,
        seconds=row.seconds,
        scan=row.scan,
    )


def pin(row: Pin, item: Evidence, texts: Texts) -> PinView:
    """A pin with its sentence."""
    key = f"pin.{row.uuid}.why"
    return PinView(
        uuid=row.uuid,
        evidence=item.uuid,
        indicator=row.indicator,
        locator=row.locator,
        page=row.page,
        start_seconds=row.start_seconds,
        end_seconds=row.end_seconds,
        quote=row.quote,
        why=texts.get(key, Text(key=key, text="", revision=0)),
    )


def decision(row: Decision) -> DecisionView:
    """A decision with the comments of the reviews it rests on."""
    scores = list(
        Score.objects.filter(
            review__submission=row.submission, review__state=Review.State.COMPLETED
        ).order_by("review__completed_at", "pk")
    )
    return DecisionView(
        uuid=row.uuid,
        outcome=row.outcome,
        decided_at=row.decided_at,
        results=tuple(
            _result(code, facts, scores) for code, facts in _ordered(row, row.submission)
        ),
        summary=row.summary,
        revise_by=row.revise_by,
        reviewers=row.reviewers,
        correction=row.correction,
    )


def stage(row: Submission) -> Stage:
    """Where the honeycomb shows this attempt; an award that was revoked shows as revoked."""
    return stages([row])[row.pk]


def stages(rows: Sequence[Submission]) -> dict[int, Stage]:
    """The stage of each attempt by its key, whatever their number with one query at most."""
    passed = [row.pk for row in rows if row.state == Submission.State.PASSED]
    found = Award.objects.filter(
        decision__submission__in=passed,
        achievement__code=F("decision__submission__competency"),  # not a stack it completed
    ).select_related("decision")
    awards = found if passed else ()
    held: set[int] = set()
    lost: set[int] = set()
    for award in awards:
        (held if award.active else lost).add(award.decision.submission_id)
    return {row.pk: _stage(row, row.pk in lost - held) for row in rows}


def _stage(row: Submission, revoked: bool) -> Stage:
    if row.state == Submission.State.PASSED:
        return Stage.REVOKED if revoked else Stage.EARNED
    return {
        Submission.State.DRAFT: Stage.DRAFT,
        Submission.State.SUBMITTED: Stage.IN_REVIEW,
        Submission.State.RETURNED: Stage.RETURNED,
        Submission.State.WITHDRAWN: Stage.OPEN,
    }[Submission.State(row.state)]


def _attempt(row: Submission, reached: Stage, decided: Decision | None) -> AttemptView:
    results = _ordered(decided, row) if decided else []
    return AttemptView(
        uuid=row.uuid,
        attempt=row.attempt,
        state=row.state,
        stage=reached,
        created_at=row.created_at,
        submitted_at=row.submitted_at,
        decided_at=decided.decided_at if decided else None,
        open_indicators=tuple(code for code, facts in results if facts["open"]),
    )


def _ordered(row: Decision, of: Submission) -> list[tuple[str, dict[str, object]]]:
    # a JSON object's order is not kept by every database
    order = [r.indicator for r in module.of(of).rubric.rows]
    return [(code, row.results[code]) for code in order]


def _result(code: str, facts: dict[str, object], scores: list[Score]) -> IndicatorResultView:
    mine = [s for s in scores if s.indicator == code]
    level = facts["level"]
    return IndicatorResultView(
        indicator=code,
        level=level if isinstance(level, int) else None,
        required=int(str(facts["required"])),
        met=bool(facts["met"]),
        open=bool(facts["open"]),
        carried=bool(facts["carried"]),
        comments=tuple(s.comment for s in mine if s.comment),
        unscorable=next((s.unscorable for s in mine if s.unscorable), ""),
    )


def _revision(row: Submission) -> UUID | None:
    return Submission.objects.filter(previous=row).values_list("uuid", flat=True).first()
