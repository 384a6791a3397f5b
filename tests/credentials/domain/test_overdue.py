"""An overdue submission reaches the administrators once, without names in the mail."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from credentials import api
from credentials.data import Actor
from credentials.domain import notice, overdue
from credentials.models import WorkItem
from tests.factories import work


def test_administrators_are_told_once(dana: Actor, ada: Actor, ben: Actor, mailoutbox):
    made = work.submitted(ada)
    late = timezone.now() + timedelta(days=60)
    assert overdue.tell_administrators(now=late) == 1
    assert overdue.tell_administrators(now=late) == 0
    (told,) = api.notices(dana)
    assert told.url == f"/lc/program/submissions/{made.uuid}"
    assert [n.kind for n in api.notices(ben)] == ["new-work"]
    notice.send(WorkItem.objects.get(kind="mail", key=f"notice:{told.uuid}").payload)
    assert "Ada" not in mailoutbox[0].subject + mailoutbox[0].body


def test_nobody_is_told_in_time_or_after_the_decision(
    dana: Actor, ada: Actor, al: Actor, ben: Actor
):
    work.submitted(al)
    work.passed(ada, ben)
    assert overdue.tell_administrators(now=timezone.now()) == 0
