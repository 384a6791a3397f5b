"""What the door adds to the page around everything, and what a page in a frame leaves out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from credentials.data import Actor
from lti_tool.frames import visit_of

#: Loaded by pages of a visit: links that open a tab get a ticket first.
SCRIPT = "lti_tool/frame.js"


def menu(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `door_menu` (title, address), `door_script`, `new_tab_url`.

    A visit has no account and no sign-out of its own: the course system signs people in. It comes
    after `credentials.views.shell.shell`, whose values it replaces.
    """
    if visit_of(request) is not None:
        return {
            "account_url": "",
            "sign_out_url": "",
            "practice": False,
            "door_script": SCRIPT,
            "new_tab_url": reverse("lti-new-tab"),
        }
    actor = getattr(request, "lc", None)
    if isinstance(actor, Actor) and actor.has("administrator"):
        pages = (("Launches from courses", "lti-log"), ("Scores in gradebooks", "lti-scores"))
        return {"door_menu": tuple((title, reverse(name)) for title, name in pages)}
    return {}
