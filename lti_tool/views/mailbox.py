"""The mails that a practice installation has sent, so that a newcomer can follow their links."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

#: Django's file backend puts this under each message.
RULE = b"-" * 79
SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One mail as its reader would see it; `parts` alternates words and links of this site."""

    to: str
    subject: str
    date: str
    parts: tuple[tuple[bool, str], ...]


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """The newest mails; outside practice mode this page does not exist."""
    if not settings.LC_PRACTICE:
        raise Http404
    mails = tuple(islice(sent_mails(Path(settings.EMAIL_FILE_PATH)), SHOWN))
    return render(request, "lti_tool/mailbox.html", {"mails": mails})


def sent_mails(folder: Path) -> list[Mail]:
    """What lies in the folder of Django's file backend, newest first."""
    files = sorted(folder.glob("*.log"), key=lambda path: (path.stat().st_mtime_ns, path.name))
    texts = [text for path in files for text in path.read_bytes().split(RULE + b"\n")]
    return [_mail(text) for text in reversed(texts) if text.strip()]


def _mail(text: bytes) -> Mail:
    message = message_from_bytes(text, _class=EmailMessage, policy=policy.default)
    body = message.get_body(("plain",))
    return Mail(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        date=str(message["Date"]),
        parts=tuple(_parts(str(body.get_content()) if body else "")),
    )


def _parts(body: str) -> list[tuple[bool, str]]:
    """The body cut at links to this installation; only these can be clicked."""
    parts = []
    for line in body.splitlines(keepends=True):
        address = line.strip()
        ours = address.startswith(f"{settings.LC_BASE_URL}/")
        parts.append((ours, address if ours else line))
    return parts
