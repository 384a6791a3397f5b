"""Making a program with its issuer and key; the identifiers made here never change."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit
from uuid import uuid4

from credentials.data import ProgramView
from credentials.domain import issuer_key
from credentials.models import Issuer, Program


def create_program(
    *, slug: str, name: str, legal_name: str, base_url: str, contact_email: str, now: datetime
) -> Program:
    """A program, its issuer under `base_url` and its first key; a second call returns the first's.

    The base URL is stored: a setting that changes later alters no identifier (decision 0001).
    """
    existing = Program.objects.filter(slug=slug).first()
    if existing:
        return existing
    program = Program.objects.create(
        slug=slug, name=name, legal_name=legal_name, contact_email=contact_email, created_at=now
    )
    identifier = uuid4()
    issuer = Issuer.objects.create(
        uuid=identifier,
        program=program,
        base_url=base_url,
        did=issuer_did(base_url, str(identifier)),
        name=legal_name,
        created_at=now,
    )
    issuer_key.rotate(issuer=issuer, now=now)
    return program


def issuer_did(base_url: str, identifier: str) -> str:
    """`did:web:<host>[%3Aport]:lc:issuers:<uuid>` (did:web method, section 3.1)."""
    authority = urlsplit(base_url).netloc.replace(":", "%3A")
    return f"did:web:{authority}:lc:issuers:{identifier}"


def view(program: Program) -> ProgramView:
    """The program's terms as a value."""
    return ProgramView(
        id=program.pk,
        uuid=program.uuid,
        name=program.name,
        legal_name=program.legal_name,
        contact_email=program.contact_email,
        turnaround_days=program.turnaround_days,
        revision_days=program.revision_days,
        reviews_required=program.reviews_required,
        claim_hours=program.claim_hours,
        time_zone=program.time_zone,
    )


def base_url_faults(base_url: str) -> tuple[str, ...]:
    """Why this installation must not start under `base_url`: issuers made under another one.

    Their identifiers stand in badges already, so the setting has to give way, not they.
    """
    others = Issuer.objects.exclude(base_url=base_url).values_list("base_url", flat=True)
    return tuple(
        f"LC_BASE_URL is {base_url}, but issuers here were made under {other}; their badges point "
        f"there for ever. Set LC_BASE_URL={other}, or start with an empty database."
        for other in sorted(set(others))
    )
