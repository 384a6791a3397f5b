"""The frame around every page of the practice LMS, and the headers it is served with."""

from __future__ import annotations

from lti_tool.practice_lms.course import LABEL, TITLE, Person
from lti_tool.practice_lms.facts import Facts
from lti_tool.practice_lms.markup import Child, Html, el
from lti_tool.practice_lms.web import Response
from lti_tool.practice_lms.web import page as html_page

MADE_UP = "For practice on this computer: everybody and every grade here is made up."
NAVIGATION = (
    ("/course", "Course", False),
    ("/grades", "Grades", False),
    ("/tool", "External tool", True),
)


def layout(
    facts: Facts,
    title: str,
    *content: Child,
    person: Person | None = None,
    path: str = "",
    script: str = "",
    status: int = 200,
    headers: tuple[tuple[str, str], ...] = (),
) -> Response:
    """A whole page with its headers; `person` is who sits here, `path` which entry is current."""
    body = (
        el("a", "Skip to content", class_="skip", href="#main"),
        el(
            "header",
            el(
                "div",
                el("p", el("a", "Practice LMS", href="/"), class_="brand"),
                _here(person) if person else None,
                class_="top",
            ),
            el("p", MADE_UP, class_="made-up"),
        ),
        _navigation(person, path) if person else None,
        el("main", el("h1", title), *content, id="main"),
    )
    return bare(facts, title, *body, script=script, status=status, headers=headers)


def bare(
    facts: Facts,
    title: str,
    *body: Child,
    script: str = "",
    status: int = 200,
    headers: tuple[tuple[str, str], ...] = (),
) -> Response:
    """A page without the frame, as shown for a moment inside an iframe."""
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", f"{title} · Practice LMS"),
        el("link", rel="stylesheet", href="/look/lms.css"),
        el("link", rel="icon", href="data:,"),
        el("script", src=f"/look/{script}", defer=True) if script else None,
    )
    html = "<!doctype html>\n" + el("html", head, el("body", *body), lang="en")
    return html_page(html, status=status, headers=(*_safety(facts), *headers))


def button_form(action: str, label: str, *fields: Html, class_: str = "") -> Html:
    """A form that is one button."""
    return el(
        "form", *fields, el("button", label, class_=class_ or None), method="post", action=action
    )


def hidden(name: str, value: str) -> Html:
    """A field that nobody sees."""
    return el("input", type="hidden", name=name, value=value)


def _here(person: Person) -> Html:
    role = "teacher" if person.teaches else "student"
    return el(
        "div",
        el("span", f"{person.name}, {role}", class_="who"),
        button_form("/sign-out", "Change person", class_="quiet"),
        class_="here",
    )


def _navigation(person: Person | None, path: str) -> Html:
    teaches = person is not None and person.teaches
    entries = [
        el("li", el("a", title, href=url, aria_current="page" if path == url else None))
        for url, title, for_teachers in NAVIGATION
        if teaches or not for_teachers
    ]
    return el(
        "nav",
        el("p", el("strong", LABEL), f" {TITLE}", class_="course"),
        el("ul", entries),
        aria_label="Course",
    )


def _safety(facts: Facts) -> tuple[tuple[str, str], ...]:
    policy = "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            "script-src 'self'",
            "img-src data:",
            f"frame-src 'self' {facts.tool}",
            f"form-action 'self' {facts.tool}",
            "base-uri 'none'",
            "frame-ancestors 'self'",
        )
    )
    return (
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Cache-Control", "no-store"),
    )
