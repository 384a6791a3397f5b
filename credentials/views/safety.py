"""What every answer carries for safety, and the one place where refusals become answers."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from credentials.conf import conf
from credentials.data import Actor, Text
from credentials.errors import Closed, Conflict, Invalid, LCError, NotAllowed, NotFound
from credentials.views.shell import SignInNeeded, sign_in_url

#: Everything comes from this site and nothing is inline; the pages need no more than this.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def content_security_policy() -> str:
    """The policy of our pages: evidence may come from its own origin, where there is one."""
    origin = conf().evidence_origin
    if not origin:
        return CONTENT_SECURITY_POLICY
    policy = CONTENT_SECURITY_POLICY
    for kind in ("img-src", "media-src"):
        policy = policy.replace(f"{kind} 'self'", f"{kind} 'self' {origin}")
    return policy


GetResponse = Callable[[HttpRequest], HttpResponse]


class SafetyHeaders:
    """Puts the safety headers on every answer; a view that set its own stricter one keeps it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", content_security_policy())
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        if isinstance(getattr(request, "lc", None), Actor):
            # a school's shared computer must not show a colleague's page after the sign-out
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class Errors:
    """Turns the house's errors into answers: a page for people, JSON for the page's script."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer to one of our own errors; None leaves any other to Django."""
        if isinstance(exception, SignInNeeded):
            return _to_sign_in(request)
        if isinstance(exception, LCError):
            return answer_error(request, exception)
        return None


def wants_json(request: HttpRequest) -> bool:
    """Whether the page's script asks rather than a person who follows a link."""
    if request.content_type in {"application/json", "application/offset+octet-stream"}:
        return True
    accepted = request.headers.get("Accept", "")
    return "application/json" in accepted and "text/html" not in accepted


def answer_error(request: HttpRequest, error: LCError) -> HttpResponse:
    """404, 403, 409 or 422 with the error's own sentence; a 404 never says whether it exists."""
    status = status_of(error)
    if wants_json(request):
        return JsonResponse(error_document(error), status=status)
    problems = error.problems if isinstance(error, Invalid) else ()
    message = "" if isinstance(error, NotFound) else error.message
    return error_page(request, status, message, problems)


def error_page(
    request: HttpRequest, status: int, message: str = "", problems: object = ()
) -> HttpResponse:
    """The page for that status in plain words; `message` and `problems` say what is particular."""
    return render(
        request,
        f"lc_credentials/errors/{status}.html",
        {"message": message, "problems": problems, "back_url": _came_from(request)},
        status=status,
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400: the request cannot be read."""
    return error_page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403: Django's own refusal."""
    return error_page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404: no such address."""
    if wants_json(request):
        return JsonResponse({"error": "There is nothing at this address."}, status=404)
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: made without request, session or database, any of which may be what failed."""
    return HttpResponse(render_to_string("lc_credentials/errors/500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: the form is older than the sign-in, or cookies are off."""
    message = (
        "This form was opened before you signed in, or your browser did not send our cookie. "
        "Go back, reload the page and send it again; what you typed is still there."
    )
    if wants_json(request):
        return JsonResponse({"error": message}, status=403)
    return error_page(request, 403, message)


def _came_from(request: HttpRequest) -> str:
    """The page of this site that sent the request, or nothing; never an address elsewhere."""
    referer = request.headers.get("Referer", "")
    allowed = {request.get_host()}
    if not url_has_allowed_host_and_scheme(referer, allowed, require_https=request.is_secure()):
        return ""
    return referer.partition("#")[0]


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": "Sign in again, then go on."}, status=401)
    target = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
    query = f"?{urlencode({'next': target})}" if target else ""
    return redirect(f"{sign_in_url()}{query}")


def status_of(error: LCError) -> int:
    """The HTTP status of a refusal."""
    match error:
        case NotFound():
            return 404
        case NotAllowed():
            return 403
        case Conflict() | Closed():
            return 409
        case _:
            return 422


def error_document(error: LCError) -> dict[str, object]:
    """A refusal for the page's script (docs/look.md); dates in it are text."""
    document: dict[str, object] = {"error": error.message}
    if isinstance(error, Invalid):
        document["problems"] = [
            {"field": p.field, "code": p.code, "message": p.message} for p in error.problems
        ]
    if isinstance(error, Conflict) and isinstance(error.theirs, Text):
        document["conflict"] = True
        document["other"] = error.other
        document["theirs"] = {
            "text": error.theirs.text,
            "revision": error.theirs.revision,
            "saved_at": error.theirs.saved_at and error.theirs.saved_at.isoformat(),
            "device": error.theirs.device,
        }
    return document
