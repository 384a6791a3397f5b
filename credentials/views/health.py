"""/healthz: 200 while this installation can do its work, else 503; for monitors and balancers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from credentials.diagnosis import alive


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Each check with what was found; nothing here is secret or about a person."""
    checks = alive()
    well = all(check.ok for check in checks)
    document = {
        "ok": well,
        "checks": [{"name": c.name, "ok": c.ok, "says": c.says} for c in checks],
    }
    return JsonResponse(document, status=200 if well else 503)


urlpatterns = [path("healthz", healthz, name="healthz")]
