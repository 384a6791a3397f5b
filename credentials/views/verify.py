"""The verify page: a badge as file, text or link in, a dated report out, without signing in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from credentials.api import verification
from credentials.api.verification import QUESTIONS, asked_about, meaning, parts
from credentials.errors import Closed, Problem
from credentials.views.memory_upload import MemoryUpload
from credentials.views.negotiation import HTML, negotiated, preferred, wants_page
from credentials.views.throttle import seconds_to_wait

#: Beyond the file itself a form has its boundaries and a few short fields.
MAX_REQUEST = verification.MAX_BYTES + 512 * 1024
MAX_RECIPIENT = 320
MAX_URL = 2000

TOO_LARGE = "The file is larger than 10 MB. A badge never is; choose the badge itself."


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the form was sent with, as text, and what is wrong with it."""

    data: bytes = b""
    name: str = ""
    text: str = ""
    recipient: str = ""
    day: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def url(self) -> str:
        """The address that was pasted, if it was one."""
        return self.text if self.text.lower().startswith(("https://", "http://")) else ""

    @property
    def as_of(self) -> datetime | None:
        """The end of the day asked about, in UTC; None for today, which is now."""
        return asked_about(self.day, today=_today())


# The body is read by the inner view, once it is bounded; the token is checked there.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The form, or the report on a badge of ours that the link names, or on what was sent."""
    if request.method == "POST":
        if int(request.headers.get("Content-Length") or 0) > MAX_REQUEST:
            return _form(request, Asked(problems=(_problem("file", "too-large", TOO_LARGE),)), 413)
        upload = MemoryUpload(request, max_bytes=verification.MAX_BYTES)
        request.upload_handlers = [upload]
        return negotiated(_checked(request, upload))
    return negotiated(_linked(request))


@csrf_protect
def _checked(request: HttpRequest, upload: MemoryUpload) -> HttpResponse:
    if seconds := seconds_to_wait(request):
        often = f"Too many badges from your address in one minute. Go on in {seconds} seconds."
        return _form(request, Asked(problems=(_problem("file", "too-often", often),)), 429)
    asked = _asked(request, upload)
    if asked.problems:
        return _form(request, asked, 413 if upload.too_large else 422)
    try:
        if asked.data:
            found = verification.verify_bytes(
                data=asked.data, source=asked.name, as_of=asked.as_of, recipient=asked.recipient
            )
        elif asked.url:
            found = verification.verify_url(
                url=asked.url, as_of=asked.as_of, recipient=asked.recipient
            )
        else:
            found = verification.verify_bytes(
                data=asked.text.encode(),
                source="the text you pasted",
                as_of=asked.as_of,
                recipient=asked.recipient,
            )
    except Closed as error:
        return _form(request, _with(asked, _problem("file", "busy", error.message)), 503)
    accepted = request.headers.get("Accept", "")
    if preferred(accepted, [HTML, "application/json"]) != HTML:
        return JsonResponse(found.to_json(), json_dumps_params={"ensure_ascii": False})
    return _report(request, found, asked)


def _linked(request: HttpRequest) -> HttpResponse:
    """What `?badge=` names, if it is ours; another address only fills the form.

    A link must not make this installation fetch something: that takes a person's POST.
    """
    named = request.GET.get("badge", "")[:MAX_URL]
    asked = Asked(text=named if named.startswith(("https://", "http://")) else "")
    day = request.GET.get("as_of", "")
    if problem := _day_problem(day):
        return _form(request, _with(asked, problem), 422)
    asked = Asked(text=asked.text, day=day)
    uuid = _uuid(named)
    found = None
    if uuid is not None:
        found = verification.verify_own(badge=uuid, as_of=asked.as_of)
    elif asked.url and verification.is_own(asked.url):
        found = verification.verify_url(url=asked.url, as_of=asked.as_of)
    if found is None:
        if named and not asked.url:
            unknown = "There is no badge of that number here. Hand in the badge itself."
            return _form(request, _with(asked, _problem("text", "unknown", unknown)), 404)
        return _form(request, asked)
    if not wants_page(request, ["application/json"]):
        return JsonResponse(found.to_json(), json_dumps_params={"ensure_ascii": False})
    return _report(request, found, asked)


def _asked(request: HttpRequest, upload: MemoryUpload) -> Asked:
    """Reads the form; everything wrong with it is told at once."""
    posted = request.POST
    file = request.FILES.get("file")
    data = file.read() if file is not None else b""
    asked = Asked(
        data=data,
        name=(file.name or "the file") if file is not None else "",
        text=posted.get("text", "").strip(),
        recipient=posted.get("recipient", "").strip(),
        day=posted.get("as_of", "").strip(),
    )
    problems = [problem] if (problem := _day_problem(asked.day)) else []
    if upload.too_large:
        problems.append(_problem("file", "too-large", TOO_LARGE))
    elif file is not None and asked.text:
        both = "You chose a file and pasted something. Hand in one badge at a time."
        problems.append(_problem("text", "both", both))
    elif file is not None and not data:
        problems.append(_problem("file", "empty", "The file is empty: choose the badge again."))
    elif file is None and not asked.text:
        none = "Choose the badge's file, or paste its text or its link."
        problems.append(_problem("file", "missing", none))
    if len(asked.url) > MAX_URL:
        problems.append(_problem("text", "too-long", "This link is too long to be a badge's."))
    if len(asked.recipient) > MAX_RECIPIENT:
        long = "This is too long for an e-mail address or an identifier. Give one of them alone."
        problems.append(_problem("recipient", "too-long", long))
    return _with(asked, *problems)


def _day_problem(text: str) -> Problem | None:
    try:
        asked_about(text, today=_today())
    except ValueError as error:
        return _problem("as_of", "no-day", str(error))
    return None


def _form(request: HttpRequest, asked: Asked, status: int = 200) -> HttpResponse:
    context = {
        "asked": asked,
        "problems": asked.problems,
        "problem": {problem.field: problem.message for problem in asked.problems},
        "today": _today().isoformat(),
    }
    return render(request, "lc_credentials/public/verify.html", context, status=status)


def _report(request: HttpRequest, found: verification.Verification, asked: Asked) -> HttpResponse:
    summary = found.report.summary
    context: dict[str, Any] = {
        "found": found,
        "checked": f"{found.checked_at.astimezone(UTC):%d %B %Y, %H:%M} UTC".lstrip("0"),
        "summary": summary,
        "meaning": meaning(found),
        "findings": [(QUESTIONS[f.question], f) for f in found.report.findings],
        "parts": parts(found.report),
        "levels": [result for result in summary.results if result.value] if summary else [],
        "past": asked.as_of,
        "recipient": asked.recipient,
    }
    return render(request, "lc_credentials/public/report.html", context)


def _with(asked: Asked, *problems: Problem) -> Asked:
    return replace(asked, problems=(*asked.problems, *problems))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _problem(field: str, code: str, message: str) -> Problem:
    return Problem(field=field, code=code, message=message)


def _today() -> date:
    return datetime.now(UTC).date()


urlpatterns = [path("lc/verify", verify, name="verify")]
