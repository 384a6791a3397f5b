"""/lc/api/openapi.json: what the verification API takes and gives, for programs and for people."""

from __future__ import annotations

import json
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import conditional_page, require_safe

from credentials.api.openapi import document
from credentials.conf import conf
from credentials.views.problem import STATUSES
from credentials.views.public import JSON_TYPES, SELDOM, machine


@require_safe
@conditional_page
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI 3.1 document of this installation."""
    return machine(_written(conf().base_url), JSON_TYPES[0], keep=SELDOM)


@cache
def _written(base_url: str) -> bytes:
    made = document(base_url=base_url, problems=STATUSES)
    return json.dumps(made, ensure_ascii=False, indent=1).encode()


urlpatterns = [path("lc/api/openapi.json", openapi, name="api-openapi")]
