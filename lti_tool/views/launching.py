"""What a platform talks to: log-in, launch, and our keys."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lti_tool import launch_log, registration, toolkeys, visiting
from lti_tool.frames import may_frame, prefix_of
from lti_tool.launch import read_return_url
from lti_tool.login import LIFETIME, Login, initiation_url, state_cookie
from lti_tool.message import Message
from lti_tool.models import LaunchLog
from lti_tool.refusal import Refused
from lti_tool.sessions import open_session, set_cookie

#: Seconds for which a platform may keep our key set; a new key is published a day before.
KEYS_KEPT = 3600
LAUNCH_PATH = "/lti/launch"
#: A refusal before any platform is known has nothing on it to be tricked into.
ANYBODY = "*"


@csrf_exempt  # it comes from the platform's site and changes nothing
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """A launch begins: keep a state in this browser and send it to the platform."""
    now = timezone.now()
    given = request.POST if request.method == "POST" else request.GET
    try:
        begun = Login(given.dict()).begin(now=now)
    except Refused as refused:
        may_frame(request, ANYBODY)
        return _refusal(request, refused, launch_log.refused_login(refused, now=now))
    response = HttpResponse(status=302, headers={"Location": begun.url})
    response.headers["Cache-Control"] = "no-store"
    seconds = int(LIFETIME.total_seconds())
    set_cookie(response, begun.cookie, begun.secret, path=LAUNCH_PATH, seconds=seconds)
    return response


@csrf_exempt  # the state is what shows that this browser began it
@require_POST
def launch(request: HttpRequest) -> HttpResponse:
    """The platform's answer: a visit and its session, or a page that says why not."""
    now = timezone.now()
    message = Message(request.POST.dict(), request.COOKIES, now=now)
    try:
        launched, deployment = message.validate().accepted()
        visit = visiting.open_visit(launched, deployment=deployment, now=now)
    except Refused as refused:
        origins = registration.origins(message.state.registration) if message.state else (ANYBODY,)
        may_frame(request, *origins)
        row = launch_log.refused_launch(refused, message, now=now)
        return _refusal(request, refused, row, message)
    launch_log.launched(message, visit, now=now)
    response = HttpResponseRedirect(f"{prefix_of(visit.uuid)}/")
    response.headers["Cache-Control"] = "no-store"
    open_session(response, visit, now=now)
    # used up: it would only pile up beside those of other tabs
    set_cookie(response, state_cookie(request.POST["state"]), "", path=LAUNCH_PATH, seconds=0)
    return response


@require_safe
def jwks(request: HttpRequest) -> HttpResponse:
    """Our public keys: the one that signs, the one that will, and those that did lately."""
    response = JsonResponse(toolkeys.published(now=timezone.now()))
    response.headers["Cache-Control"] = f"public, max-age={KEYS_KEPT}"
    return response


def _refusal(
    request: HttpRequest, refused: Refused, row: LaunchLog, message: Message | None = None
) -> HttpResponse:
    """The code and a sentence; a new tab where that helps, a way back where there is one."""
    state = message.state if message else None
    context = {
        "refused": refused,
        "reference": row.uuid if row.pk else None,
        "at": row.at,
        "new_tab_url": initiation_url(state.initiation)
        if state and refused.code == "LTI-202"
        else "",
        "return_url": _way_back(message, refused) if message else "",
    }
    status = 403 if refused.code in {"LTI-501", "LTI-502"} else 400
    response = render(request, "lti_tool/refusal.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _way_back(message: Message, refused: Refused) -> str:
    """The platform's return address with our message (core, 5.4.3), from verified claims only."""
    address = read_return_url(message.claims)
    if not address:
        return ""
    parts = urlsplit(address)
    told = {"lti_errormsg": refused.sentence, "lti_errorlog": f"{refused.code}: {refused.cause}"}
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *told.items()])
    return urlunsplit(parts._replace(query=query))
