"""The pages of the course as the teacher and the students see them."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from lti_tool.practice_lms import course, launching, placement
from lti_tool.practice_lms.course import PEOPLE, STUDENTS, Person
from lti_tool.practice_lms.layout import bare, button_form, hidden, layout
from lti_tool.practice_lms.lms import Lms
from lti_tool.practice_lms.markup import Child, Html, el
from lti_tool.practice_lms.sitting import somebody, teacher, who
from lti_tool.practice_lms.web import Request, Response, see

_ROLE = {True: "teaches the course", False: "takes the course"}
_STANDS = {
    "PendingManual": "handed in, waits for a reviewer",
    "Pending": "handed in, being graded",
    "Failed": "could not be graded",
    "NotReady": "not handed in",
    "FullyGraded": "graded, without a score",
}


def door(lms: Lms, request: Request) -> Response:
    """Who are you? Three buttons and no password."""
    person = who(lms, request)
    if person is not None:
        return see("/course")
    cards = [
        el(
            "li",
            el("strong", somebody_.name),
            el("span", _ROLE[somebody_.teaches]),
            button_form("/sign-in", f"Go on as {somebody_.given}", hidden("person", somebody_.key)),
        )
        for somebody_ in PEOPLE
    ]
    return layout(
        lms.facts,
        "Who are you?",
        el(
            "p",
            f"This is a learning management system with one course, {course.TITLE}. "
            "It shows how the tool works inside a course: the teacher places an activity, "
            "a student opens it here and hands in, and the result comes back as a grade.",
        ),
        el("ul", cards, class_="people"),
    )


def course_page(lms: Lms, request: Request) -> Response:
    """What is in the course, and for the teacher the way to add to it."""
    person = somebody(lms, request)
    links = placement.placed(lms)
    told = request.query.get("lti_errormsg") or request.query.get("lti_msg")
    return layout(
        lms.facts,
        course.TITLE,
        el("p", told, class_="notice", role="status") if told else None,
        el(
            "p",
            "Welcome. This term we practise what a school leader does, and show it with work "
            "from our own schools.",
        ),
        el("h2", "Activities"),
        el("ul", [_activity(person, link) for link in links], class_="activities")
        if links
        else el("p", _nothing_yet(person), class_="empty"),
        el("p", el("a", "Add an activity from the tool", class_="button", href="/add"))
        if person.teaches
        else None,
        person=person,
        path="/course",
    )


def activity(lms: Lms, request: Request, identifier: str) -> Response:
    """One activity: the tool in an iframe on this site's page."""
    person = somebody(lms, request)
    link = placement.find(lms, identifier)
    return layout(
        lms.facts,
        link.title,
        el("p", link.text) if link.text else None,
        el(
            "p",
            el("a", "Open in a new window", href=f"/begin/{link.id}?window=1", target="_blank"),
            class_="beside",
        ),
        _frame(f"/begin/{link.id}", link.title),
        person=person,
        script="frame.js",
    )


def add(lms: Lms, request: Request) -> Response:
    """The tool's own picker, in an iframe."""
    person = teacher(lms, request)
    return layout(
        lms.facts,
        "Add an activity",
        el("p", "Pick in the tool below; what you pick appears on the course page."),
        el("p", el("a", "Back to the course without adding", href="/course"), class_="beside"),
        _frame("/begin", "Pick an activity"),
        person=person,
        script="frame.js",
    )


def begin(lms: Lms, request: Request, identifier: str | None = None) -> Response:
    """Off to the tool's login initiation."""
    framed = "window" not in request.query
    if identifier is None:
        url = launching.begin(lms, teacher(lms, request), link=None, framed=framed)
    else:
        link = placement.find(lms, identifier)
        url = launching.begin(lms, somebody(lms, request), link=link, framed=framed)
    return see(url)


def handed_over(lms: Lms, url: str, fields: dict[str, str]) -> Response:
    """A form that posts itself to the tool; with a button for browsers without scripts."""
    form = el(
        "form",
        [hidden(name, value) for name, value in fields.items()],
        el("button", "Go on to the tool"),
        method="post",
        action=url,
        data_submit=True,
    )
    return bare(lms.facts, "Going on to the tool", el("main", form), script="submit.js")


def picked(lms: Lms, count: int, words: str) -> Response:
    """Shown in the picker's iframe when the tool has answered: leaves it for the course page."""
    done = {0: "Nothing was added.", 1: "One activity was added."}.get(
        count, f"{count} activities were added."
    )
    return bare(
        lms.facts,
        "Picked",
        el(
            "main",
            el("p", words or done, role="status"),
            el("p", el("a", "Back to the course", href="/course", target="_top", data_leave=True)),
        ),
        script="leave.js",
    )


def grades(lms: Lms, request: Request) -> Response:
    """The gradebook: everybody's row for the teacher, their own for a student."""
    person = somebody(lms, request)
    with lms.storage.open() as rows:
        items = rows.execute("SELECT * FROM line_item ORDER BY id").fetchall()
        found = rows.execute("SELECT * FROM score").fetchall()
    scores = {(row["item"], row["person"]): row for row in found}
    shown = STUDENTS if person.teaches else (person,)
    table = el(
        "table",
        el("caption", "Grades that the tool has sent"),
        el(
            "thead",
            el("tr", el("th", "Student", scope="col"), [_column(item) for item in items]),
        ),
        el(
            "tbody",
            [
                el(
                    "tr",
                    el("th", student.name, scope="row"),
                    [_cell(item, scores.get((item["id"], student.id))) for item in items],
                )
                for student in shown
            ],
        ),
    )
    return layout(
        lms.facts,
        "Gradebook" if person.teaches else "My grades",
        el("div", table, class_="wide", tabindex="0", role="region", aria_label="Grades")
        if items
        else el("p", "There is nothing to grade yet.", class_="empty"),
        person=person,
        path="/grades",
    )


def _activity(person: Person, link: placement.Link) -> Html:
    return el(
        "li",
        el("a", link.title, href=f"/activities/{link.id}"),
        el("span", link.text, class_="about") if link.text else None,
        button_form(f"/activities/{link.id}/remove", f"Remove {link.title}", class_="quiet")
        if person.teaches
        else None,
    )


def _nothing_yet(person: Person) -> str:
    if person.teaches:
        return "There is nothing here yet. Add the first activity from the tool."
    return "There is nothing here yet. Your teacher adds the first activity."


def _frame(source: str, title: str) -> Child:
    return el("iframe", src=source, title=title, id="tool")


def _column(item: sqlite3.Row) -> Html:
    return el(
        "th", item["label"], el("span", f"out of {item['maximum']:g}", class_="about"), scope="col"
    )


def _cell(item: sqlite3.Row, score: sqlite3.Row | None) -> Html:
    if score is None:
        return el("td", el("span", "–", aria_hidden="true"), el("span", "no grade", class_="heard"))
    moment = datetime.fromtimestamp(score["second"], UTC)
    when = el("span", f"{moment:%d %B %Y, %H:%M} UTC", class_="about")
    comment = el("span", score["comment"], class_="comment") if score["comment"] else None
    if score["given"] is None:
        stands = _STANDS.get(score["grading"], score["grading"])
        says = f"{score['activity']} · {score['grading']}"
        return el("td", stands, el("span", says, class_="about"), comment, when)
    points = score["given"] / score["maximum"] * item["maximum"]
    return el("td", el("strong", f"{points:.4g} / {item['maximum']:g}"), comment, when)
