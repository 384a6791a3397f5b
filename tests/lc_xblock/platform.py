"""A platform of our own: runs a block in memory, in a course, for one person."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from webob import Request, Response
from xblock.field_data import DictFieldData
from xblock.fields import ScopeIds
from xblock.reference.user_service import UserService, XBlockUser
from xblock.runtime import MemoryIdManager, NullI18nService, Runtime

from lc_xblock.module_block import ModuleBlock

COURSE = "course-v1:Lakeshore+Leading+2031"


class Usage(str):
    """A usage key: a string with a course, as the platform's own keys are."""

    context_key = COURSE


class Users(UserService):
    """Names the person in front of the block, as the platform's service does."""

    def __init__(self, user_id: int | None) -> None:
        super().__init__()
        self._user = XBlockUser(is_current_user=True)
        self._user.opt_attrs = {"edx-platform.user_id": user_id}

    def get_current_user(self) -> XBlockUser:
        return self._user


class Platform(Runtime):
    """Serves handlers below /handler/ and files below /resource/; publishes nothing."""

    def __init__(self, user_id: int | None) -> None:
        ids = MemoryIdManager()
        services = {
            "user": Users(user_id),
            "i18n": NullI18nService(),
            "field-data": DictFieldData({}),
        }
        super().__init__(ids, ids, services=services)

    def handler_url(
        self, block: Any, handler_name: str, suffix: str = "", query: str = "", thirdparty=False
    ) -> str:
        assert getattr(block, handler_name)._is_xblock_handler
        return f"/handler/{handler_name}/{suffix}"

    def local_resource_url(self, block: Any, uri: str) -> str:
        return f"/resource/{uri}"

    def resource_url(self, resource: str) -> str:
        raise AssertionError("a block asks for its own files only")

    def publish(self, block: Any, event_type: str, event_data: Any) -> None:
        raise AssertionError("the block publishes nothing")


class Unit:
    """The block in front of one person, and what that person's browser can ask of it."""

    def __init__(self, user_id: int | None, usage: str = "unit", competency: str = "I.1") -> None:
        scope_ids = ScopeIds(user_id, "lc_module", "definition", usage)
        self.block = ModuleBlock(scope_ids=scope_ids, runtime=Platform(user_id))
        self.block.competency = competency

    def html(self, view: str = "student_view") -> str:
        content: str = getattr(self.block, view)({}).content
        return content

    def get(self, handler: str, suffix: object = "", method: str = "GET") -> Response:
        return self._ask(handler, suffix, Request.blank("/", method=method))

    def send(self, handler: str, suffix: object = "", /, **document: object) -> Response:
        """What the script posts: JSON."""
        body = json.dumps(document, default=str).encode()
        request = Request.blank("/", method="POST", body=body, content_type="application/json")
        return self._ask(handler, suffix, request)

    def post(self, handler: str, suffix: object = "", /, **form: str) -> Response:
        """What a form posts."""
        body = urlencode(form).encode()
        kind = "application/x-www-form-urlencoded"
        return self._ask(
            handler, suffix, Request.blank("/", method="POST", body=body, content_type=kind)
        )

    def patch(self, upload: object, offset: int, chunk: bytes) -> Response:
        request = Request.blank("/", method="PATCH", body=chunk)
        request.headers["Upload-Offset"] = str(offset)
        return self._ask("upload", upload, request)

    def _ask(self, handler: str, suffix: object, request: Request) -> Response:
        return self.block.handle(handler, request, str(suffix))
