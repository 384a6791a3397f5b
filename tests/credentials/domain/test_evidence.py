"""Evidence of a draft: add, describe, order, remove, pin; only while it is a draft."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from credentials import api, storage
from credentials.data import Actor
from credentials.domain import evidence
from credentials.errors import Closed, Invalid, NotFound
from credentials.models import DraftText, Evidence, StoredFile
from tests.factories import files, work
from tests.factories.evidence import bring

WHOLE = {"indicator": "I.1.a", "locator": "whole"}


def test_link_is_kept_as_given_or_with_https_before_it(ada: Actor) -> None:
    made = work.draft(ada)

    given = api.add_link(ada, submission=made.uuid, url=" http://docs.example.org/a?b=1#c ")
    short = api.add_link(ada, submission=made.uuid, url="docs.example.org:8443/a", title="Plan")

    assert (given.url, short.url) == (
        "http://docs.example.org/a?b=1#c",
        "https://docs.example.org:8443/a",
    )
    assert short.title.text == "Plan"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "no-address"),
        ("javascript:alert(1)", "scheme"),
        ("JavaScript:alert(1)//.org", "scheme"),
        ("data:text/html,x", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("https://ada:secret@docs.example.org/", "credentials"),
        ("https://localhost/plan", "host"),
        ("https://intranet/plan", "host"),
        ("https://[::1/", "unreadable"),
        ("https://example.org:99999/", "unreadable"),
        ("https://example.org/a b", "characters"),
        ("https://example.org/\x00", "characters"),
        ("https://example.org/" + "a" * 2000, "too-long"),
    ],
)
def test_link_that_cannot_be_used_is_refused(ada: Actor, url: str, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        api.add_link(ada, submission=work.draft(ada).uuid, url=url)

    assert caught.value.problems[0].code == code


def test_pieces_are_numbered_and_can_be_moved(ada: Actor) -> None:
    made = work.draft(ada)
    items = [api.add_text(ada, submission=made.uuid, title=f"T{n}") for n in (1, 2, 3)]

    api.move_evidence(ada, evidence=items[2].uuid, by=-1)
    api.move_evidence(ada, evidence=items[0].uuid, by=-1)

    view = api.submission(ada, submission=made.uuid)
    assert [(i.number, i.title.text) for i in view.evidence] == [(1, "T1"), (2, "T3"), (3, "T2")]


def test_kind_and_group_work_are_kept(ada: Actor) -> None:
    item = api.add_text(ada, submission=work.draft(ada).uuid)

    changed = api.set_evidence(ada, evidence=item.uuid, artifact="plan", group_work=True)

    assert (changed.artifact, changed.group_work) == ("plan", True)


def test_unknown_kind_of_artifact_is_refused(ada: Actor) -> None:
    with pytest.raises(Invalid, match="one of the kinds"):
        api.add_text(ada, submission=work.draft(ada).uuid, artifact="poem")


def test_submission_holds_a_bounded_number_of_pieces(
    ada: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "MOST_ITEMS", 1)
    made = work.draft(ada)
    api.add_text(ada, submission=made.uuid)

    with pytest.raises(Invalid, match="at most 1 pieces"):
        api.add_text(ada, submission=made.uuid)


def test_removed_evidence_takes_pins_texts_and_bytes_along(
    ada: Actor, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    made = work.draft(ada)
    item = bring(ada, made.uuid, files.pdf("One"))
    api.add_pin(ada, evidence=item.uuid, why="Because", **WHOLE)
    name = StoredFile.objects.get().storage_name

    with django_capture_on_commit_callbacks(execute=True):
        api.remove_evidence(ada, evidence=item.uuid)

    assert (Evidence.objects.count(), DraftText.objects.count()) == (0, 0)
    assert (StoredFile.objects.count(), name in set(storage.names())) == (0, False)


def test_bytes_stay_while_an_earlier_attempt_uses_them(
    ada: Actor, ben: Actor, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    first, again = revised_with_file(ada, ben)
    copied = api.submission(ada, submission=again).evidence[1]

    with django_capture_on_commit_callbacks(execute=True):
        api.remove_evidence(ada, evidence=copied.uuid)

    assert api.submission(ada, submission=first).evidence[1].file is not None
    assert StoredFile.objects.get().storage_name in set(storage.names())


def test_second_removal_finds_nothing(ada: Actor) -> None:
    item = api.add_text(ada, submission=work.draft(ada).uuid)
    api.remove_evidence(ada, evidence=item.uuid)

    with pytest.raises(NotFound):
        api.remove_evidence(ada, evidence=item.uuid)


def test_same_pin_twice_is_one_pin(ada: Actor) -> None:
    item = api.add_text(ada, submission=work.draft(ada).uuid)

    first = api.add_pin(ada, evidence=item.uuid, why="Because", **WHOLE)
    second = api.add_pin(ada, evidence=item.uuid, why="Because", **WHOLE)

    assert second.pin == first.pin
    assert first.pin.why.text == "Because"


def test_pin_is_pointed_elsewhere_and_keeps_its_sentence(ada: Actor) -> None:
    item = bring(ada, work.draft(ada).uuid, files.pdf("One", "Two"))
    pinned = api.add_pin(ada, evidence=item.uuid, why="Because", **WHOLE)

    changed = api.change_pin(ada, pin=pinned.pin.uuid, indicator="I.1.b", locator="page", page=2)

    assert (changed.pin.indicator, changed.pin.page) == ("I.1.b", 2)
    assert changed.pin.why.text == "Because"


def test_pin_is_removed_with_its_sentence(ada: Actor) -> None:
    item = api.add_text(ada, submission=work.draft(ada).uuid)
    pinned = api.add_pin(ada, evidence=item.uuid, why="Because", **WHOLE)

    api.remove_pin(ada, pin=pinned.pin.uuid)

    assert api.one_evidence(ada, evidence=item.uuid).pins == ()
    assert not DraftText.objects.exists()


def test_indicator_of_another_module_is_refused(ada: Actor) -> None:
    item = api.add_text(ada, submission=work.draft(ada).uuid)

    with pytest.raises(Invalid, match="indicators shown"):
        api.add_pin(ada, evidence=item.uuid, indicator="II.1.a", locator="whole")


def test_indicator_met_before_keeps_its_pins(ada: Actor, ben: Actor) -> None:
    _, again = revised_with_file(ada, ben)
    first = api.submission(ada, submission=again).evidence[0]
    met = next(pin for pin in first.pins if pin.indicator == "I.1.a")

    with pytest.raises(Closed, match=r"I\.1\.a was met"):
        api.add_pin(ada, evidence=first.uuid, **WHOLE)
    with pytest.raises(Closed, match=r"I\.1\.a was met"):
        api.remove_pin(ada, pin=met.uuid)
    with pytest.raises(Closed, match="so it stays"):
        api.remove_evidence(ada, evidence=first.uuid)


def test_nothing_changes_after_the_hand_in(ada: Actor) -> None:
    made = work.submitted(ada)
    item = made.evidence[0]

    for change in (
        lambda: api.add_text(ada, submission=made.uuid),
        lambda: api.add_link(ada, submission=made.uuid, url="example.org"),
        lambda: api.begin_upload(ada, submission=made.uuid, name="a", size=1),
        lambda: api.set_evidence(ada, evidence=item.uuid, artifact="", group_work=True),
        lambda: api.move_evidence(ada, evidence=item.uuid, by=1),
        lambda: api.remove_evidence(ada, evidence=item.uuid),
        lambda: api.add_pin(ada, evidence=item.uuid, **WHOLE),
        lambda: api.remove_pin(ada, pin=item.pins[0].uuid),
    ):
        with pytest.raises(Closed):
            change()


@pytest.mark.parametrize("name", ["al", "ben", "cem", "dana"])
def test_evidence_of_another_is_not_there(
    ada: Actor, name: str, request: pytest.FixtureRequest
) -> None:
    somebody: Actor = request.getfixturevalue(name)
    made = work.filled(ada)
    item = made.evidence[0]

    for change in (
        lambda: api.add_text(somebody, submission=made.uuid),
        lambda: api.begin_upload(somebody, submission=made.uuid, name="a", size=1),
        lambda: api.set_evidence(somebody, evidence=item.uuid, artifact="", group_work=True),
        lambda: api.remove_evidence(somebody, evidence=item.uuid),
        lambda: api.add_pin(somebody, evidence=item.uuid, **WHOLE),
        lambda: api.remove_pin(somebody, pin=item.pins[0].uuid),
    ):
        with pytest.raises(NotFound):
            change()


def revised_with_file(ada: Actor, ben: Actor) -> tuple[object, object]:
    """Two attempts that share a file; I.1.b is open in the second one."""
    made = work.filled(ada)
    item = bring(ada, made.uuid, files.png())
    work.write(ada, made, f"evidence.{item.uuid}.title", "A wall of wishes")
    api.submit(ada, submission=made.uuid)
    work.reviewed(ben, made, below=("I.1.b",))
    return made.uuid, api.revise(ada, submission=made.uuid).uuid
