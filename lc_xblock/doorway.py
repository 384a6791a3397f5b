"""The door: a platform's user becomes an Actor, in front of a block and on the plugin's pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from credentials import api
from credentials.data import Actor
from credentials.errors import NotAllowed
from credentials.views.belonging import CHOSEN_PROGRAM
from credentials.views.safety import Errors, SafetyHeaders
from credentials.views.shell import SiteLinks
from credentials.views.shell import shell as shell_of_the_house
from lc_xblock import compat
from lc_xblock.models import CourseProgram

GetResponse = Callable[[HttpRequest], HttpResponse]

#: Below these the pages are ours; everything else belongs to the platform and stays untouched.
OURS = ("/lc/", "/healthz", "/ims/case/")
#: Pages and changes that a block answers itself, by handlers of the same names.
HERE = frozenset(
    {
        "module",
        "module-page",
        "page-read",
        "self-assessment",
        "start-submission",
        "submission",
        "submission-save",
        "submission-choose",
        "submission-self-level",
        "submission-check",
        "submission-submit",
        "submission-withdraw",
        "submission-revise",
        "evidence-add",
        "evidence-change",
        "evidence-move",
        "evidence-remove",
        "pin-add",
        "pin-change",
        "pin-remove",
        "upload-begin",
        "upload",
        "upload-cancel",
    }
)


class BlockLinks:
    """Where things are for somebody in front of a block: its handlers, else the plugin's pages."""

    def __init__(self, block: Any) -> None:
        self._block = block
        self._site = SiteLinks()

    def to(self, name: str, **arguments: object) -> str:
        """A handler's address with the last argument as suffix, or the page `lc:<name>`."""
        elsewhere = arguments.get("code", self._block.competency) != self._block.competency
        if name not in HERE or elsewhere:
            return self._site.to(name, **arguments)
        suffix = [str(value) for key, value in arguments.items() if key != "code"]
        address: str = self._block.runtime.handler_url(
            self._block, name.replace("-", "_"), suffix="/".join(suffix)
        )
        return address


def learner_at(block: Any) -> Actor:
    """The person in front of the block as a learner of the course's program.

    Whoever is enrolled in the course becomes a learner of its program; no role of the platform
    gives another one, and a membership that was ended stays ended. Raises NotAllowed.
    """
    if compat.looks_as_another(block):
        raise NotAllowed("What a learner drafts is shown to that learner alone.")
    user = compat.user_of(block)
    if user is None:
        raise NotAllowed("Sign in to work on this module.")
    course = CourseProgram.of(compat.context_key_of(block))
    if course is None:
        raise NotAllowed(
            "This course does not belong to a program yet, so nothing can be handed in here. "
            "Tell the people who run the course."
        )
    if not compat.is_enrolled(user, block):
        raise NotAllowed("Enrol in this course to work on this module.")
    links = BlockLinks(block)
    actor = _learner(user, course.program_id, links)
    if actor is None:
        api.enrol(program=api.known_program(id=course.program_id), user=user, role="learner")
        actor = _learner(user, course.program_id, links)
    if actor is None:
        raise NotAllowed("Your membership of this program has ended. Ask the program about it.")
    return actor


def _learner(user: Any, program_id: int, links: BlockLinks) -> Actor | None:
    actor = api.actor_for(user=user, program_id=program_id, links=links)
    # without a membership there, `actor_for` answers for another program of the person
    return actor if actor and actor.program_id == program_id and actor.has("learner") else None


class Doorway:
    """Middleware: on our pages alone it sets `request.lc`, answers refusals, adds safety headers.

    A person who belongs to several programs acts in the one they chose last, else in the first
    they joined; reviewers and administrators come this way, too.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self._safe = SafetyHeaders(get_response)
        self._errors = Errors(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(OURS):
            return self.get_response(request)
        request.lc = None  # type: ignore[attr-defined]  # the contract between doors and views
        if request.user.is_authenticated:
            request.lc = api.actor_for(  # type: ignore[attr-defined]  # as above
                user=request.user,
                program_id=request.session.get(CHOSEN_PROGRAM),
                links=SiteLinks(),
            )
        return self._safe(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Refusals of the house become answers on our pages only."""
        if not request.path.startswith(OURS):
            return None
        return self._errors.process_exception(request, exception)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: what our pages need around their content, and nothing on others."""
    return shell_of_the_house(request) if request.path.startswith(OURS) else {}
