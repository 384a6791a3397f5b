"""The claims of the messages that the platform signs (core 1.3, 5.3; Deep Linking 2.0, 3)."""

from __future__ import annotations

from typing import Any

from lti_tool.practice_lms import course
from lti_tool.practice_lms.course import Person
from lti_tool.practice_lms.facts import CONTEXT_ID, Facts
from lti_tool.practice_lms.placement import Link

LTI = "https://purl.imsglobal.org/spec/lti/claim/"
DL = "https://purl.imsglobal.org/spec/lti-dl/claim/"
AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/"
NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/"
AGS_SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/"
NRPS_SCOPE = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
SCOPES = (
    f"{AGS_SCOPE}lineitem",
    f"{AGS_SCOPE}lineitem.readonly",
    f"{AGS_SCOPE}score",
    f"{AGS_SCOPE}result.readonly",
    NRPS_SCOPE,
)
#: as short as a widespread LMS makes it
LIFE_SECONDS = 60


def resource_link(
    facts: Facts, person: Person, link: Link, *, item_url: str | None, framed: bool
) -> dict[str, Any]:
    """What an LtiResourceLinkRequest says, beside the security claims."""
    claims = _common(facts, person, framed=framed)
    claims |= {
        f"{LTI}message_type": "LtiResourceLinkRequest",
        f"{LTI}target_link_uri": link.url,
        f"{LTI}resource_link": {
            "id": link.id,
            "title": link.title,
            **({"description": link.text} if link.text else {}),
        },
    }
    if link.custom:
        claims[f"{LTI}custom"] = link.custom
    if item_url:
        claims[f"{AGS}endpoint"]["lineitem"] = item_url
    return claims


def deep_linking(facts: Facts, person: Person, *, data: str, framed: bool) -> dict[str, Any]:
    """What an LtiDeepLinkingRequest says, beside the security claims."""
    return _common(facts, person, framed=framed) | {
        f"{LTI}message_type": "LtiDeepLinkingRequest",
        f"{LTI}target_link_uri": facts.tool_launch_url,
        f"{DL}deep_linking_settings": {
            "deep_link_return_url": facts.deep_link_return_url,
            "accept_types": ["ltiResourceLink"],
            "accept_presentation_document_targets": ["iframe", "window"],
            "accept_multiple": True,
            "accept_lineitem": True,
            "auto_create": False,
            "title": "Add an activity",
            "text": f"Pick what you want in {course.TITLE}.",
            "data": data,
        },
    }


def security(facts: Facts, person: Person, *, nonce: str, now: float) -> dict[str, Any]:
    """The claims of every id_token (security 1.0, 5.1.2)."""
    return {
        "iss": facts.issuer,
        "aud": facts.client_id,
        "azp": facts.client_id,
        "sub": person.id,
        "iat": int(now),
        "exp": int(now) + LIFE_SECONDS,
        "nonce": nonce,
    }


def line_items_url(facts: Facts) -> str:
    """The container of the course's line items; with a query string, as a real LMS may have one."""
    return f"{facts.services}/lti/contexts/{CONTEXT_ID}/lineitems?tool=1"


def line_item_url(facts: Facts, number: int) -> str:
    """One line item's own address, which is its id."""
    return f"{facts.services}/lti/contexts/{CONTEXT_ID}/lineitems/{number}/lineitem?tool=1"


def memberships_url(facts: Facts) -> str:
    """The roster of the course."""
    return f"{facts.services}/lti/contexts/{CONTEXT_ID}/memberships"


def _common(facts: Facts, person: Person, *, framed: bool) -> dict[str, Any]:
    return {
        "name": person.name,
        "given_name": person.given,
        "family_name": person.family,
        "email": person.email,
        "locale": "en",
        f"{LTI}version": "1.3.0",
        f"{LTI}deployment_id": facts.deployment_id,
        f"{LTI}roles": person.roles,
        f"{LTI}context": {
            "id": CONTEXT_ID,
            "label": course.LABEL,
            "title": course.TITLE,
            "type": ["http://purl.imsglobal.org/vocab/lis/v2/course#CourseOffering"],
        },
        f"{LTI}tool_platform": {
            "guid": facts.client_id,
            "name": "Practice LMS",
            "product_family_code": "practice-lms",
            "version": "1",
        },
        f"{LTI}launch_presentation": {
            "document_target": "iframe" if framed else "window",
            "return_url": f"{facts.issuer}/course",
            "locale": "en",
        },
        f"{AGS}endpoint": {"scope": list(SCOPES[:4]), "lineitems": line_items_url(facts)},
        f"{NRPS}namesroleservice": {
            "context_memberships_url": memberships_url(facts),
            "service_versions": ["2.0"],
        },
    }
