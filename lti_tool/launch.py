"""Claims of a verified launch become a Launch; no other file spells a claim URI.

Everything here happens after the signature was found good. Unknown claims are ignored (core,
5.2); known ones of a wrong form are refused with a code, never guessed at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from lti_tool.refusal import Refused

VERSION: Final = "1.3.0"
_LTI: Final = "https://purl.imsglobal.org/spec/lti/claim/"
_DL: Final = "https://purl.imsglobal.org/spec/lti-dl/claim/"

VERSION_CLAIM: Final = f"{_LTI}version"
MESSAGE_TYPE_CLAIM: Final = f"{_LTI}message_type"
DEPLOYMENT_ID_CLAIM: Final = f"{_LTI}deployment_id"
TARGET_LINK_URI_CLAIM: Final = f"{_LTI}target_link_uri"
RESOURCE_LINK_CLAIM: Final = f"{_LTI}resource_link"
CONTEXT_CLAIM: Final = f"{_LTI}context"
ROLES_CLAIM: Final = f"{_LTI}roles"
CUSTOM_CLAIM: Final = f"{_LTI}custom"
PRESENTATION_CLAIM: Final = f"{_LTI}launch_presentation"
PLATFORM_CLAIM: Final = f"{_LTI}tool_platform"
ENDPOINT_CLAIM: Final = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
ROSTER_CLAIM: Final = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
DEEP_LINKING_SETTINGS_CLAIM: Final = f"{_DL}deep_linking_settings"
# of our response to a deep linking request
CONTENT_ITEMS_CLAIM: Final = f"{_DL}content_items"
DATA_CLAIM: Final = f"{_DL}data"
MESSAGE_CLAIM: Final = f"{_DL}msg"

RESOURCE_REQUEST: Final = "LtiResourceLinkRequest"
DEEP_LINKING_REQUEST: Final = "LtiDeepLinkingRequest"
DEEP_LINKING_RESPONSE: Final = "LtiDeepLinkingResponse"

#: The custom parameter, and the query parameter of a target link, that name a module.
MODULE_PARAMETER: Final = "lc_module"
LONGEST_ID: Final = 255  # characters; core 3.1.3, 5.3.5, 5.4.1, OpenID Connect Core 2

Claims = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class GradeEndpoint:
    """The Assignment and Grade Services of this link: AGS 2.0, section 3.1."""

    scopes: tuple[str, ...]
    line_item: str = ""  #: the one line item of the link, if the platform made it
    line_items: str = ""


@dataclass(frozen=True, kw_only=True)
class DeepLinkingSettings:
    """What a platform accepts from the picker: Deep Linking 2.0, section 4.4.1."""

    return_url: str
    accept_types: tuple[str, ...]
    accept_targets: tuple[str, ...]
    accept_multiple: bool = False
    accept_line_item: bool = False
    auto_create: bool = False
    title: str = ""
    text: str = ""
    data: str | None = None  #: returned unchanged if it was sent, an empty one too


@dataclass(frozen=True, kw_only=True)
class Course:
    """The context of a launch; an empty id is a launch outside any course."""

    id: str = ""
    label: str = ""
    title: str = ""
    roster_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Launch:
    """A launch whose every part has been checked, as values."""

    message_type: str
    deployment_id: str
    target_link_uri: str
    subject: str
    roles: tuple[str, ...]
    name: str
    email: str
    course: Course
    resource_link_id: str  #: "" in a deep linking request
    resource_link_title: str
    competency: str  #: what the link names, "" for none; not checked against the catalogue
    return_url: str
    family: str
    grades: GradeEndpoint | None = None
    deep_linking: DeepLinkingSettings | None = None
    custom: Mapping[str, str] = field(default_factory=dict)


def read(claims: Claims) -> Launch:
    """The launch that these claims describe; raises Refused for anything missing or malformed."""
    version = _text(claims, VERSION_CLAIM)
    if not version:
        raise Refused("LTI-401", "the claim version is missing")
    if version != VERSION:
        raise Refused("LTI-402", f"the claim version is {version!r}, not {VERSION!r}")
    message_type = _text(claims, MESSAGE_TYPE_CLAIM)
    if not message_type:
        raise Refused("LTI-403", "the claim message_type is missing")
    if message_type not in (RESOURCE_REQUEST, DEEP_LINKING_REQUEST):
        raise Refused("LTI-404", f"the message type is {message_type!r}")
    deployment_id = _identifier(claims, DEPLOYMENT_ID_CLAIM, "deployment_id", "LTI-406")
    subject = _identifier(claims, "sub", "sub", "LTI-408")
    if claims.get(ROLES_CLAIM) is None:
        raise Refused("LTI-405", "the claim roles is missing; an empty list would do")
    target = _text(claims, TARGET_LINK_URI_CLAIM)
    link = _mapping(claims, RESOURCE_LINK_CLAIM)
    resource_link_id = ""
    if message_type == RESOURCE_REQUEST:
        resource_link_id = _identifier(link, "id", "resource_link.id", "LTI-407")
        if not target:
            raise Refused("LTI-409", "the claim target_link_uri is missing")
    custom = _mapping(claims, CUSTOM_CLAIM)
    parameters = {str(name): value for name, value in custom.items() if isinstance(value, str)}
    return Launch(
        message_type=message_type,
        deployment_id=deployment_id,
        target_link_uri=target,
        subject=subject,
        roles=_texts(claims, ROLES_CLAIM),
        name=_name(claims),
        email=_text(claims, "email")[:254],
        course=_course(claims),
        resource_link_id=resource_link_id,
        resource_link_title=_text(link, "title")[:255],
        competency=_competency(parameters, target),
        return_url=_web_address(_mapping(claims, PRESENTATION_CLAIM), "return_url"),
        family=_text(_mapping(claims, PLATFORM_CLAIM), "product_family_code")[:60],
        grades=_grades(claims),
        deep_linking=_settings(claims) if message_type == DEEP_LINKING_REQUEST else None,
        custom=parameters,
    )


def read_return_url(claims: Claims) -> str:
    """Where a refused launch may send its reader back to, or nothing; never raises."""
    try:
        return _web_address(_mapping(claims, PRESENTATION_CLAIM), "return_url")
    except Refused:
        return ""


def excerpt(claims: Claims) -> dict[str, object]:
    """What the launch log keeps of a token: nothing about the person but their roles."""
    context, link = claims.get(CONTEXT_CLAIM), claims.get(RESOURCE_LINK_CLAIM)
    wanted = {
        "message_type": claims.get(MESSAGE_TYPE_CLAIM),
        "version": claims.get(VERSION_CLAIM),
        "iss": claims.get("iss"),
        "aud": claims.get("aud"),
        "azp": claims.get("azp"),
        "iat": claims.get("iat"),
        "exp": claims.get("exp"),
        "deployment_id": claims.get(DEPLOYMENT_ID_CLAIM),
        "context": context.get("id") if isinstance(context, dict) else None,
        "resource_link": link.get("id") if isinstance(link, dict) else None,
        "target_link_uri": claims.get(TARGET_LINK_URI_CLAIM),
        "roles": claims.get(ROLES_CLAIM),
        "has_sub": bool(claims.get("sub")),
    }
    return {name: short(value) for name, value in wanted.items() if value is not None}


def short(value: object, *, longest: int = 200) -> object:
    """Bounded, and only what a JSON or text column of every database takes."""
    if isinstance(value, bool | int | float):
        return value if abs(value) < 2**53 else str(value)[:40]
    if isinstance(value, list):
        return [short(item) for item in value[:20]]
    clean = str(value).replace("\x00", " ").encode("utf-8", "replace").decode()
    return clean[:longest]


def _competency(custom: Mapping[str, str], target: str) -> str:
    """A custom parameter decides; else the query of the target link (placed by hand)."""
    try:
        query = parse_qs(urlsplit(target).query)
    except ValueError:
        raise Refused("LTI-409", "the claim target_link_uri is no web address") from None
    named = custom.get(MODULE_PARAMETER) or (query.get(MODULE_PARAMETER) or [""])[0]
    return named.strip()[:20]


def _name(claims: Claims) -> str:
    whole = _text(claims, "name")
    if not whole:
        whole = f"{_text(claims, 'given_name')} {_text(claims, 'family_name')}"
    return " ".join(whole.split())[:150]


def _course(claims: Claims) -> Course:
    roster = _mapping(claims, ROSTER_CLAIM)
    if claims.get(CONTEXT_CLAIM) is None:
        return Course()
    context = _mapping(claims, CONTEXT_CLAIM)
    return Course(
        id=_identifier(context, "id", "context.id", "LTI-410"),
        label=_text(context, "label")[:255],
        title=_text(context, "title")[:255],
        roster_url=_web_address(roster, "context_memberships_url"),
    )


def _grades(claims: Claims) -> GradeEndpoint | None:
    if claims.get(ENDPOINT_CLAIM) is None:
        return None
    endpoint = _mapping(claims, ENDPOINT_CLAIM)
    return GradeEndpoint(
        scopes=_texts(endpoint, "scope"),
        line_item=_web_address(endpoint, "lineitem"),
        line_items=_web_address(endpoint, "lineitems"),
    )


def _settings(claims: Claims) -> DeepLinkingSettings:
    if claims.get(DEEP_LINKING_SETTINGS_CLAIM) is None:
        raise Refused("LTI-411", "the claim deep_linking_settings is missing")
    given = _mapping(claims, DEEP_LINKING_SETTINGS_CLAIM)
    return_url = _web_address(given, "deep_link_return_url")
    if not return_url:
        raise Refused("LTI-411", "deep_link_return_url is missing")
    types = _texts(given, "accept_types")
    if not types:
        raise Refused("LTI-411", "accept_types is missing or empty")
    data = given.get("data")
    return DeepLinkingSettings(
        return_url=return_url,
        accept_types=types,
        accept_targets=_texts(given, "accept_presentation_document_targets"),
        accept_multiple=_flag(given, "accept_multiple"),
        accept_line_item=_flag(given, "accept_lineitem"),
        auto_create=_flag(given, "auto_create"),
        title=_text(given, "title")[:255],
        text=_text(given, "text"),
        data=None if data is None else _text(given, "data"),
    )


# --- the forms that a claim may have --------------------------------------------------------------


def _malformed(name: str, wanted: str) -> Refused:
    return Refused("LTI-410", f"the claim {name} must be {wanted}")


def _text(of: Claims, name: str) -> str:
    value = of.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _malformed(name, "a string")
    if "\x00" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
        raise _malformed(name, "text that can be stored")
    return value


def _identifier(of: Claims, name: str, told: str, code: str) -> str:
    """Never trimmed or folded: these are compared exactly (decision 0001)."""
    value = _text(of, name)
    if not value:
        raise Refused(code, f"the claim {told} is missing or empty")
    if len(value) > LONGEST_ID:
        raise _malformed(told, f"at most {LONGEST_ID} characters long")
    return value


def _texts(of: Claims, name: str) -> tuple[str, ...]:
    value = of.get(name)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _malformed(name, "a list of strings")
    return tuple(_text({name: item}, name) for item in value)


def _mapping(of: Claims, name: str) -> Mapping[str, Any]:
    value = of.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _malformed(name, "an object")
    return value


def _flag(of: Claims, name: str) -> bool:
    """Some platforms write their booleans as strings."""
    value = of.get(name)
    if isinstance(value, str) and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    if value is not None and not isinstance(value, bool):
        raise _malformed(name, "true or false")
    return bool(value)


def _web_address(of: Claims, name: str) -> str:
    """An http(s) address or nothing: these become links, form actions and requests."""
    value = _text(of, name)
    try:
        parts = urlsplit(value)
    except ValueError:
        raise _malformed(name, "a web address") from None
    if value and (parts.scheme not in {"http", "https"} or not parts.netloc):
        raise _malformed(name, "a web address")
    return value
