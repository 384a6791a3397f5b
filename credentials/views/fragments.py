"""The inside of a learner's pages: what our page shows below its title, and a unit of a course too.

Nothing here reads a request: the actor brings the links, the door brings the token of its forms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString, mark_safe

from course_content.art import glyph_svg
from course_content.catalog import Module, UnknownItem
from course_content.pages import render_module, render_page, render_self_assessment
from credentials import api
from credentials.data import Actor, SubmissionView
from credentials.errors import NotFound, Problem
from credentials.views import journey, teaching
from credentials.views.workspace import Workspace, feedback_in_brief, workspace


@dataclass(frozen=True, kw_only=True)
class Part:
    """What a page shows, ready for its templates.

    name: `learn/<name>.html` is the page and `learn/_<name>.html` its inside, below `title`.
    """

    name: str
    title: str
    context: Mapping[str, Any]

    @property
    def page(self) -> str:
        """The template of the whole page."""
        return f"lc_credentials/learn/{self.name}.html"

    @property
    def whole(self) -> dict[str, Any]:
        """Everything that the page's template takes."""
        return {"title": self.title, **self.context}


def inside(part: Part, actor: Actor, token: str) -> SafeString:
    """The HTML below the title; its highest heading is `<h2>`. `token` goes into every form."""
    return _rendered(f"learn/_{part.name}.html", actor, token, part.whole)


def piece(actor: Actor, evidence: UUID, notes: tuple[str, ...], token: str) -> SafeString:
    """One piece of evidence in the editor's list, with what its owner should know about it."""
    context = {**piece_context(actor, evidence), "notes": notes}
    return _rendered("evidence/_item_edit.html", actor, token, context)


def piece_context(actor: Actor, evidence: UUID) -> dict[str, object]:
    """The item and the submission around it; raises NotFound."""
    view = api.submission(actor, submission=api.submission_of(actor, evidence=evidence))
    item = next(item for item in view.evidence if item.uuid == evidence)
    return {"item": item, "submission": view}


def module(actor: Actor, competency: str, token: str) -> Part:
    """What is this competency, is it for me now, how do I grow in it. Raises NotFound."""
    chosen = api.module(actor, competency=competency)
    view = api.progress(actor, competency=competency)
    context = {
        **_around(chosen),
        "glyph": mark_safe(glyph_svg(competency)),  # noqa: S308  # drawn by our own code
        "progress": view,
        "next": journey.of_module(view, competency, actor.links),
        "attempts": journey.attempts(view.attempts, actor.links),
        "fragment": render_module(
            chosen,
            teaching.framework(),
            teaching.progress(view, api.program(actor)),
            teaching.content_links(actor.links, chosen, token),
        ),
    }
    return Part(name="module", title=chosen.title, context=context)


def module_page(actor: Actor, competency: str, page: str, token: str) -> Part:
    """One learning page of the module. Raises NotFound."""
    chosen = api.module(actor, competency=competency)
    try:
        fragment = render_page(
            chosen,
            teaching.framework(),
            page,
            teaching.progress(api.progress(actor, competency=competency), api.program(actor)),
            teaching.content_links(actor.links, chosen, token),
        )
    except UnknownItem:
        raise NotFound("This module has no such page.") from None
    title = next(p.title for p in chosen.pages if p.slug == page)
    return Part(name="module_page", title=title, context={**_around(chosen), "fragment": fragment})


def self_assessment(actor: Actor, competency: str, token: str) -> Part:
    """Where am I honestly, on the same rubric that reviewers use. Raises NotFound."""
    chosen = api.module(actor, competency=competency)
    fragment = render_self_assessment(
        chosen,
        teaching.framework(),
        teaching.progress(api.progress(actor, competency=competency), api.program(actor)),
        teaching.content_links(actor.links, chosen, token),
    )
    return Part(
        name="self_assessment",
        title="Where am I, honestly?",
        context={**_around(chosen), "fragment": fragment},
    )


def attempt(actor: Actor, submission: UUID) -> Part:
    """The attempt as it stands: editor, status, feedback or result. Raises NotFound."""
    view = api.submission(actor, submission=submission)
    chosen = api.module_of(actor, submission=submission)
    return _STATES[view.state](actor, view, chosen)


def check(actor: Actor, submission: UUID, refused: tuple[Problem, ...] = ()) -> Part:
    """What is missing, what should not be in it, and the last step before a hand-in.

    An attempt that is no draft any more is shown as it stands. Raises NotFound.
    """
    view = api.submission(actor, submission=submission)
    if view.state != "draft":
        return attempt(actor, submission)
    chosen = api.module_of(actor, submission=submission)
    work = workspace(
        view,
        chosen,
        missing=api.missing(actor, submission=submission),
        concerns=api.concerns(actor, submission=submission),
    )
    agree = next((problem for problem in refused if problem.field == "agree"), None)
    return Part(
        name="check",
        title="Not quite there" if work.missing else "Ready to hand in?",
        context={**_of(work), "agree_problem": agree},
    )


def _editor(actor: Actor, view: SubmissionView, chosen: Module) -> Part:
    earlier = api.submission(actor, submission=view.previous) if view.previous else None
    work = workspace(
        view,
        chosen,
        missing=api.missing(actor, submission=view.uuid),
        concerns=api.concerns(actor, submission=view.uuid),
        decision=earlier.decision if earlier else None,
    )
    again = f", attempt {view.attempt}" if view.attempt > 1 else ""
    return Part(name="editor", title=f"My evidence{again}", context=_of(work))


def _status(actor: Actor, view: SubmissionView, chosen: Module) -> Part:
    if view.state == "withdrawn":
        title = "You withdrew this attempt"
    elif view.claimed:
        title = "A reviewer is at work on it"
    else:
        title = "It waits for a reviewer"
    context = {
        **_of(workspace(view, chosen)),
        "days_left": api.business_days_left(actor, submission=view.uuid),
        "attempts": _attempts(actor, view),
    }
    return Part(name="status", title=title, context=context)


def _feedback(actor: Actor, view: SubmissionView, chosen: Module) -> Part:
    work = workspace(view, chosen, decision=view.decision)
    brief = feedback_in_brief(work.rows)
    context = {
        **_of(work),
        "decision": view.decision,
        "brief": brief,
        "days_left": api.business_days_left(actor, submission=view.uuid),
        "attempts": _attempts(actor, view),
    }
    many = "" if len(brief) == 1 else "s"
    return Part(name="feedback", title=f"{len(brief)} indicator{many} still open", context=context)


def _passed(actor: Actor, view: SubmissionView, chosen: Module) -> Part:
    badges = journey.badges(api.my_badges(actor), actor.links)
    context = {
        **_of(workspace(view, chosen, decision=view.decision)),
        "decision": view.decision,
        "row": next((row for row in badges if row.badge.competency == view.competency), None),
        "attempts": _attempts(actor, view),
    }
    return Part(name="passed", title="You showed it", context=context)


_STATES: dict[str, Callable[[Actor, SubmissionView, Module], Part]] = {
    "draft": _editor,
    "submitted": _status,
    "withdrawn": _status,
    "returned": _feedback,
    "passed": _passed,
}


def _rendered(name: str, actor: Actor, token: str, context: dict[str, Any]) -> SafeString:
    around = {
        "actor": actor,
        "links": actor.links,
        "lc_program": SimpleLazyObject(lambda: api.program(actor)),
        "csrf_token": token,
    }
    return SafeString(render_to_string(f"lc_credentials/{name}", {**context, **around}))


def _around(chosen: Module) -> dict[str, Any]:
    return {"module": chosen, "domain": teaching.framework().domain_of(chosen.competency.code)}


def _of(work: Workspace) -> dict[str, Any]:
    return {
        "work": work,
        "submission": work.submission,
        "module": work.module,
        "words": work.words,
    }


def _attempts(actor: Actor, view: SubmissionView) -> tuple[journey.Attempt, ...]:
    whole = api.progress(actor, competency=view.competency).attempts
    return journey.attempts(whole, actor.links)
