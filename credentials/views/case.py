"""The CASE 1.1 service: the framework by the standard's REST operations, read only.

Source: 1EdTech Competencies and Academic Standards Exchange, service model, REST binding.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import conditional_page, require_safe

from credentials.api import case
from credentials.errors import NotFound
from credentials.views.public import JSON_TYPES, SELDOM, machine

BASE = "ims/case/v1p1"
#: Operations that answer with one object, and those that answer with a list under their name.
SINGLE = ("CFDocuments", "CFItems", "CFAssociations", "CFRubrics", "CFLicenses")
LISTED = ("CFItemTypes",)
DEFAULT_LIMIT = 100

View = Callable[..., HttpResponse]


class Unusable(Exception):
    """A selection that cannot be made sense of."""


def service(view: View) -> View:
    """A read operation whose refusals are written as the standard asks (imsx_StatusInfo)."""

    @require_safe
    @conditional_page
    @wraps(view)
    def answer(request: HttpRequest, **arguments: str) -> HttpResponse:
        try:
            return view(request, **arguments)
        except NotFound as error:
            return _refusal(404, error.message, "sourcedId", "unknownobject")
        except Unusable as error:
            return _refusal(400, str(error), "selection", "invalid_selection_field")

    return answer


@service
def documents(request: HttpRequest) -> HttpResponse:
    """getAllCFDocuments: the one document, within `limit` and `offset`."""
    document = case.framework_object(case.framework_package()["CFDocument"]["identifier"])
    limit, offset = _number(request, "limit", DEFAULT_LIMIT), _number(request, "offset", 0)
    response = _json({"CFDocuments": [document][offset : offset + limit]})
    response["X-Total-Count"] = "1"
    return response


@service
def package(request: HttpRequest, identifier: str) -> HttpResponse:
    """getCFPackage: everything at once."""
    case.framework_object(_uuid(identifier), collection="CFDocuments")
    return _json(case.framework_package())


@service
def item_associations(request: HttpRequest, identifier: str) -> HttpResponse:
    """getCFItemAssociations: an item and all that ties it to others."""
    item, associations = case.framework_associations(_uuid(identifier))
    return _json({"CFItem": item, "CFAssociations": list(associations)})


@service
def case_object(request: HttpRequest, kind: str, identifier: str) -> HttpResponse:
    """get<kind>: one object, standing alone.

    The standard's other collections (subjects, concepts, groupings) are empty here, so that every
    identifier is unknown to them.
    """
    if kind not in SINGLE + LISTED:
        raise NotFound(f"This framework has no {kind[:40]}.")
    found = case.framework_object(_uuid(identifier), collection=kind)
    return _json({kind: [found]} if kind in LISTED else found)


def _uuid(identifier: str) -> UUID:
    try:
        return UUID(identifier)
    except ValueError:
        raise NotFound("An identifier is a UUID; this one is none.") from None


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    text = request.GET.get(name, str(otherwise))
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Unusable(f"{name} must be a whole number, not {text[:40]!r}.")
    return int(text)


def _json(document: Mapping[str, Any]) -> HttpResponse:
    return machine(document, JSON_TYPES[0], keep=SELDOM)


def _refusal(status: int, description: str, field: str, value: str) -> HttpResponse:
    return machine(
        {
            "imsx_codeMajor": "failure",
            "imsx_severity": "error",
            "imsx_description": description,
            "imsx_codeMinor": {
                "imsx_codeMinorField": [
                    {"imsx_codeMinorFieldName": field, "imsx_codeMinorFieldValue": value}
                ]
            },
        },
        JSON_TYPES[0],
        keep=0,
        status=status,
    )


urlpatterns = [
    path(f"{BASE}/CFDocuments", documents, name="case-documents"),
    path(f"{BASE}/CFPackages/<str:identifier>", package, name="case-package"),
    path(
        f"{BASE}/CFItemAssociations/<str:identifier>",
        item_associations,
        name="case-item-associations",
    ),
    path(f"{BASE}/<str:kind>/<str:identifier>", case_object, name="case-object"),
]
