"""The answer of a platform to a log-in: state, signature, audience, times, nonce, then claims.

Nothing in a token is believed before its signature was found good under the key set of the
registration that the browser's own log-in named.
"""

from __future__ import annotations

import hmac
import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import jwt
from jwt.types import Options
from pylti1p3.message_launch import MessageLaunch

from lti_tool import keysets, launch, registration
from lti_tool.digest import digest
from lti_tool.login import GivenRequest, NonceKeeper, Rows, StateKeeper, state_cookie
from lti_tool.models import Deployment, LaunchState, Registration
from lti_tool.refusal import Refused

ALGORITHMS: Final = frozenset({"RS256", "RS384", "RS512"})
#: Clocks differ; some platforms' tokens live for a minute only (security framework, 5.1.3, 7).
LEEWAY: Final = timedelta(seconds=30)
#: A token is made for this log-in, so it cannot be older than people take to sign in.
OLDEST: Final = timedelta(hours=1)
#: What the claims must say is checked against our own clock, each with a code of its own.
SIGNATURE_ONLY: Final[Options] = {
    "verify_aud": False,
    "verify_exp": False,
    "verify_iat": False,
    "verify_iss": False,
    "verify_jti": False,
    "verify_nbf": False,
    "verify_sub": False,
}
DEEPEST: Final = 20
LONGEST_TOKEN: Final = 100_000  # characters


class Message(MessageLaunch[GivenRequest, Rows, NonceKeeper, StateKeeper]):
    """One launch, from form post to Launch; good for one use of `validate`."""

    def __init__(
        self, given: Mapping[str, str], cookies: Mapping[str, str], *, now: datetime
    ) -> None:
        request = GivenRequest(given)
        super().__init__(
            request,
            Rows(),
            session_service=NonceKeeper(request),
            cookie_service=StateKeeper(),
        )
        self._cookies = cookies
        self._now = now
        self.state: LaunchState | None = None
        self.header: Mapping[str, Any] = {}
        #: Verified claims, once the signature was found good; empty before.
        self.claims: Mapping[str, Any] = {}
        self.launch: launch.Launch | None = None
        self.deployment: Deployment | None = None

    @property
    def registration(self) -> Registration:
        """The platform that the browser's log-in named; raises Refused LTI-201 before there is."""
        return self._begun().registration

    def validate(self) -> Message:
        """Everything in its order; raises Refused with the first thing that is wrong."""
        self._validated = True
        self.validate_state()
        self.validate_jwt_format()
        self.validate_jwt_signature()
        self.validate_registration()
        self.validate_times()
        self.validate_nonce()
        self.validate_message()
        self.validate_deployment()
        return self

    def accepted(self) -> tuple[launch.Launch, Deployment]:
        """What was launched and where; raises Refused LTI-201 before `validate` went through."""
        if self.launch is None or self.deployment is None:
            raise Refused("LTI-201", "nothing was validated")
        return self.launch, self.deployment

    def validate_state(self) -> Message:
        """The state is ours, of this browser, not old, and used by this launch alone.

        The browser's cookie is looked at before the state is used up: nobody else can spend it.
        """
        state = self._get_request_param("state")
        if not state:
            raise Refused("LTI-201", "no state was sent")
        row = (
            LaunchState.objects.select_related("registration")
            .filter(state_digest=digest(state))
            .first()
        )
        if row is None:
            raise Refused("LTI-203", "the state is not one of ours, or long over")
        self.state = row
        if row.used_at is not None:
            raise Refused("LTI-204", "the state was used before")
        secret = self._cookies.get(state_cookie(state), "")
        if not secret or not hmac.compare_digest(digest(secret), row.browser_digest):
            raise Refused("LTI-202", "the browser did not send the cookie of this log-in")
        unused = LaunchState.objects.filter(pk=row.pk, used_at=None)
        if not unused.update(used_at=self._now):
            raise Refused("LTI-204", "the state was used at the same moment")
        if row.expires_at <= self._now:
            raise Refused("LTI-203", f"the log-in began at {row.created_at.isoformat()}")
        if not row.registration.active:
            raise Refused("LTI-102", "the registration was switched off")
        if error := self._get_request_param("error"):
            told = self._get_request_param("error_description")
            raise Refused("LTI-205", f"the platform answered {error[:80]!r}: {told[:200]!r}")
        return self

    def validate_jwt_format(self) -> Message:
        """It is a JSON Web Token that names its key and an algorithm we take."""
        token = self._get_request_param("id_token")
        if not token or len(token) > LONGEST_TOKEN:
            raise Refused("LTI-301", "id_token is missing or too long")
        try:
            self.header = jwt.get_unverified_header(token)
        except (jwt.InvalidTokenError, ValueError, TypeError, RecursionError) as fault:
            raise Refused("LTI-301", f"id_token is no signed JSON Web Token: {fault}") from None
        if not isinstance(self.header.get("kid"), str) or not self.header["kid"]:
            raise Refused("LTI-302", "the header of id_token has no kid")
        if self.header.get("alg") not in ALGORITHMS:
            raise Refused("LTI-304", f"the algorithm is {str(self.header.get('alg'))[:40]!r}")
        return self

    def validate_jwt_signature(self) -> Message:
        """The platform's key of that id signed it."""
        key = keysets.key_for(url=self.registration.jwks_url, kid=self.header["kid"], now=self._now)
        try:
            self.claims = jwt.decode(
                self._get_request_param("id_token"),
                key,
                algorithms=[self.header["alg"]],
                options=SIGNATURE_ONLY,
            )
            if not _is_shallow(self.claims):
                self.claims = {}
                raise Refused("LTI-301", "the claims are nested too deeply")
        except jwt.InvalidSignatureError:
            raise Refused("LTI-304", "the signature is wrong") from None
        except (jwt.InvalidTokenError, ValueError, TypeError, RecursionError) as fault:
            raise Refused("LTI-301", f"id_token cannot be read: {fault}") from None
        return self

    def validate_registration(self) -> Message:
        """Issuer, audience and authorised party (security framework, 5.1.3, 2 to 5)."""
        issuer, client_id = self.registration.issuer, self.registration.client_id
        if self.claims.get("iss") != issuer:
            raise Refused("LTI-306", f"iss is {str(self.claims.get('iss'))[:200]!r}")
        audience = self.claims.get("aud")
        audiences = [audience] if isinstance(audience, str) else audience
        if not isinstance(audiences, list) or client_id not in audiences:
            raise Refused("LTI-307", f"aud is {str(audience)[:200]!r}, we are {client_id!r}")
        strangers = [
            one
            for one in audiences
            if one != client_id and one not in self.registration.trusted_audiences
        ]
        if strangers:
            raise Refused("LTI-307", f"aud names others too: {str(strangers)[:200]}")
        party = self.claims.get("azp")
        if party is None and len(audiences) > 1:
            raise Refused("LTI-308", "azp is missing beside several audiences")
        if party is not None and party != client_id:
            raise Refused("LTI-308", f"azp is {str(party)[:200]!r}, we are {client_id!r}")
        return self

    def validate_times(self) -> Message:
        """exp and iat are there and near enough (security framework, 5.1.3, 7 and 8)."""
        expires, issued = self._moment("exp"), self._moment("iat")
        if expires is None or issued is None:
            raise Refused("LTI-309", "exp and iat must both be there, as numbers")
        now, leeway = self._now.timestamp(), LEEWAY.total_seconds()
        if expires + leeway <= now:
            raise Refused("LTI-310", f"exp was {now - expires:.0f} seconds ago by our clock")
        if issued - leeway > now:
            raise Refused("LTI-311", f"iat is {issued - now:.0f} seconds ahead of our clock")
        if issued + OLDEST.total_seconds() < now:
            raise Refused("LTI-311", f"iat was {now - issued:.0f} seconds ago by our clock")
        if "nbf" in self.claims:
            begins = self._moment("nbf")
            if begins is None or begins - leeway > now:
                raise Refused("LTI-311", "nbf is not reached by our clock")
        return self

    def validate_nonce(self) -> Message:
        """The nonce of this log-in; the state that carried it is used up already."""
        nonce = self.claims.get("nonce")
        if not isinstance(nonce, str) or not nonce:
            raise Refused("LTI-312", "nonce is missing")
        if not hmac.compare_digest(digest(nonce), self._begun().nonce_digest):
            raise Refused("LTI-312", "nonce is not the one of this log-in")
        return self

    def validate_message(self) -> Message:
        """The claims describe a launch, and for the place that the log-in named (core, 5.3.4)."""
        read, named = launch.read(self.claims), self._begun().target_link_uri
        if read.target_link_uri and read.target_link_uri != named:
            raise Refused(
                "LTI-409",
                f"target_link_uri is {read.target_link_uri[:150]!r}, the log-in named "
                f"{named[:150]!r}",
            )
        self.launch = read
        return self

    def validate_deployment(self) -> Message:
        """The deployment belongs to a program."""
        deployment_id = (self.launch or launch.read(self.claims)).deployment_id
        self.deployment = registration.approved(
            self.registration, deployment_id=deployment_id, now=self._now
        )
        return self

    def _begun(self) -> LaunchState:
        if self.state is None:
            raise Refused("LTI-201", "no state was validated")
        return self.state

    def _get_request_param(self, key: str) -> str:
        return self._request.get_param(key)

    def _moment(self, name: str) -> float | None:
        """Seconds since 1970 (RFC 7519, section 2), or None for anything else."""
        value = self.claims.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        try:
            seconds = float(value)
        except OverflowError:
            return None
        return seconds if math.isfinite(seconds) else None


def _is_shallow(claims: Mapping[str, Any]) -> bool:
    """Whoever walks through the claims later cannot run out of stack."""
    rest: list[tuple[Any, int]] = [(claims, 0)]
    while rest:
        value, depth = rest.pop()
        if depth > DEEPEST:
            return False
        inside = value.values() if isinstance(value, dict) else value
        if isinstance(value, dict | list):
            rest.extend((item, depth + 1) for item in inside)
    return True
