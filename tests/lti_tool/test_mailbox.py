"""The practice mailbox: links of this site can be followed, and elsewhere it does not exist."""

from __future__ import annotations

import pytest
from django.core.mail import EmailMessage, get_connection


@pytest.fixture
def practice(settings, tmp_path):
    settings.LC_PRACTICE = True
    settings.EMAIL_FILE_PATH = str(tmp_path)
    return get_connection(
        "django.core.mail.backends.filebased.EmailBackend", file_path=str(tmp_path)
    )


def send(connection, subject: str, body: str) -> None:
    mail = EmailMessage(subject, body, to=["ada@lakeshore.example"], connection=connection)
    mail.send()


def test_outside_practice_there_is_no_mailbox(browser):
    assert browser.get("/practice/mail").status_code == 404


def test_an_empty_one_says_what_fills_it(browser, practice):
    assert "No mail yet" in browser.get("/practice/mail").content.decode()


def test_the_newest_is_first_and_our_links_can_be_followed(browser, practice):
    send(practice, "First", "Open\n\nhttp://localhost:8000/lc/notices\n")
    send(practice, "Second", "See\n\nhttps://evil.example/\n")
    page = browser.get("/practice/mail").content.decode()
    assert page.index("Second") < page.index("First")
    assert '<a href="http://localhost:8000/lc/notices">' in page
    assert 'href="https://evil.example/' not in page


def test_words_of_a_mail_are_words(browser, practice):
    send(practice, "<b>Bold</b>", "<script>alert(1)</script> för Åsa")
    page = browser.get("/practice/mail").content.decode()
    assert "&lt;script&gt;" in page
    assert "&lt;b&gt;Bold" in page
    assert "för Åsa" in page
