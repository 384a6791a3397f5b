"""The OAuth 2 token endpoint for the tool's server (security 1.0, 4.1), and who holds a token."""

from __future__ import annotations

import hashlib

from lti_tool.practice_lms.lms import Lms, first_seen, opaque
from lti_tool.practice_lms.messages import SCOPES
from lti_tool.practice_lms.tool_keys import LONGEST_LIFE, Unbelievable
from lti_tool.practice_lms.web import Refusal, Request, Response, data

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
TOKEN_SECONDS = 3600


def grant(lms: Lms, request: Request) -> Response:
    """A bearer token for the scopes asked for, against an assertion that the tool signed."""
    asked = request.form()
    if asked.get("grant_type") != "client_credentials":
        raise Refusal(400, "unsupported_grant_type", "grant_type must be client_credentials.")
    if asked.get("client_assertion_type") != ASSERTION:
        raise Refusal(400, "invalid_request", f"client_assertion_type must be {ASSERTION}.")
    _believe(lms, asked.get("client_assertion", ""))
    wanted = asked.get("scope", "").split()
    if not wanted or not set(wanted) <= set(SCOPES):
        raise Refusal(400, "invalid_scope", "Ask for scopes that this platform has.")
    token = opaque()
    with lms.storage.change() as rows:
        rows.execute("DELETE FROM token WHERE expires < ?", (lms.now(),))
        rows.execute(
            "INSERT INTO token VALUES (?, ?, ?)",
            (_digest(token), " ".join(wanted), lms.now() + TOKEN_SECONDS),
        )
    return data(
        {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": TOKEN_SECONDS,
            "scope": " ".join(wanted),
        },
        headers=(("Cache-Control", "no-store"), ("Pragma", "no-cache")),
    )


def demand_scope(lms: Lms, request: Request, *scopes: str) -> None:
    """Refusal unless the request bears a living token for one of those scopes (RFC 6750)."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    with lms.storage.open() as rows:
        held = rows.execute(
            "SELECT scopes FROM token WHERE digest = ? AND expires > ?",
            (_digest(token.strip()), lms.now()),
        ).fetchone()
    if scheme.lower() != "bearer" or held is None:
        raise Refusal(401, "invalid_token", "Bear an access token that is still good.")
    if not set(scopes) & set(held["scopes"].split()):
        raise Refusal(403, "insufficient_scope", f"This needs the scope {' or '.join(scopes)}.")


def _believe(lms: Lms, assertion: str) -> None:
    known = lms.facts
    try:
        claims = lms.tool_keys.claims(
            assertion, audience=(known.token_url, known.issuer), issuer=known.client_id
        )
    except Unbelievable as fault:
        raise Refusal(401, "invalid_client", f"The assertion is refused: {fault}.") from None
    if claims.get("sub") != known.client_id:
        raise Refusal(401, "invalid_client", "sub of the assertion must be the client_id.")
    jti = claims.get("jti")
    if not isinstance(jti, str) or not jti:
        raise Refusal(401, "invalid_client", "The assertion has no jti.")
    with lms.storage.change() as rows:
        expires = lms.now() + LONGEST_LIFE
        if not first_seen(rows, f"jti {jti}", expires=expires, now=lms.now()):
            raise Refusal(401, "invalid_client", "An assertion with that jti was used before.")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
