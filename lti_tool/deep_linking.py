"""Deep Linking 2.0: what can be placed in a course, and the signed answer that places it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from course_content.catalog import Catalog, Module
from lti_tool import grades, launch, toolkeys
from lti_tool.launch import DeepLinkingSettings
from lti_tool.models import Registration, Visit
from lti_tool.registration import origin_of, tool_addresses

LINK: Final = "ltiResourceLink"
#: Stands for the learner's own path, which belongs to no module and has no score.
PATH: Final = "path"
LIFE: Final = timedelta(minutes=5)
#: Dated back a little: clocks differ, and a platform may refuse what comes from its future.
_BACK: Final = timedelta(seconds=10)
# goes into a header that decides where a form may be sent
_PLAIN_ORIGIN: Final = re.compile(
    r"https?://[a-z0-9.\-]+(?::\d{1,5})?|https?://\[[0-9a-f:]+\](?::\d{1,5})?"
)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One thing that can be placed; `value` is the competency code, or PATH."""

    value: str
    title: str
    text: str
    module: Module | None = None


def settings_of(visit: Visit) -> DeepLinkingSettings:
    """What the platform accepts, as it said when it opened the picker."""
    return DeepLinkingSettings(**visit.deep_linking)


def takes_links(settings: DeepLinkingSettings) -> bool:
    """Whether anything of ours can be placed there at all (Deep Linking 2.0, 4.4.1)."""
    return LINK in settings.accept_types


def choices(catalog: Catalog) -> tuple[Choice, ...]:
    """Every module there is, in the framework's order, and the learner's path."""
    found = [
        Choice(
            value=competency.code,
            title=f"{competency.code} {catalog.modules[competency.code].title}",
            text=catalog.modules[competency.code].tagline,
            module=catalog.modules[competency.code],
        )
        for domain in catalog.framework.domains
        for competency in domain.competencies
        if competency.code in catalog.modules
    ]
    path = Choice(
        value=PATH,
        title="Learner-centered leadership",
        text="Every module and what you have reached in it.",
    )
    return (*found, path)


def response(
    visit: Visit,
    picked: Iterable[Choice],
    *,
    with_columns: bool,
    now: datetime,
) -> str:
    """The signed LtiDeepLinkingResponse (Deep Linking 2.0, 4.5); nothing picked is an answer too.

    `data` goes back as it came, an empty one too; line items only where the platform takes them.
    """
    settings, registration = settings_of(visit), visit.registration
    items = [
        _content_item(choice, settings, with_columns=with_columns and settings.accept_line_item)
        for choice in picked
    ]
    claims: dict[str, Any] = {
        **_security(registration, now=now),
        launch.MESSAGE_TYPE_CLAIM: launch.DEEP_LINKING_RESPONSE,
        launch.VERSION_CLAIM: launch.VERSION,
        launch.DEPLOYMENT_ID_CLAIM: visit.deployment.deployment_id,
        launch.CONTENT_ITEMS_CLAIM: items,
    }
    if settings.data is not None:
        claims[launch.DATA_CLAIM] = settings.data
    if items:
        claims[launch.MESSAGE_CLAIM] = "Added: " + ", ".join(item["title"] for item in items)
    return toolkeys.sign(claims)


def form_origin(settings: DeepLinkingSettings) -> str:
    """Where the answer is posted to, as a source of a content security policy; "" if it is none."""
    origin = origin_of(settings.return_url)
    return origin if _PLAIN_ORIGIN.fullmatch(origin) else ""


def _security(registration: Registration, *, now: datetime) -> dict[str, Any]:
    """The claims of every message of a tool (security framework 1.0, 5.2.1)."""
    return {
        "iss": registration.client_id,
        "aud": registration.issuer,
        "iat": int((now - _BACK).timestamp()),
        "exp": int((now + LIFE).timestamp()),
        "nonce": secrets.token_urlsafe(24),
    }


def _content_item(
    choice: Choice, settings: DeepLinkingSettings, *, with_columns: bool
) -> dict[str, Any]:
    """One link (Deep Linking 2.0, 3.1); the custom parameter names the module at every launch."""
    addresses = tool_addresses()
    item: dict[str, Any] = {
        "type": LINK,
        "title": choice.title,
        "text": choice.text,
        "url": addresses.launch,
    }
    if choice.module is not None:
        item["custom"] = {addresses.module_parameter: choice.value}
        if with_columns:
            item["lineItem"] = grades.line_item_document(
                label=choice.title, competency=choice.value
            )
    targets = settings.accept_targets
    if "window" in targets and "iframe" not in targets:
        item["window"] = {"targetName": "_blank"}
    return item
