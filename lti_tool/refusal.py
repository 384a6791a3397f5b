"""Why a log-in or a launch is refused: a code, a sentence for the learner, a cause for staff."""

from __future__ import annotations

from typing import Final

_AGAIN: Final = "Go back to your course and open the link once more."
_BROKEN: Final = (
    "Your course system sent something that cannot be accepted here. Nothing is wrong with your "
    "account. Show this page to the people who look after your course system."
)
_SETUP: Final = (
    "Your course system is not set up with us yet. Show this page to the people who look after it."
)

#: What a learner reads; staff read the cause in the launch log.
SENTENCES: Final[dict[str, str]] = {
    # the first request of a launch
    "LTI-101": _BROKEN,  # a parameter is missing
    "LTI-102": _SETUP,  # no such issuer and client id
    "LTI-103": _SETUP,  # several registrations of the issuer and no client id
    "LTI-104": _BROKEN,  # the target is not ours
    # the browser
    "LTI-201": f"This page needs a launch from your course. {_AGAIN}",
    "LTI-202": (
        "Your browser did not keep the cookie that belongs to this launch. Open it in a new tab; "
        "there the cookie is kept."
    ),
    "LTI-203": f"It took too long to get here. {_AGAIN}",
    "LTI-204": f"This launch was used already, perhaps by going back. {_AGAIN}",
    "LTI-205": f"Your course system did not sign you in. {_AGAIN}",
    # the token
    "LTI-301": _BROKEN,  # no JSON Web Token
    "LTI-302": _BROKEN,  # no key id
    "LTI-303": _BROKEN,  # unknown key
    "LTI-304": _BROKEN,  # wrong signature or algorithm
    "LTI-305": f"Your course system's keys cannot be reached at the moment. {_AGAIN}",
    "LTI-306": _BROKEN,  # issuer
    "LTI-307": _BROKEN,  # audience
    "LTI-308": _BROKEN,  # authorised party
    "LTI-309": _BROKEN,  # exp or iat missing
    "LTI-310": f"It took too long to get here. {_AGAIN}",
    "LTI-311": _BROKEN,  # issued in the future or long ago
    "LTI-312": _BROKEN,  # nonce
    # the message
    "LTI-401": _BROKEN,  # version missing
    "LTI-402": _BROKEN,  # version wrong
    "LTI-403": _BROKEN,  # message type missing
    "LTI-404": "Your course system asked for something that this tool does not do.",
    "LTI-405": _BROKEN,  # roles missing
    "LTI-406": _BROKEN,  # deployment missing
    "LTI-407": _BROKEN,  # resource link missing
    "LTI-408": _BROKEN,  # nobody
    "LTI-409": _BROKEN,  # target link
    "LTI-410": _BROKEN,  # a claim has a form that cannot be read
    "LTI-411": _BROKEN,  # deep linking settings
    # the place
    "LTI-501": _SETUP,  # the deployment has no program
    "LTI-502": "Your account here is switched off. Ask your program.",
}


class Refused(Exception):
    """This log-in or launch goes no further.

    `cause` is for staff and the log: it quotes what came, never a name or an address.
    """

    def __init__(self, code: str, cause: str) -> None:
        super().__init__(f"{code}: {cause}")
        self.code = code
        self.cause = cause

    @property
    def sentence(self) -> str:
        """What the learner reads."""
        return SENTENCES[self.code]
