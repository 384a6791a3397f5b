"""What every page needs around its content: who is here, where things are, what waits for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from credentials import api
from credentials.data import Actor, Links
from credentials.errors import NotAllowed


class SignInNeeded(Exception):
    """Nobody is signed in and the page is for somebody; `views.safety.Errors` answers it."""


class SiteLinks:
    """Where things are when no door has said otherwise: the paths of `credentials.urls`."""

    def to(self, name: str, **arguments: object) -> str:
        """The path of `lc:<name>`; raises NoReverseMatch for a name that the site does not have."""
        return reverse(f"lc:{name}", kwargs=arguments)


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """One entry of the main navigation."""

    title: str
    url: str
    current: bool


#: (route, title, role that sees it; "" is everybody who is signed in, None is everybody else)
NAVIGATION: tuple[tuple[str, str, str | None], ...] = (
    ("home", "My path", "learner"),
    ("my-badges", "My badges", "learner"),
    ("review-desk", "Review desk", "reviewer"),
    ("program-desk", "Program desk", "administrator"),
    ("people", "People", "administrator"),
    ("help-index", "Help", ""),
    ("framework", "The framework", None),
    ("verify", "Verify a badge", None),
    ("help-index", "Help", None),
)


def actor_of(request: HttpRequest) -> Actor:
    """The person whom a door has let in.

    Raises SignInNeeded when nobody is signed in, NotAllowed when the person who is belongs to no
    program here.
    """
    actor = getattr(request, "lc", None)
    if isinstance(actor, Actor):
        return actor
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        raise NotAllowed(
            "Your account does not belong to a program here. Ask your program for an invitation; "
            "it comes by mail with a link."
        )
    raise SignInNeeded


def learner_of(request: HttpRequest) -> Actor:
    """The person whom a door has let in, as a learner; raises as `actor_of`, and NotAllowed."""
    actor = actor_of(request)
    if not actor.has("learner"):
        raise NotAllowed("This page is for learners of the program, and you are not one of them.")
    return actor


def reviewer_of(request: HttpRequest) -> Actor:
    """The person whom a door has let in, as a reviewer; raises as `actor_of`, and NotAllowed."""
    actor = actor_of(request)
    if not actor.has("reviewer"):
        raise NotAllowed("Only reviewers of this program see this page.")
    return actor


def links_of(request: HttpRequest) -> Links:
    """Where things are for this person: their door's links, or the site's own."""
    actor = getattr(request, "lc", None)
    return actor.links if isinstance(actor, Actor) else SiteLinks()


def sign_in_url() -> str:
    """Where this site signs people in."""
    return resolve_url(settings.LOGIN_URL)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `actor`, `links`, `nav`, `lc_program`, `unread` and the account's links.

    `lc_program` and `unread` cost a query each, and only on pages that show them.
    """
    actor: Actor | None = getattr(request, "lc", None)
    links = links_of(request)
    context: dict[str, Any] = {
        "actor": actor,
        "links": links,
        "nav": _navigation(actor, links, request.path),
        "sign_in_url": sign_in_url(),
        "sign_out_url": getattr(settings, "LC_SIGN_OUT_URL", "/accounts/logout/"),
        "account_url": getattr(settings, "LC_ACCOUNT_URL", "/accounts/"),
        "practice": bool(getattr(settings, "LC_PRACTICE", False)),
        "notices_url": _known(links, "notices") if actor else "",
        "my_data_url": _known(links, "my-data") if actor else "",
        "start_url": _known(links, "start") or "/",
        "framework_url": _known(links, "framework"),
        "glossary_url": _known(links, "glossary"),
        "verify_url": _known(links, "verify"),
        "help_url": _known(links, "help-index"),
    }
    if actor is not None:
        context["lc_program"] = SimpleLazyObject(lambda: api.program(actor))
        context["unread"] = SimpleLazyObject(lambda: api.unread_notices(actor))
    return context


def _navigation(actor: Actor | None, links: Links, path: str) -> tuple[NavItem, ...]:
    items = []
    for name, title, role in NAVIGATION:
        wanted = role is None if actor is None else role is not None and _sees(actor, role)
        if wanted and (url := _known(links, name)):
            items.append(NavItem(title=title, url=url, current=path == url))
    return tuple(items)


def _sees(actor: Actor, role: str) -> bool:
    return role == "" or actor.has(role)


def _known(links: Links, name: str, **arguments: object) -> str:
    """The address, or nothing where this door does not have such a page."""
    try:
        return links.to(name, **arguments)
    except NoReverseMatch:
        return ""
