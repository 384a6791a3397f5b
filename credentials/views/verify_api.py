"""POST /lc/api/verify: a badge in, the report as JSON out; for programs of anybody.

No cookie is read and none is set, so there is nothing that another site's page could borrow: it
needs no token, and scripts of any site may call it (CORS). Nothing is stored and nothing logged.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from credentials.api import verification
from credentials.api.verification import Verification
from credentials.errors import Closed
from credentials.views.problem import Refused, problem
from credentials.views.throttle import seconds_to_wait
from credentials.views.verify_request import HandedIn, handed_in

ALLOWED = "POST, OPTIONS"
TOO_OFTEN = "Too many badges from your address in one minute. Go on in {seconds} seconds."
POST_ONLY = "Send the badge with POST; /lc/api/openapi.json describes how."


@csrf_exempt
@never_cache
def verify(request: HttpRequest) -> HttpResponse:
    """The report, with status 200 whatever the verdict is; a problem document for a refusal."""
    if request.method == "OPTIONS":
        response = HttpResponse(status=204, headers={"Allow": ALLOWED})
        response["Access-Control-Allow-Methods"] = "POST"
        response["Access-Control-Allow-Headers"] = "Content-Type"
        response["Access-Control-Max-Age"] = "86400"
    else:
        response = _answered(request)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _answered(request: HttpRequest) -> HttpResponse:
    try:
        if request.method != "POST":
            raise Refused("post-only", POST_ONLY, {"Allow": ALLOWED})
        if seconds := seconds_to_wait(request):
            told = TOO_OFTEN.format(seconds=seconds)
            raise Refused("too-often", told, {"Retry-After": str(seconds)})
        found = _verified(handed_in(request))
    except Refused as refused:
        return problem(refused)
    except Closed as error:
        return problem(Refused("busy", error.message, {"Retry-After": "60"}))
    return JsonResponse(found.to_json(), json_dumps_params={"ensure_ascii": False})


def _verified(handed: HandedIn) -> Verification:
    if handed.url:
        return verification.verify_url(
            url=handed.url, as_of=handed.as_of, recipient=handed.recipient
        )
    return verification.verify_bytes(
        data=handed.data, source=handed.source, as_of=handed.as_of, recipient=handed.recipient
    )


urlpatterns = [path("lc/api/verify", verify, name="api-verify")]
