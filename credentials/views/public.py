"""Badges, issuers, status lists, achievements and framework items: one address, two readers.

Machine documents may be read by scripts of any site (CORS): they are public and need no cookie.
Pages may not.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import conditional_page, require_safe

from course_content.art import glyph_svg
from course_content.loading import load
from course_content.pages import render_indicator
from course_content.prose import Words
from credentials.api import case, framework, public
from credentials.views.negotiation import negotiated, preferred, wants_page
from credentials.views.shell import links_of

#: Open Badges 3.0 serves credentials as the first; the others are the same bytes by other names.
CREDENTIAL_TYPES = (
    "application/vc+ld+json",
    "application/vc",
    "application/ld+json",
    "application/json",
)
#: DID Core 1.0, section 6.3: the type of a DID document that names its context.
DID_TYPE = "application/did+ld+json"
#: JSON Schema Core, "IANA Considerations".
SCHEMA_TYPE = "application/schema+json"
LD_TYPES = ("application/ld+json", "application/json")
JSON_TYPES = ("application/json",)
#: Seconds for which others may keep a document: one that never changes, one that seldom does,
#: one whose news must be seen soon.
FIXED, SELDOM, SOON = 86_400, 3_600, 60


def machine(
    body: bytes | Mapping[str, Any], content_type: str, *, keep: int, status: int = 200
) -> HttpResponse:
    """A public machine document, as bytes that are served untouched or as JSON values."""
    response = (
        HttpResponse(body, content_type=content_type, status=status)
        if isinstance(body, bytes)
        else JsonResponse(body, content_type=content_type, status=status)
    )
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = f"public, max-age={keep}"
    return response


@require_safe
@conditional_page
def badge(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A badge: the signed bytes for a machine, what they say for a person."""
    if not wants_page(request, CREDENTIAL_TYPES):
        wanted = preferred(request.headers.get("Accept", ""), CREDENTIAL_TYPES)
        return negotiated(machine(public.badge_document(badge=uuid).body, wanted, keep=FIXED))
    page = public.badge_page(badge=uuid)
    verify = f"{links_of(request).to('verify')}?badge={uuid}"
    context = {
        "badge": page,
        "criteria": _markdown(page.achievement.criteria),
        "verify_address": request.build_absolute_uri(verify),
    }
    return negotiated(render(request, "lc_credentials/public/badge.html", context))


@require_safe
@conditional_page
def badge_json(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The exact bytes that were signed."""
    return machine(public.badge_document(badge=uuid).body, CREDENTIAL_TYPES[0], keep=FIXED)


@require_safe
@conditional_page
def badge_png(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The picture that carries the signed bytes."""
    return machine(public.badge_picture(badge=uuid).body, "image/png", keep=FIXED)


@require_safe
@conditional_page
def issuer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An issuer: its Profile for a machine, who it is for a person."""
    if not wants_page(request, LD_TYPES):
        wanted = preferred(request.headers.get("Accept", ""), LD_TYPES)
        return negotiated(machine(public.issuer_profile(issuer=uuid), wanted, keep=SELDOM))
    context = {"issuer": public.issuer_page(issuer=uuid)}
    return negotiated(render(request, "lc_credentials/public/issuer.html", context))


@require_safe
@conditional_page
def issuer_did(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The did:web document with the issuer's keys."""
    return machine(public.did_document(issuer=uuid), DID_TYPE, keep=SOON)


@require_safe
@conditional_page
def status_list(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The signed revocation list as it is now."""
    document = public.status_list(status_list=uuid)
    return machine(document.body, CREDENTIAL_TYPES[0], keep=SOON)


@require_safe
@conditional_page
def issuer_revocations(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The issuer's withdrawn badges, as they are now, for readers that know no signed list."""
    return machine(public.revocations(issuer=uuid), JSON_TYPES[0], keep=SOON)


@require_safe
@conditional_page
def achievement(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What a program awards: an Achievement for a machine, the criteria for a person."""
    if not wants_page(request, LD_TYPES):
        wanted = preferred(request.headers.get("Accept", ""), LD_TYPES)
        document = public.achievement_document(achievement=uuid)
        return negotiated(machine(document, wanted, keep=SELDOM))
    page = public.achievement_page(achievement=uuid)
    context = {"achievement": page, "criteria": _markdown(page.criteria)}
    return negotiated(render(request, "lc_credentials/public/achievement.html", context))


@require_safe
@conditional_page
def achievement_png(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The art of an achievement; nobody's badge is in it."""
    return machine(public.achievement_picture(achievement=uuid).body, "image/png", keep=SELDOM)


@require_safe
@conditional_page
def rubric_proof(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What a learner released to whoever was given this address, and to nobody else."""
    answer = machine(public.rubric_proof(proof=uuid).body, CREDENTIAL_TYPES[0], keep=SOON)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
@conditional_page
def schema(request: HttpRequest, name: str) -> HttpResponse:
    """The JSON Schema that our documents name and keep to."""
    return machine(public.schema_document(name=name).body, SCHEMA_TYPE, keep=SELDOM)


@require_safe
@conditional_page
def item(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An object of the framework: CASE JSON for a machine, the statement for a person."""
    if not wants_page(request, JSON_TYPES):
        document = case.framework_object(uuid)
        return negotiated(machine(document, JSON_TYPES[0], keep=SELDOM))
    page = framework.framework_page(uuid)
    context: dict[str, Any] = {"item": page, "glyphs": _glyphs()}
    if page.kind == "indicator":
        module = load().modules.get(page.module)
        context["body"] = render_indicator(page.framework, page.code, module)
    return negotiated(render(request, "lc_credentials/public/item.html", context))


@require_safe
def whole_framework(request: HttpRequest) -> HttpResponse:
    """The framework's own page, under a name that people can remember."""
    return item(request, load().framework.uuid)


@cache
def _glyphs() -> dict[str, str]:
    return {one.code: glyph_svg(one.code) for one in load().framework.competencies}


def _markdown(text: str) -> str:
    return Words(framework=load().framework).render(text, top=3)


urlpatterns = [
    path("lc/badges/<uuid:uuid>", badge, name="badge"),
    path("lc/badges/<uuid:uuid>.json", badge_json, name="badge-json"),
    path("lc/badges/<uuid:uuid>.png", badge_png, name="badge-png"),
    path("lc/issuers/<uuid:uuid>", issuer, name="issuer"),
    path("lc/issuers/<uuid:uuid>/did.json", issuer_did, name="issuer-did"),
    path("lc/issuers/<uuid:uuid>/revocations", issuer_revocations, name="issuer-revocations"),
    path("lc/status/<uuid:uuid>", status_list, name="status-list"),
    path("lc/achievements/<uuid:uuid>", achievement, name="achievement"),
    path("lc/achievements/<uuid:uuid>.png", achievement_png, name="achievement-png"),
    path("lc/rubric-proofs/<uuid:uuid>", rubric_proof, name="rubric-proof"),
    path("lc/schemas/<slug:name>.json", schema, name="schema"),
    path("lc/uri/<uuid:uuid>", item, name="item"),
    path("lc/framework", whole_framework, name="framework"),
]
