"""Who sits at this browser: practice needs no passwords, but a session like any LMS's."""

from __future__ import annotations

import hashlib

from lti_tool.practice_lms.course import Person, by_id
from lti_tool.practice_lms.lms import Lms, opaque
from lti_tool.practice_lms.web import Refusal, Request

COOKIE = "practice_lms"
# None and Secure as every LMS sets it: the tool's answers come back by a cross-site POST
_ATTRIBUTES = "Path=/; HttpOnly; Secure; SameSite=None"


def sit_down(lms: Lms, person: Person) -> tuple[str, str]:
    """Signs that person in; the header that sets the cookie."""
    cookie = opaque()
    with lms.storage.change() as rows:
        rows.execute(
            "INSERT INTO sitting VALUES (?, ?, ?)", (_digest(cookie), person.id, lms.now())
        )
    return ("Set-Cookie", f"{COOKIE}={cookie}; {_ATTRIBUTES}")


def stand_up(lms: Lms, request: Request) -> tuple[str, str]:
    """Signs out whoever sits here; the header that drops the cookie."""
    with lms.storage.change() as rows:
        digest = _digest(request.cookies.get(COOKIE, ""))
        rows.execute("DELETE FROM sitting WHERE digest = ?", (digest,))
    return ("Set-Cookie", f"{COOKIE}=; Max-Age=0; {_ATTRIBUTES}")


def who(lms: Lms, request: Request) -> Person | None:
    """The person who is signed in, if anybody."""
    with lms.storage.open() as rows:
        found = rows.execute(
            "SELECT person FROM sitting WHERE digest = ?",
            (_digest(request.cookies.get(COOKIE, "")),),
        ).fetchone()
    return by_id(found["person"]) if found else None


def somebody(lms: Lms, request: Request) -> Person:
    """The person who is signed in; Refusal when there is nobody."""
    person = who(lms, request)
    if person is None:
        raise Refusal(401, "login_required", "Choose who you are first.")
    return person


def teacher(lms: Lms, request: Request) -> Person:
    """The teacher; Refusal for anybody else."""
    person = somebody(lms, request)
    if not person.teaches:
        raise Refusal(403, "forbidden", "Only the teacher of the course may do that.")
    return person


def demand_own_form(lms: Lms, request: Request) -> None:
    """Refusal for a form that another site sent: our cookie travels with those as well."""
    if request.headers.get("origin") != lms.facts.issuer:
        raise Refusal(403, "forbidden", "That form did not come from this site.")


def _digest(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()
