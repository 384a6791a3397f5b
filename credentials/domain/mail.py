"""The few mails that the house sends: plain text, no score, no evidence, nobody else's name."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from credentials.conf import conf
from credentials.domain import invitation
from credentials.models import Invitation, Program

#: Mail robots do not answer these (RFC 3834 section 5).
HEADERS = {"Auto-Submitted": "auto-generated"}


def send_notice(*, to: str, program: Program, sentence: str) -> None:
    """What happened and a link to sign in; nothing for somebody without an address."""
    if not to:
        return
    context = {
        "program": program,
        "sentence": sentence,
        "link": f"{conf().base_url}/lc/notices",
    }
    _send(to, sentence, "notice", context)


def send_invitation(identifier: UUID, *, now: datetime) -> None:
    """The link that accepts it; nothing for one that is no longer open."""
    row = Invitation.objects.select_related("program").get(uuid=identifier)
    if invitation.state(row, now=now) is not invitation.State.OPEN:
        return
    token = invitation.token(row)
    if row.token_digest != invitation.digest(token):  # the master key is another one by now
        row.token_digest = invitation.digest(token)
        row.save(update_fields=["token_digest"])
    context = {
        "program": row.program,
        "role": row.role,
        "expires_at": row.expires_at,
        "link": f"{conf().base_url}/lc/invitations/{token}",
    }
    _send(row.email, f"Invitation to {row.program.name}", "invitation", context)


def _send(to: str, subject: str, template: str, context: dict[str, object]) -> None:
    body = render_to_string(f"lc_credentials/mail/{template}.txt", context).strip() + "\n"
    EmailMessage(subject=" ".join(subject.split()), body=body, to=[to], headers=HEADERS).send()
