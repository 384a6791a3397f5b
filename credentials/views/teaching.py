"""What the content's own fragments need from us: this learner's progress, this door's links."""

from __future__ import annotations

from collections.abc import Iterable

from course_content import pages
from course_content.catalog import Framework, Module
from course_content.loading import load
from credentials.data import Links, ProgramView, ProgressView


def framework() -> Framework:
    """The framework that this installation shows."""
    return load().framework


def terms(program: ProgramView) -> pages.Terms:
    """The program's promises in the content's words."""
    return pages.Terms(
        program=program.name,
        contact=program.contact_email,
        turnaround_days=program.turnaround_days,
        revision_days=program.revision_days,
        reviewers=program.reviews_required,
    )


def progress(view: ProgressView, program: ProgramView) -> pages.Progress:
    """What the learner did, in the content's words."""
    return pages.Progress(
        stage=view.stage,
        next_step=view.next_step,
        pages_read=view.pages_read,
        self_levels=view.self_levels,
        terms=terms(program),
    )


def content_links(links: Links, module: Module, token: str) -> pages.Links:
    """Where the module's parts are behind this door; `token` goes into every form."""
    code = module.competency.code
    return pages.Links(
        module=links.to("module", code=code),
        start=links.to("start-submission", code=code),
        self_assessment=links.to("self-assessment", code=code),
        glossary=links.to("glossary"),
        pages={p.slug: links.to("module-page", code=code, page=p.slug) for p in module.pages},
        page_read={p.slug: links.to("page-read", code=code, page=p.slug) for p in module.pages},
        modules={other: links.to("module", code=other) for other in load().modules},
        indicators=indicator_links(links, module),
        form_fields={"csrfmiddlewaretoken": token},
    )


def indicator_links(links: Links, module: Module) -> dict[str, str]:
    """The public page of every indicator of the module, by code."""
    return {
        indicator.code: links.to("item", uuid=indicator.uuid)
        for indicator in module.competency.indicators
    }


def titles(module: Module, codes: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """(code, our short title) of some of the module's indicators, in the order given."""
    return tuple((code, module.competency.indicator(code).title) for code in codes)
