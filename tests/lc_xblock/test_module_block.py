"""`lc_module`: what it keeps, what its handlers do, and what an author sees of it."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from lxml import etree
from xblock.fields import Scope, ScopeIds, UserScope
from xblock.validation import Validation

from credentials import api
from credentials.models import DraftText, Submission
from lc_xblock.doorway import HERE
from lc_xblock.module_block import ModuleBlock
from tests.factories import files, work
from tests.lc_xblock.platform import Platform, Unit


@pytest.fixture
def draft(ada):
    return work.draft(ada)


# --- what it keeps -----------------------------------------------------------------------------


def test_no_field_is_about_a_person():
    scopes = {
        name: field.scope
        for name, field in ModuleBlock.fields.items()
        if name not in {"parent", "children", "tags", "name"}  # every block has these
    }

    assert {name for name, scope in scopes.items() if scope.user != UserScope.NONE} == set()
    assert ModuleBlock.competency.scope == Scope.content
    assert ModuleBlock.display_name.scope == Scope.settings


def test_competency_survives_olx():
    runtime = Platform(None)
    node = etree.fromstring('<lc_module competency="I.2" display_name="Belonging"/>')
    keys = ScopeIds(None, "lc_module", "definition", "unit")
    block = ModuleBlock.parse_xml(node, runtime, keys)

    written = etree.Element("lc_module")
    block.add_xml_to_node(written)

    assert (block.competency, block.display_name) == ("I.2", "Belonging")
    assert dict(written.attrib) | {"url_name": ""} == {
        "competency": "I.2",
        "display_name": "Belonging",
        "url_name": "",
        "xblock-family": "xblock.v1",
    }


# --- what it shows -----------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["student_view", "public_view", "author_view"])
def test_every_class_of_the_unit_is_ours(view, adas_unit):
    names = {
        name
        for found in re.findall(r'class="([^"]*)"', adas_unit.html(view))
        for name in found.split()
    }

    assert {name for name in names if not name.startswith("lc-")} == set()


def test_unit_brings_one_stylesheet_and_two_scripts(adas_unit):
    resources = adas_unit.block.student_view().resources

    assert [r.data for r in resources] == [
        "/static/lc_content/lc.css",
        "/static/lc_content/lc.js",
        "/resource/public/module.js",
    ]
    with ModuleBlock.open_local_resource("public/module.js") as script:
        assert b"function LearnerCenteredModule(" in script.read()


def test_author_sees_the_module_without_anything_to_do(course):
    html = Unit(None).html("author_view")

    assert "A preview." in html
    assert "What it is for" in html
    assert "<form" not in html


def test_module_that_does_not_exist_is_said_to_the_author(course):
    assert "There is no module for IX.9." in Unit(None, competency="IX.9").html("author_view")


def test_author_chooses_among_the_modules_there_are(course):
    unit = Unit(None)

    assert "I.1 " in unit.html("studio_view")
    wrong = Validation("unit")
    unit.block.validate_field_data(wrong, Unit(None, competency="IX.9").block)
    assert [message.text for message in wrong.messages] == ["There is no module for IX.9."]
    assert unit.block.validate().empty


def test_search_in_studio_finds_it_by_its_competency(adas_unit):
    document = adas_unit.block.index_dictionary()

    assert document["content_type"] == "Competency module"
    assert set(document["content"]) == {"display_name", "competency"}


# --- handlers ----------------------------------------------------------------------------------


def test_every_link_that_stays_in_the_unit_has_a_handler():
    ours = {
        name
        for name in vars(ModuleBlock)
        if getattr(vars(ModuleBlock)[name], "_is_xblock_handler", False)
    }

    assert ours == {name.replace("-", "_") for name in HERE}


SHOWING = {"module", "module_page", "self_assessment", "submission", "submission_check", "upload"}


@pytest.mark.parametrize("name", sorted({n.replace("-", "_") for n in HERE} - SHOWING))
def test_what_changes_something_has_to_be_posted(name, adas_unit, ada, draft):
    """A platform checks no token of a GET, so a GET from a stranger's page would do it."""
    before = api.submission(ada, submission=draft.uuid)

    answer = adas_unit.get(name, draft.uuid)

    assert answer.status_code == 405
    assert api.submission(ada, submission=draft.uuid) == before


def test_draft_is_saved_by_the_contract_of_the_script(adas_unit, ada, draft):
    sent = {"key": "overview-1", "text": "We asked.", "revision": 0, "device": "phone"}

    answer = adas_unit.send("submission_save", draft.uuid, **sent)

    assert (answer.status_code, answer.json["revision"]) == (200, 1)
    assert api.submission(ada, submission=draft.uuid).text("overview-1").text == "We asked."
    assert adas_unit.send("submission_save", draft.uuid, **sent).json["revision"] == 1


def test_slower_device_gets_the_other_version(adas_unit, draft):
    first = {"key": "overview-1", "text": "We asked.", "revision": 0, "device": "phone"}
    adas_unit.send("submission_save", draft.uuid, **first)

    answer = adas_unit.send("submission_save", draft.uuid, **{**first, "text": "They said."})

    assert answer.status_code == 409
    assert (answer.json["conflict"], answer.json["theirs"]["text"]) == (True, "We asked.")
    shown = adas_unit.post(
        "submission_choose", draft.uuid, other=str(answer.json["other"]), use="other"
    )
    assert shown.json["focus"] == "overview-1"
    assert DraftText.objects.get(key="overview-1").text == "They said."


def test_nothing_of_another_learner_is_reached(adas_unit, al):
    theirs = work.filled(al)

    told = [
        adas_unit.get("submission", theirs.uuid),
        adas_unit.get("submission_check", theirs.uuid),
        adas_unit.send("submission_save", theirs.uuid, key="overview-1", text="x", revision=9),
        adas_unit.post("submission_submit", theirs.uuid, agree="on"),
        adas_unit.post("submission_withdraw", theirs.uuid),
        adas_unit.post("evidence_remove", theirs.evidence[0].uuid),
        adas_unit.get("submission", uuid4()),
        adas_unit.get("submission", "nothing"),
    ]

    assert {answer.status_code for answer in told} == {404}
    assert api.submission(al, submission=theirs.uuid) == theirs


def test_reading_goes_on_to_the_next_page_and_from_the_last_to_the_module(adas_unit, ada):
    slugs = [page.slug for page in api.module(ada, competency="I.1").pages]

    shown = [adas_unit.post("page_read", slug).json["html"] for slug in (slugs[0], slugs[-1])]

    assert [re.search(r'data-lc-part="(\w+)"', html)[1] for html in shown] == [
        "module_page",
        "module",
    ]
    assert api.progress(ada, competency="I.1").pages_read == {slugs[0], slugs[-1]}


def test_page_that_the_module_does_not_have_is_not_there(adas_unit):
    assert adas_unit.get("module_page", "nothing").status_code == 404
    assert adas_unit.post("page_read", "nothing").status_code == 404


def test_self_assessment_is_kept(adas_unit, ada):
    answer = adas_unit.post("self_assessment", **{"level-I.1.a": "2", "level-I.1.b": ""})

    assert 'data-lc-part="module"' in answer.json["html"]
    assert api.progress(ada, competency="I.1").self_levels == {"I.1.a": 2}


def test_evidence_is_brought_described_pinned_and_ordered(adas_unit, ada, draft):
    adas_unit.post("evidence_add", draft.uuid, kind="link", url="https://a.example.edu/", title="A")
    adas_unit.post("evidence_add", draft.uuid, kind="text", title="B")
    link, text = api.submission(ada, submission=draft.uuid).evidence

    adas_unit.send("evidence_change", link.uuid, fields={"artifact": "plan", "group_work": "on"})
    adas_unit.post("evidence_move", text.uuid, to="up")
    pinned = adas_unit.post(
        "pin_add", link.uuid, indicator="I.1.a", place="page", page="3", why="It shows who."
    )

    assert pinned.json["focus"] == f"evidence-{link.uuid}"
    first, second = api.submission(ada, submission=draft.uuid).evidence
    assert (first.uuid, second.artifact, second.group_work) == (text.uuid, "plan", True)
    pin = second.pins[0]
    assert (pin.indicator, pin.page, pin.why.text) == ("I.1.a", 3, "It shows who.")
    adas_unit.post("pin_change", pin.uuid, indicator="I.1.b", place="whole")
    adas_unit.post("evidence_remove", text.uuid)
    (left,) = api.submission(ada, submission=draft.uuid).evidence
    assert (left.uuid, left.pins[0].indicator) == (link.uuid, "I.1.b")
    adas_unit.post("pin_remove", pin.uuid)
    assert api.submission(ada, submission=draft.uuid).evidence[0].pins == ()


def test_refused_form_says_why(adas_unit, draft):
    answer = adas_unit.post("evidence_add", draft.uuid, kind="link", url="javascript:alert(1)")

    assert answer.status_code == 422
    assert [problem["field"] for problem in answer.json["problems"]] == ["url"]


def test_hand_in_without_the_promise_is_refused_and_with_it_is_shown(adas_unit, ada):
    full = work.filled(ada)

    assert adas_unit.post("submission_submit", full.uuid).status_code == 422
    answer = adas_unit.post("submission_submit", full.uuid, agree="on")

    assert 'data-lc-part="status"' in answer.json["html"]
    assert api.submission(ada, submission=full.uuid).state == "submitted"


def test_draft_that_lacks_something_is_not_handed_in(adas_unit, ada, draft):
    answer = adas_unit.post("submission_submit", draft.uuid, agree="on")

    assert answer.status_code == 422
    assert len(answer.json["problems"]) == len(api.missing(ada, submission=draft.uuid)) > 5


def test_returned_work_is_revised_in_the_unit(adas_unit, ada, ben):
    returned = work.returned(ada, ben, below=("I.1.b",))

    answer = adas_unit.post("submission_revise", returned.uuid)

    assert "My evidence, attempt 2" in answer.json["html"]


def test_withdrawn_attempt_leads_back_to_the_module(adas_unit, ada, draft):
    answer = adas_unit.post("submission_withdraw", draft.uuid)

    assert 'data-lc-part="module"' in answer.json["html"]
    assert Submission.objects.get(uuid=draft.uuid).state == "withdrawn"


def test_start_gives_one_draft_however_often(adas_unit, ada):
    shown = [adas_unit.post("start_submission", "").json["html"] for _ in range(2)]

    assert ['data-lc-part="editor"' in html for html in shown] == [True, True]
    assert Submission.objects.count() == 1


# --- files -------------------------------------------------------------------------------------


def test_small_file_comes_in_pieces_and_becomes_evidence(adas_unit, ada, draft):
    report = files.pdf("One page.")
    begun = adas_unit.send("upload_begin", draft.uuid, name="report.pdf", size=len(report))

    half = adas_unit.patch(begun.json["upload"], 0, report[:100])
    asked = adas_unit.get("upload", begun.json["upload"], method="HEAD")
    wrong = adas_unit.patch(begun.json["upload"], 0, report[:100])
    whole = adas_unit.patch(begun.json["upload"], 100, report[100:])

    assert (begun.status_code, half.status_code, wrong.status_code) == (201, 204, 409)
    assert begun.json["url"] == f"/handler/upload/{begun.json['upload']}"
    assert [a.headers["Upload-Offset"] for a in (half, asked, wrong)] == ["100"] * 3
    assert asked.headers["Upload-Length"] == str(len(report))
    (item,) = api.submission(ada, submission=draft.uuid).evidence
    assert whole.json["evidence"] == {"id": str(item.uuid)}
    assert f'id="evidence-{item.uuid}"' in whole.json["html"]


def test_large_file_is_sent_to_the_draft_s_own_page(adas_unit, draft):
    answer = adas_unit.send("upload_begin", draft.uuid, name="film.mp4", size=4_000_001)

    assert answer.status_code == 422
    assert "on its own page" in answer.json["error"]
    assert (
        f'href="/lc/submissions/{draft.uuid}"'
        in adas_unit.get("submission", draft.uuid).json["html"]
    )


def test_upload_is_cancelled_by_the_script_and_by_the_form(adas_unit, ada, draft):
    begun = [
        adas_unit.send("upload_begin", draft.uuid, name="a.pdf", size=9).json["upload"]
        for _ in range(2)
    ]

    by_script = adas_unit.get("upload", begun[0], method="DELETE")
    by_form = adas_unit.post("upload_cancel", begun[1])

    assert (by_script.status_code, by_form.status_code) == (204, 200)
    assert api.unfinished_uploads(ada, submission=draft.uuid) == ()


def test_piece_that_is_none_is_refused_for_good(adas_unit, ada, draft):
    begun = adas_unit.send("upload_begin", draft.uuid, name="a.pdf", size=9).json["upload"]

    assert adas_unit.send("upload_begin", draft.uuid, name="a.pdf").status_code == 422
    assert adas_unit.get("upload", begun, method="PATCH").status_code == 422
    assert adas_unit.get("upload", uuid4(), method="HEAD").status_code == 404
    api.withdraw(ada, submission=draft.uuid)
    assert adas_unit.patch(begun, 0, b"x").status_code == 403


def test_nobody_but_a_learner_of_the_course_is_answered(course):
    nobody = Unit(None)

    assert nobody.get("module").status_code == 403
    assert nobody.post("start_submission").status_code == 403
    assert "Sign in" in nobody.html()
