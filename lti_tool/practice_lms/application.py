"""The WSGI application: which address is answered by what."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from lti_tool.practice_lms import (
    deep_linking,
    grade_service,
    launching,
    pages,
    placement,
    roster_service,
    tokens,
)
from lti_tool.practice_lms.course import by_key
from lti_tool.practice_lms.facts import CONTEXT_ID, LOOPBACK, SITE_HOST
from lti_tool.practice_lms.layout import layout
from lti_tool.practice_lms.lms import Lms
from lti_tool.practice_lms.markup import el
from lti_tool.practice_lms.sitting import (
    demand_own_form,
    sit_down,
    somebody,
    stand_up,
    teacher,
    who,
)
from lti_tool.practice_lms.tool_page import tool_page
from lti_tool.practice_lms.web import Refusal, Request, Response, data, read, see

LOOK = Path(__file__).parent / "look"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
#: what a tool's server asks for: answered in JSON, written down
_SERVICES = ("/lti/token", "/lti/contexts/")

Answer = Callable[..., Response]


def _sign_in(lms: Lms, request: Request) -> Response:
    demand_own_form(lms, request)
    person = by_key(request.form().get("person", ""))
    if person is None:
        raise Refusal(400, "invalid_request", "Choose one of the people.")
    return see("/course", sit_down(lms, person))


def _sign_out(lms: Lms, request: Request) -> Response:
    demand_own_form(lms, request)
    return see("/", stand_up(lms, request))


def _remove(lms: Lms, request: Request, identifier: str) -> Response:
    demand_own_form(lms, request)
    teacher(lms, request)
    placement.remove(lms, identifier)
    return see("/course")


def _authorize(lms: Lms, request: Request) -> Response:
    return pages.handed_over(lms, *launching.authorize(lms, request))


def _picked(lms: Lms, request: Request) -> Response:
    person = somebody(lms, request)
    return pages.picked(lms, *deep_linking.take_answer(lms, person, request.form().get("JWT", "")))


def _jwks(lms: Lms, request: Request) -> Response:
    return data(lms.key.public_set(), headers=(("Cache-Control", "public, max-age=300"),))


def _look(lms: Lms, request: Request, name: str) -> Response:
    path = LOOK / name
    if not path.is_file():
        raise Refusal(404, "not_found", "There is no such page here.")
    kind = ("Content-Type", _TYPES[path.suffix])
    safe = (("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-cache"))
    return Response(body=path.read_bytes(), headers=(kind, *safe))


def _healthz(lms: Lms, request: Request) -> Response:
    return data({"status": "ok"})


_ITEMS = f"/lti/contexts/{re.escape(CONTEXT_ID)}/lineitems"
_ITEM = rf"{_ITEMS}/(?P<number>\d{{1,9}})/lineitem"
_ID = r"(?P<identifier>[\w-]{1,64})"
ROUTES: tuple[tuple[str, re.Pattern[str], Answer], ...] = tuple(
    (method, re.compile(pattern), answer)
    for method, pattern, answer in (
        ("GET", "/", pages.door),
        ("POST", "/sign-in", _sign_in),
        ("POST", "/sign-out", _sign_out),
        ("GET", "/course", pages.course_page),
        ("GET", "/add", pages.add),
        ("GET", f"/activities/{_ID}", pages.activity),
        ("POST", f"/activities/{_ID}/remove", _remove),
        ("GET", "/grades", pages.grades),
        ("GET", "/tool", tool_page),
        ("GET", "/begin", pages.begin),
        ("GET", f"/begin/{_ID}", pages.begin),
        ("GET", "/lti/authorize", _authorize),
        ("POST", "/lti/authorize", _authorize),
        ("POST", "/lti/deep-linking", _picked),
        ("GET", "/lti/jwks", _jwks),
        ("POST", "/lti/token", tokens.grant),
        ("GET", f"/lti/contexts/{re.escape(CONTEXT_ID)}/memberships", roster_service.list_members),
        ("GET", _ITEMS, grade_service.list_items),
        ("POST", _ITEMS, grade_service.make_item),
        ("GET", _ITEM, grade_service.get_item),
        ("PUT", _ITEM, grade_service.change_item),
        ("DELETE", _ITEM, grade_service.delete_item),
        ("POST", f"{_ITEM}/scores", grade_service.post_score),
        ("GET", f"{_ITEM}/results", grade_service.list_results),
        ("GET", r"/look/(?P<name>[\w-]{1,40}\.(?:css|js))", _look),
        ("GET", "/healthz", _healthz),
    )
)


class Application:
    """The platform as a WSGI callable."""

    def __init__(self, lms: Lms) -> None:
        self.lms = lms

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        try:
            response = self.answer(read(environ))
        except Refusal as refusal:
            response = data({"error": refusal.code}, status=refusal.status)
        start(response.status_line, list(response.headers))
        return [response.body]

    def answer(self, request: Request) -> Response:
        """The response to that request; what a service refuses is told in JSON, else on a page."""
        service = request.path.startswith(_SERVICES)
        try:
            self._demand_known_host(request)
            response, told = self._route(request), ""
        except Refusal as refusal:
            told = refusal.message
            response = _refused(refusal) if service else self._refused_page(request, refusal)
        if service:
            self._note(request, response, told)
        return response

    def _route(self, request: Request) -> Response:
        allowed = []
        for method, pattern, answer in ROUTES:
            if found := pattern.fullmatch(request.path):
                allowed.append(method)
                if method == request.method:
                    return answer(self.lms, request, **_arguments(found.groupdict()))
        if allowed:
            raise Refusal(405, "method_not_allowed", f"Use {' or '.join(allowed)} here.")
        raise Refusal(404, "not_found", "There is no such page here.")

    def _demand_known_host(self, request: Request) -> None:
        port = self.lms.facts.port
        # a stranger's name that resolves to this machine must not reach the practice pages
        if request.host not in {f"{SITE_HOST}:{port}", f"{LOOPBACK}:{port}"}:
            raise Refusal(421, "misdirected", "This server answers for the practice LMS only.")

    def _refused_page(self, request: Request, refusal: Refusal) -> Response:
        if refusal.code == "login_required" and request.method == "GET":
            return see("/")
        return layout(
            self.lms.facts,
            "That did not work",
            el("p", refusal.message, class_="notice", role="alert"),
            el("p", el("a", "Back to the course", href="/course", target="_top")),
            person=who(self.lms, request),
            status=refusal.status,
        )

    def _note(self, request: Request, response: Response, told: str) -> None:
        with self.lms.storage.change() as rows:
            rows.execute(
                "INSERT INTO heard (at, method, path, status, told) VALUES (?, ?, ?, ?, ?)",
                (self.lms.now(), request.method, request.path, response.status, told),
            )


def _refused(refusal: Refusal) -> Response:
    document = {"error": refusal.code, "error_description": refusal.message}
    headers: tuple[tuple[str, str], ...] = (("Cache-Control", "no-store"),)
    if refusal.status == 401:
        headers += (("WWW-Authenticate", f'Bearer error="{refusal.code}"'),)
    return data(document, status=refusal.status, headers=headers)


def _arguments(found: dict[str, str]) -> dict[str, Any]:
    return {name: int(value) if name == "number" else value for name, value in found.items()}
