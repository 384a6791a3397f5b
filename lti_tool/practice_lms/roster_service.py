"""Names and Role Provisioning Services 2.0: who is in the course."""

from __future__ import annotations

from typing import Any

from lti_tool.practice_lms import course, messages
from lti_tool.practice_lms.course import PEOPLE, Person
from lti_tool.practice_lms.facts import CONTEXT_ID
from lti_tool.practice_lms.lms import Lms
from lti_tool.practice_lms.paging import cut
from lti_tool.practice_lms.tokens import demand_scope
from lti_tool.practice_lms.web import Request, Response, data

MEMBERS = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"


def list_members(lms: Lms, request: Request) -> Response:
    """The members, filtered by role and in pages; roles by their simple names (2.2, 2.4)."""
    demand_scope(lms, request, messages.NRPS_SCOPE)
    request.accept(MEMBERS)
    asked = request.query.get("role", "")
    wanted = asked.rpartition("#")[2]
    found = [person for person in PEOPLE if not asked or person.short_role == wanted]
    url = messages.memberships_url(lms.facts)
    shown, headers = cut(found, request, url)
    return data(
        {
            "id": url,
            "context": {"id": CONTEXT_ID, "label": course.LABEL, "title": course.TITLE},
            "members": [_member(person) for person in shown],
        },
        media_type=MEMBERS,
        headers=headers,
    )


def _member(person: Person) -> dict[str, Any]:
    return {
        "user_id": person.id,
        "status": "Active",
        "roles": [person.short_role],
        "name": person.name,
        "given_name": person.given,
        "family_name": person.family,
        "email": person.email,
    }
