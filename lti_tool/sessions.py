"""One session for each visit, in a partitioned cookie of its own name and path.

No other page sends that cookie, so two tabs, or two people at one browser, cannot mix; and it is
kept where a browser blocks the cookies of other sites. The CSRF secret is in that session.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from http.cookies import Morsel
from importlib import import_module
from typing import Final
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.contrib.sessions.middleware import SessionMiddleware
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CSRF_SECRET_LENGTH, CSRF_SESSION_KEY, CsrfViewMiddleware
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.crypto import get_random_string

from lti_tool import visiting
from lti_tool.frames import prefix_of, visit_named
from lti_tool.models import Visit

# Python knows this attribute from 3.14 on; a browser that blocks other sites' cookies keeps
# partitioned ones (CHIPS).
Morsel._reserved.setdefault("partitioned", "Partitioned")  # type: ignore[attr-defined]  # not public
Morsel._flags.add("partitioned")  # type: ignore[attr-defined]  # as above

_VISIT: Final = "lti_visit"
#: Sessions that ran out, removed at each launch, so that they do not pile up.
SWEPT: Final = 20


def set_cookie(
    response: HttpResponse, name: str, value: str, *, path: str, seconds: int | None = None
) -> None:
    """A cookie that is kept inside another site's page, where browsers keep any at all.

    Without `seconds` it goes when the browser is closed; with none left it goes now.
    """
    response.set_cookie(
        name, value, max_age=seconds, path=path, secure=True, httponly=True, samesite="None"
    )
    response.cookies[name]["partitioned"] = True


def open_session(response: HttpResponse, visit: Visit, *, now: datetime) -> None:
    """A new session, bound to that visit; its cookie goes with the response.

    The cookie ends with the browser: the next person at a school's computer does not find it.
    """
    Session.objects.filter(
        pk__in=list(
            Session.objects.filter(expire_date__lt=now)
            .order_by("expire_date")
            .values_list("pk", flat=True)[:SWEPT]
        )
    ).delete()
    session = _store(None)
    session[_VISIT] = str(visit.uuid)
    session[CSRF_SESSION_KEY] = get_random_string(CSRF_SECRET_LENGTH)
    session.set_expiry(visit.expires_at)
    session.create()
    key = str(session.session_key)
    set_cookie(response, cookie_of(visit.uuid), key, path=prefix_of(visit.uuid))


def cookie_of(visit: UUID) -> str:
    """The name of that visit's session cookie."""
    return f"lc_visit_{visit.hex}"


class Sessions(SessionMiddleware):
    """The visit's session under its address, the site's own everywhere else."""

    def process_request(self, request: HttpRequest) -> None:
        named = visit_named(request)
        if named is None:
            return super().process_request(request)
        request.session = _store(request.COOKIES.get(cookie_of(named)))
        if request.session.get(_VISIT) != str(named):
            request.session = _store(None)
            return None
        request.lti_visit = visiting.lasting(named, now=timezone.now())  # type: ignore[attr-defined]
        return None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Keeps what was changed; the cookie was set when the visit began and stays as it is."""
        if visit_named(request) is None:
            return super().process_response(request, response)
        patch_vary_headers(response, ("Cookie",))
        changed = request.session.modified and request.session.get(_VISIT)
        if changed and response.status_code < 500:
            with suppress(UpdateError):  # the visit ended meanwhile: nothing is left to keep
                request.session.save()
        return response


class Csrf(CsrfViewMiddleware):
    """Django's own check; a visit's secret is in its session instead of another cookie."""

    def _get_secret(self, request: HttpRequest) -> str | None:
        if visit_named(request) is None:
            return super()._get_secret(request)  # type: ignore[misc,no-any-return]  # not in stubs
        secret: str | None = request.session.get(CSRF_SESSION_KEY)
        return secret

    def _set_csrf_cookie(self, request: HttpRequest, response: HttpResponse) -> None:
        if visit_named(request) is None:
            super()._set_csrf_cookie(request, response)  # type: ignore[misc]  # as above
            return
        request.session[CSRF_SESSION_KEY] = request.META["CSRF_COOKIE"]


def _store(key: str | None) -> SessionBase:
    engine = import_module(settings.SESSION_ENGINE)
    store: SessionBase = engine.SessionStore(key)
    return store
