"""Evidence from an origin of its own, so that a hostile file shares nothing with our pages.

Where LC_EVIDENCE_ORIGIN is set, the site checks who asks as always and then sends the browser to
the same path there with a ticket. That host has no cookies; it answers nothing but evidence, asks
again whether the person may see it, and takes a ticket only for the path it was made for.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.contrib.auth import get_user_model
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from credentials import api
from credentials.conf import conf
from credentials.errors import NotFound
from credentials.views.shell import SiteLinks, actor_of

#: A ticket's life in seconds: long enough to watch a film, too short to be passed around.
LIFE = 30 * 60
_SALT = "lc.evidence"

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]
GetResponse = Callable[[HttpRequest], HttpResponse]


def from_own_origin(view: View[Rest]) -> View[Rest]:
    """Answers on the evidence host to a ticket; elsewhere checks who asks, then redirects there.

    The view's argument `file` is the file's UUID.
    """

    @wraps(view)
    def answer(
        request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponseBase:
        origin = conf().evidence_origin
        if not origin:
            return view(request, *args, **kwargs)
        if _is_evidence_host(request, origin):
            _let_in(request)
            response = view(request, *args, **kwargs)
            # our pages are of another origin of the same site, or of another site altogether
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            return response
        api.demand_may_open(actor_of(request), file=UUID(str(kwargs["file"])))
        # the path inside the door: a door's prefix means nothing on the evidence host
        path = request.path_info
        return HttpResponseRedirect(f"{origin}{path}?{urlencode({'t': _ticket(request)})}")

    return answer


class EvidenceHost:
    """On the evidence host everything but evidence is not there; first of the middleware."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        origin = conf().evidence_origin
        if (
            origin
            and _is_evidence_host(request, origin)
            and not request.path.startswith("/lc/files/")
        ):
            return HttpResponse("Not here.", status=404, content_type="text/plain")
        return self.get_response(request)


def _is_evidence_host(request: HttpRequest, origin: str) -> bool:
    return request.get_host() == urlsplit(origin).netloc


def _ticket(request: HttpRequest) -> str:
    actor = actor_of(request)
    told = {"user": actor.user_id, "program": actor.program_id, "path": request.path_info}
    return signing.dumps(told, salt=_SALT)


def _let_in(request: HttpRequest) -> None:
    try:
        told = signing.loads(request.GET.get("t", ""), salt=_SALT, max_age=LIFE)
    except signing.BadSignature:
        raise NotFound("This address has expired: open the file from its page again.") from None
    if told["path"] != request.path_info:
        raise NotFound("There is no such file.")
    user = get_user_model()._default_manager.filter(pk=told["user"], is_active=True).first()
    if user is None:
        raise NotFound("There is no such file.")
    request.lc = api.actor_for(  # type: ignore[attr-defined]  # this host's door is the ticket
        user=user, program_id=told["program"], links=SiteLinks()
    )
