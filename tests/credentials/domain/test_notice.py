"""Notices: once for each event, in the page and by mail, naming nobody."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import timezone

from credentials import api
from credentials.data import Actor
from credentials.domain import notice
from credentials.models import Notice, WorkItem
from tests.factories import work

SUBJECT = uuid4()


def tell(actor: Actor, kind: str = "returned"):
    return notice.tell(
        user_id=actor.user_id,
        program_id=actor.program_id,
        kind=kind,
        subject=SUBJECT,
        competency="I.1",
        now=timezone.now(),
    )


def test_telling_twice_is_one_notice_and_one_mail(ada: Actor):
    assert tell(ada) == tell(ada)
    assert WorkItem.objects.filter(kind="mail").count() == 1


def test_the_work_carries_an_identifier_and_nothing_else(ada: Actor):
    made = tell(ada)
    assert WorkItem.objects.get(kind="mail").payload == {"notice": str(made.uuid)}


@pytest.mark.parametrize("kind", Notice.Kind.values)
def test_every_kind_has_words_and_a_page(ada: Actor, kind: str):
    tell(ada, kind)
    (shown,) = api.notices(ada)
    assert "I.1" in shown.sentence
    assert shown.url.startswith("/lc/")


def test_the_mail_says_what_happened_and_where_to_sign_in(ada: Actor, mailoutbox):
    notice.send({"notice": str(tell(ada).uuid)})
    (mail,) = mailoutbox
    assert mail.to == ["ada@example.edu"]
    assert mail.subject.startswith("There is feedback on your work on I.1")
    assert "/lc/notices" in mail.body
    assert mail.content_subtype == "plain"


def test_mails_about_real_work_name_nobody_else(ada: Actor, ben: Actor, dana: Actor, mailoutbox):
    work.returned(ada, ben, below=("I.1.a",))
    for item in WorkItem.objects.filter(kind="mail"):
        notice.send(item.payload)
    texts = [mail.subject + mail.body for mail in mailoutbox]
    assert len(texts) == 3  # handed in, new work, returned
    assert [t for t in texts for name in ("Ada", "Ben", "dialogues", "Show who") if name in t] == []


def test_nobody_without_an_address_is_mailed(ada: Actor, django_user_model, mailoutbox):
    django_user_model.objects.filter(pk=ada.user_id).update(email="")
    notice.send({"notice": str(tell(ada).uuid)})
    assert mailoutbox == []


def test_reading_twice_leaves_nothing_unread(ada: Actor):
    tell(ada)
    assert api.unread_notices(ada) == 1
    assert api.mark_notices_read(ada) == 1
    assert api.mark_notices_read(ada) == 0
    assert api.unread_notices(ada) == 0


def test_notices_are_their_owners_alone(ada: Actor, al: Actor, cem: Actor):
    tell(ada)
    assert (api.notices(al), api.notices(cem)) == ((), ())
    api.mark_notices_read(al)
    assert api.unread_notices(ada) == 1
