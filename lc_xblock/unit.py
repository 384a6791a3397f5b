"""What stands in a unit of a course: a title, the inside of a page, and what only a unit says."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string

from course_content.catalog import Module
from course_content.loading import load
from course_content.pages import Links, Progress, render_module
from credentials import api
from credentials.data import Actor
from credentials.errors import Invalid, Problem
from credentials.views import fragments, sent
from credentials.views.shell import SiteLinks

#: Stands in every form until the unit's script puts the cookie's value there: a block is rendered
#: without a request, so nobody but the page knows the token.
TOKEN = "from-cookie"  # noqa: S105  # no secret, a placeholder
#: The platform answers 413 to anything larger that goes through a block.
LARGEST = 4_000_000


def shown(actor: Actor, part: fragments.Part) -> str:
    """The unit with that part of the module in it."""
    submission = part.context.get("submission")
    own_page = SiteLinks().to("submission", submission=submission.uuid) if submission else ""
    return _unit(
        part.context["module"],
        title=part.title,
        inside=fragments.inside(part, actor, TOKEN),
        name=part.name,
        module_url=actor.links.to("module", code=part.context["module"].competency.code),
        own_page=own_page,
    )


def preview(competency: str, sentence: str) -> str:
    """The module to read, without anything that could be done with it, and why that is so."""
    module = load().modules.get(competency)
    if module is None:
        return render_to_string("lc_xblock/nothing.html", {"competency": competency})
    inside = render_module(module, load().framework, Progress(), Links())
    return _unit(module, title=module.title, inside=inside, name="preview", sentence=sentence)


def after_page(actor: Actor, competency: str, page: str) -> fragments.Part:
    """The next page of the module; after the last one, the module."""
    slugs = [p.slug for p in api.module(actor, competency=competency).pages]
    following = slugs[slugs.index(page) + 1 :]
    if following:
        return fragments.module_page(actor, competency, following[0], TOKEN)
    return fragments.module(actor, competency, TOKEN)


def small_file(body: bytes) -> dict[str, Any]:
    """Name and size of a file that a block takes; raises Invalid for a larger one."""
    file = sent.new_upload(body)
    if file["size"] > LARGEST:
        message = "Here a file has at most 4 MB. Open the draft on its own page for a larger one."
        raise Invalid(message, (Problem(field="file", code="too-large", message=message),))
    return file


def _unit(module: Module, **more: object) -> str:
    domain = load().framework.domain_of(module.competency.code)
    return render_to_string("lc_xblock/unit.html", {"module": module, "domain": domain, **more})
