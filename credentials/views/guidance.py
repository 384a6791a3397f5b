"""The pages that explain: what this is, how it works for each role, what the words mean."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_safe

from course_content.loading import load
from course_content.pages import render_glossary
from credentials.data import Actor
from credentials.errors import NotFound
from credentials.views import teaching

#: (name in the address, heading of the help page)
ROLES = (
    ("learner", "Help for learners"),
    ("reviewer", "Help for reviewers"),
    ("administrator", "Help for program administrators"),
    ("district", "Help for districts and employers"),
)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What is this, can I trust it, where do I begin; somebody signed in goes to their path."""
    if isinstance(getattr(request, "lc", None), Actor) and "stay" not in request.GET:
        return redirect(request.lc.links.to("home"))  # type: ignore[attr-defined]  # set by a door
    return render(
        request, "lc_credentials/guidance/start.html", {"framework": teaching.framework()}
    )


@require_safe
def help_index(request: HttpRequest) -> HttpResponse:
    """How does this work: choose who you are; somebody with one role goes straight there."""
    actor = getattr(request, "lc", None)
    if isinstance(actor, Actor) and len(actor.roles) == 1:
        (role,) = actor.roles
        if role in dict(ROLES):
            return redirect(actor.links.to("help", role=role))
    return render(request, "lc_credentials/guidance/help_index.html", {"roles": ROLES})


@require_safe
def help_page(request: HttpRequest, role: str) -> HttpResponse:
    """How does this work for me."""
    if role not in dict(ROLES):
        raise NotFound("There is no such help page.")
    context = {"role": role, "title": dict(ROLES)[role], "roles": ROLES}
    return render(request, f"lc_credentials/guidance/{role}.html", context)


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """What the framework's words mean."""
    context = {"fragment": render_glossary(teaching.framework())}
    return render(request, "lc_credentials/guidance/glossary.html", context)


@require_safe
def pathways(request: HttpRequest) -> HttpResponse:
    """Where to begin: a short path for each priority of the framework's users' guide."""
    catalog = load()
    rows = [
        {
            "pathway": pathway,
            "steps": [
                {
                    "step": step,
                    "competency": catalog.framework.competency(step.competency),
                    "domain": catalog.framework.domain_of(step.competency).letter,
                    "offered": step.competency in catalog.modules,
                }
                for step in pathway.steps
            ],
        }
        for pathway in catalog.pathways
    ]
    return render(request, "lc_credentials/guidance/pathways.html", {"rows": rows})


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """The framework's guiding questions and its equity lens, quoted."""
    context = {"framework": teaching.framework()}
    return render(request, "lc_credentials/guidance/questions.html", context)


urlpatterns = [
    path("", start, name="start"),
    path("lc/help", help_index, name="help-index"),
    path("lc/help/<str:role>", help_page, name="help"),
    path("lc/glossary", glossary, name="glossary"),
    path("lc/pathways", pathways, name="pathways"),
    path("lc/questions", questions, name="questions"),
]
