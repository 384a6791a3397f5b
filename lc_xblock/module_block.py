"""`lc_module`: one competency's module in a unit: read, draft, hand in, read the feedback.

The block holds which competency it shows and nothing about anybody: what a learner does is told to
`credentials.api`, and what is shown is the inside of the same pages that people see on the web.
A handler parses, calls and answers; the suffix of its address says which thing it is about.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone
from web_fragments.fragment import Fragment
from webob import Request, Response
from xblock.core import XBlock
from xblock.fields import Scope, String
from xblock.utils.studio_editable import StudioEditableXBlockMixin
from xblock.validation import ValidationMessage

from course_content.loading import load
from credentials import api
from credentials.data import Actor
from credentials.errors import LCError
from credentials.views import fragments, sent
from lc_xblock import unit
from lc_xblock.answers import (
    at,
    begins_upload,
    changes,
    continues_upload,
    identifier,
    piece_of,
    respond,
    shows,
)
from lc_xblock.doorway import learner_at
from lc_xblock.unit import TOKEN


def _modules() -> list[dict[str, str]]:
    catalog = load()
    titles = ((code, catalog.framework.competency(code).title) for code in catalog.modules)
    return [{"display_name": f"{code} {title}", "value": code} for code, title in titles]


@XBlock.needs("i18n", "user")
class ModuleBlock(StudioEditableXBlockMixin, XBlock):
    """A competency's module; everything in it is saved, reviewed and awarded by the house."""

    display_name = String(
        display_name="Title",
        help="What the unit is called in the course.",
        default="Competency module",
        scope=Scope.settings,
    )
    #: what the block says, the same in every run of the course and every copy from a library
    competency = String(
        display_name="Competency",
        help="Whose module is shown. What learners have handed in stays with its competency.",
        default="I.1",
        values=_modules,
        scope=Scope.content,
    )
    editable_fields = ("display_name", "competency")
    has_author_view = True

    # --- views ---------------------------------------------------------------------------------

    @XBlock.supports("multi_device")
    def student_view(self, context: object = None) -> Fragment:
        """The module with what the learner has done; without a learner, the module to read."""
        try:
            actor = learner_at(self)
            html = unit.shown(actor, fragments.module(actor, self.competency, TOKEN))
        except LCError as refused:
            html = unit.preview(self.competency, refused.message)
        return self._fragment(html)

    def public_view(self, context: object = None) -> Fragment:
        """The module to read, for somebody who is not signed in."""
        return self._fragment(unit.preview(self.competency, "Sign in to work on this module."))

    def author_view(self, context: object = None) -> Fragment:
        """The module to read, in Studio."""
        return self._fragment(
            unit.preview(self.competency, "A preview. Learners draft and hand in here.")
        )

    def validate_field_data(self, validation: Any, data: Any) -> None:
        """A competency has to have a module."""
        if data.competency not in load().modules:
            sentence = f"There is no module for {data.competency}."
            validation.add(ValidationMessage(ValidationMessage.ERROR, sentence))

    def index_dictionary(self) -> dict[str, object]:
        """What a search in Studio finds the block by; nothing in it is about a person."""
        document: dict[str, object] = super().index_dictionary()
        competency = load().framework.competency(self.competency)
        words = {"display_name": self.display_name, "competency": competency.title}
        return {**document, "content": words, "content_type": "Competency module"}

    # --- pages ---------------------------------------------------------------------------------

    @shows
    def module(self, request: Request, suffix: str) -> dict[str, object]:
        """The module."""
        actor = learner_at(self)
        return _show(actor, fragments.module(actor, self.competency, TOKEN))

    @shows
    def module_page(self, request: Request, suffix: str) -> dict[str, object]:
        """One learning page."""
        actor = learner_at(self)
        return _show(actor, fragments.module_page(actor, self.competency, suffix, TOKEN))

    @changes
    def page_read(self, request: Request, suffix: str) -> dict[str, object]:
        """The page was read: on to the next one."""
        actor = learner_at(self)
        api.mark_page_read(actor, competency=self.competency, page=suffix)
        return _show(actor, unit.after_page(actor, self.competency, suffix))

    @shows
    def self_assessment(self, request: Request, suffix: str) -> dict[str, object]:
        """The learner's own levels: the form, and what was chosen in it."""
        actor = learner_at(self)
        if request.method == "POST":
            indicators = [i.code for i in load().framework.competency(self.competency).indicators]
            levels = sent.levels(request.POST, indicators)
            api.save_self_assessment(actor, competency=self.competency, levels=levels)
            return _show(actor, fragments.module(actor, self.competency, TOKEN))
        return _show(actor, fragments.self_assessment(actor, self.competency, TOKEN))

    @changes
    def start_submission(self, request: Request, suffix: str) -> dict[str, object]:
        """Begin an attempt, or go on with the one that is open."""
        actor = learner_at(self)
        begun = api.start_submission(actor, competency=self.competency)
        return _show(actor, fragments.attempt(actor, begun.uuid))

    @shows
    def submission(self, request: Request, suffix: str) -> dict[str, object]:
        """The attempt as it stands: editor, status, feedback or result."""
        actor = learner_at(self)
        return _show(actor, fragments.attempt(actor, identifier(suffix)))

    @shows
    def submission_check(self, request: Request, suffix: str) -> dict[str, object]:
        """What is missing before a hand-in."""
        actor = learner_at(self)
        return _show(actor, fragments.check(actor, identifier(suffix)))

    # --- the attempt ---------------------------------------------------------------------------

    @changes
    def submission_save(self, request: Request, suffix: str) -> dict[str, object]:
        """One field."""
        field = sent.field(request.body)
        saved = api.save_text(learner_at(self), submission=identifier(suffix), **field)
        return {"revision": saved.revision, "saved_at": saved.saved_at}

    @changes
    def submission_self_level(self, request: Request, suffix: str) -> dict[str, object]:
        """The learner's own level for one indicator."""
        level = sent.own_level(request.body)
        api.set_self_level(learner_at(self), submission=identifier(suffix), **level)
        return {"revision": 1, "saved_at": timezone.now()}

    @changes
    def submission_choose(self, request: Request, suffix: str) -> dict[str, object]:
        """Two devices wrote different texts: keep the one the learner chose."""
        actor, attempt = learner_at(self), identifier(suffix)
        other, use = sent.number(request.POST.get("other")), request.POST.get("use") == "other"
        chosen = api.choose_version(actor, submission=attempt, other=other, use=use)
        return _show(actor, fragments.attempt(actor, attempt), focus=chosen.key)

    @changes
    def submission_submit(self, request: Request, suffix: str) -> dict[str, object]:
        """Hand in."""
        actor = learner_at(self)
        sent.demand_agreement(request.POST)
        handed_in = api.submit(actor, submission=identifier(suffix))
        return _show(actor, fragments.attempt(actor, handed_in.uuid))

    @changes
    def submission_withdraw(self, request: Request, suffix: str) -> dict[str, object]:
        """Take the attempt back before the decision."""
        actor = learner_at(self)
        api.withdraw(actor, submission=identifier(suffix))
        return _show(actor, fragments.module(actor, self.competency, TOKEN))

    @changes
    def submission_revise(self, request: Request, suffix: str) -> dict[str, object]:
        """The next attempt."""
        actor = learner_at(self)
        made = api.revise(actor, submission=identifier(suffix))
        return _show(actor, fragments.attempt(actor, made.uuid))

    # --- evidence ------------------------------------------------------------------------------

    @changes
    def evidence_add(self, request: Request, suffix: str) -> dict[str, object]:
        """A link or a text; a file comes through `upload_begin`."""
        actor, attempt = learner_at(self), identifier(suffix)
        if request.POST.get("kind") == "link":
            made = api.add_link(actor, submission=attempt, **sent.link(request.POST))
        else:
            made = api.add_text(actor, submission=attempt, **sent.text(request.POST))
        return _show(actor, fragments.attempt(actor, attempt), focus=f"evidence-{made.uuid}")

    @changes
    def evidence_change(self, request: Request, suffix: str) -> dict[str, object]:
        """Kind of artifact and group work."""
        about = sent.about_evidence(request.body)
        api.set_evidence(learner_at(self), evidence=identifier(suffix), **about)
        return {"revision": 1, "saved_at": timezone.now()}

    @changes
    def evidence_move(self, request: Request, suffix: str) -> dict[str, object]:
        """One place up or down."""
        actor, by = learner_at(self), -1 if request.POST.get("to") == "up" else 1
        attempt = api.move_evidence(actor, evidence=identifier(suffix), by=by)
        return _show(actor, fragments.attempt(actor, attempt), focus=f"evidence-{suffix}")

    @changes
    def evidence_remove(self, request: Request, suffix: str) -> dict[str, object]:
        """Away with its pins and texts."""
        actor = learner_at(self)
        attempt = api.remove_evidence(actor, evidence=identifier(suffix))
        return _show(actor, fragments.attempt(actor, attempt), focus="evidence")

    @changes
    def pin_add(self, request: Request, suffix: str) -> dict[str, object]:
        """Pin the evidence to an indicator at a place, and say why."""
        actor, why = learner_at(self), request.POST.get("why", "")
        place = sent.place(request.POST)
        pinned = api.add_pin(actor, evidence=identifier(suffix), why=why, **place)
        return _pinned(actor, pinned.pin.evidence, pinned.note)

    @changes
    def pin_change(self, request: Request, suffix: str) -> dict[str, object]:
        """Point a pin elsewhere."""
        actor = learner_at(self)
        pinned = api.change_pin(actor, pin=identifier(suffix), **sent.place(request.POST))
        return _pinned(actor, pinned.pin.evidence, pinned.note)

    @changes
    def pin_remove(self, request: Request, suffix: str) -> dict[str, object]:
        """Take a pin away with its sentence."""
        actor = learner_at(self)
        return _pinned(actor, api.remove_pin(actor, pin=identifier(suffix)), "")

    # --- files ---------------------------------------------------------------------------------

    @begins_upload
    def upload_begin(self, request: Request, suffix: str) -> Response:
        """A place for a small file; a larger one is sent to the draft's own page."""
        actor, file = learner_at(self), unit.small_file(request.body)
        begun = api.begin_upload(actor, submission=identifier(suffix), **file)
        url = actor.links.to("upload", upload=begun.uuid)
        document = {"upload": begun.uuid, "url": url, "offset": 0, "chunk": begun.chunk}
        return at(begun, respond(document, 201))

    @continues_upload
    def upload(self, request: Request, suffix: str) -> Response:
        """Append a piece, ask where to go on, or cancel."""
        actor, upload = learner_at(self), identifier(suffix)
        if request.method == "DELETE":
            api.cancel_upload(actor, upload=upload)
            return Response(status=204)
        if request.method != "PATCH":
            asked = api.upload_offset(actor, upload=upload)
            return at(asked, respond({"offset": asked.offset, "size": asked.size}))
        offset = sent.offset(request.headers.get("Upload-Offset"))
        taken = api.receive(actor, upload=upload, offset=offset, chunk=piece_of(request))
        if taken.evidence is None:
            return at(taken, Response(status=204))
        html = fragments.piece(actor, taken.evidence, taken.notes, TOKEN)
        return at(taken, respond({"evidence": {"id": taken.evidence}, "html": html}))

    @changes
    def upload_cancel(self, request: Request, suffix: str) -> dict[str, object]:
        """Forget an unfinished upload."""
        actor, upload = learner_at(self), identifier(suffix)
        attempt = api.upload_offset(actor, upload=upload).submission
        api.cancel_upload(actor, upload=upload)
        return _show(actor, fragments.attempt(actor, attempt), focus="evidence")

    def _fragment(self, html: str) -> Fragment:
        fragment = Fragment(html)
        fragment.add_css_url(static("lc_content/lc.css"))
        fragment.add_javascript_url(static("lc_content/lc.js"))
        fragment.add_javascript_url(self.runtime.local_resource_url(self, "public/module.js"))
        fragment.initialize_js(
            "LearnerCenteredModule", json_args={"csrf_cookie": settings.CSRF_COOKIE_NAME}
        )
        return fragment


def _show(actor: Actor, part: fragments.Part, focus: str = "") -> dict[str, object]:
    return {"html": unit.shown(actor, part), "focus": focus}


def _pinned(actor: Actor, evidence: Any, note: str) -> dict[str, object]:
    attempt = api.submission_of(actor, evidence=evidence)
    shown = _show(actor, fragments.attempt(actor, attempt), focus=f"evidence-{evidence}")
    return {**shown, "note": note}
