"""The first request of a launch: who is asking, and where the browser is sent for the answer."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

import pylti1p3.registration
from django.conf import settings
from pylti1p3.cookie import CookieService
from pylti1p3.deployment import Deployment
from pylti1p3.oidc_login import OIDCLogin
from pylti1p3.redirect import Redirect
from pylti1p3.request import Request
from pylti1p3.session import SessionService
from pylti1p3.tool_config.abstract import ToolConfAbstract

from lti_tool import registration
from lti_tool.digest import digest
from lti_tool.models import LaunchState, Registration
from lti_tool.refusal import Refused

#: For the platform to answer; people type passwords in between.
LIFETIME: Final = timedelta(minutes=10)
#: A state stays a while after its end, so that a late answer is told what happened.
KEPT: Final = timedelta(hours=24)
#: What a platform sends (core, 4.1) and we need to begin again in a new tab.
PARAMETERS: Final = (
    "iss",
    "login_hint",
    "target_link_uri",
    "lti_message_hint",
    "lti_deployment_id",
    "client_id",
)
LONGEST_PARAMETER: Final = 8000


class GivenRequest(Request):
    """Parameters of a request, for PyLTI1p3."""

    def __init__(self, given: Mapping[str, str], *, secure: bool = True) -> None:
        self._given, self._secure = given, secure

    @property
    def session(self) -> dict[str, object]:
        """Nothing is kept in a session: state is a row."""
        return {}

    def is_secure(self) -> bool:
        """Whether it came over https."""
        return self._secure

    def get_param(self, key: str) -> str:
        """The parameter, or nothing."""
        return self._given.get(key, "")


class Address(Redirect[str]):
    """Where the browser goes; the view sends it there."""

    def __init__(self, url: str) -> None:
        self._url = url

    def do_redirect(self) -> str:
        """The address."""
        return self._url

    def do_js_redirect(self) -> str:
        """The address: no page of ours redirects by script."""
        return self._url

    def set_redirect_url(self, location: str) -> None:
        """Another address."""
        self._url = location

    def get_redirect_url(self) -> str:
        """The address."""
        return self._url


class Rows(ToolConfAbstract[GivenRequest]):
    """Where PyLTI1p3 finds a platform and its deployments: in our rows, by issuer and client."""

    def check_iss_has_one_client(self, iss: str) -> bool:
        """Never to be relied on: many institutions share an issuer."""
        return False

    def find_registration_by_issuer(
        self, iss: str, *args: object, **kwargs: object
    ) -> pylti1p3.registration.Registration:
        """The only one of that issuer; raises Refused."""
        return self.find_registration_by_params(iss, "")

    def find_registration_by_params(
        self, iss: str, client_id: str, *args: object, **kwargs: object
    ) -> pylti1p3.registration.Registration:
        """That client of the issuer; raises Refused."""
        return registration.for_library(
            registration.find(issuer=iss, client_id=client_id, deployment_id="")
        )

    def find_deployment(self, iss: str, deployment_id: str) -> Deployment | None:
        """That deployment of the issuer's only client."""
        return self.find_deployment_by_params(iss, deployment_id, "")

    def find_deployment_by_params(
        self, iss: str, deployment_id: str, client_id: str, *args: object, **kwargs: object
    ) -> Deployment | None:
        """That deployment, if it has a program."""
        row = registration.find(issuer=iss, client_id=client_id, deployment_id=deployment_id)
        found = row.deployments.filter(digest=digest(deployment_id), approved=True).first()
        if found is None:
            return None
        return Deployment().set_deployment_id(found.deployment_id)


class StateKeeper(CookieService):
    """Takes the state from the library; the cookie itself is set by the view, partitioned."""

    state = ""

    def get_cookie(self, name: str) -> str | None:
        """None: what the browser sends back is compared with a row."""
        return None

    def set_cookie(self, name: str, value: str | int, exp: int | None = 3600) -> None:
        """Remembers the state that the library made."""
        self.state = str(value)


class NonceKeeper(SessionService):
    """Takes the nonce from the library; nothing is kept in a session."""

    nonce = ""

    def save_nonce(self, nonce: str) -> None:
        """Remembers the nonce that the library sends."""
        self.nonce = nonce


@dataclass(frozen=True, kw_only=True)
class Begun:
    """Where to send the browser, and the secret it must bring back with the answer."""

    url: str
    cookie: str
    secret: str
    registration: Registration


class Login(OIDCLogin[GivenRequest, Rows, NonceKeeper, StateKeeper, str]):
    """Third-party initiated log-in (security framework, 5.1.1.1), GET and POST alike."""

    def __init__(self, given: Mapping[str, str]) -> None:
        request = GivenRequest(given)
        super().__init__(
            request,
            Rows(),
            session_service=NonceKeeper(request),
            cookie_service=StateKeeper(),
        )
        self._given = {name: given.get(name, "") for name in PARAMETERS}

    def begin(self, *, now: datetime) -> Begun:
        """Keeps a state for one launch in this browser; raises Refused LTI-101 to LTI-104."""
        row = self._find()
        self._row = row
        url = self.redirect(registration.tool_addresses().launch)
        state, secret = self._cookie_service.state, secrets.token_urlsafe(32)
        _sweep(now=now)
        LaunchState.objects.create(
            state_digest=digest(state),
            nonce_digest=digest(self._session_service.nonce),
            browser_digest=digest(secret),
            registration=row,
            target_link_uri=self._given["target_link_uri"],
            initiation={name: value for name, value in self._given.items() if value},
            created_at=now,
            expires_at=now + LIFETIME,
        )
        return Begun(url=url, cookie=state_cookie(state), secret=secret, registration=row)

    def validate_oidc_login(self) -> pylti1p3.registration.Registration:
        """The registration that `begin` has found, in the library's words."""
        return registration.for_library(self._row)

    def get_redirect(self, url: str) -> Address:
        """The platform's log-in with everything it needs to answer."""
        return Address(url)

    def _generate_nonce(self) -> str:
        return secrets.token_urlsafe(32)

    def _find(self) -> Registration:
        """Every parameter that we rely on is there, and the platform is one we know."""
        for name, value in self._given.items():
            if len(value) > LONGEST_PARAMETER or not value.isprintable():
                raise Refused("LTI-101", f"{name} is too long or holds control characters")
        for name in ("iss", "login_hint", "target_link_uri"):
            if not self._given[name]:
                raise Refused("LTI-101", f"{name} is missing")
        target = self._given["target_link_uri"]
        if not target.startswith(f"{settings.LC_BASE_URL}/"):
            raise Refused("LTI-104", f"target_link_uri is {target[:200]!r}, which is not ours")
        return registration.find(
            issuer=self._given["iss"],
            client_id=self._given["client_id"],
            deployment_id=self._given["lti_deployment_id"],
        )


def state_cookie(state: str) -> str:
    """The cookie of that state: each log-in has its own, so that two tabs do not end each other."""
    return f"lc_state_{digest(state)[:16]}"


def initiation_url(initiation: Mapping[str, str]) -> str:
    """The same log-in once more, for a new tab."""
    given = {name: initiation[name] for name in PARAMETERS if name in initiation}
    return f"{registration.tool_addresses().login}?{urlencode(given)}"


def _sweep(*, now: datetime) -> None:
    """A few states that nobody can use any more, at each log-in, so that they never pile up."""
    old = LaunchState.objects.filter(expires_at__lt=now - KEPT).order_by("expires_at")
    LaunchState.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:20])).delete()
