"""One request to a platform's service, and every way in which it can fail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from credentials.api.outside import Answered
from lti_tool import grades, services
from lti_tool.service_faults import Declined, Unavailable, wait_asked, words
from tests.factories.gradebook import Fault

pytestmark = pytest.mark.django_db
NOW = datetime(2031, 3, 4, 9, 0, tzinfo=UTC)


def ask(deployment, url: str):
    return services.call(deployment, {grades.LOOK}, "GET", url, now=timezone.now())


def test_refused_token_is_replaced_once(lms, deployment) -> None:
    ask(deployment, lms.items_url)
    lms.tokens.clear()

    answered = ask(deployment, lms.items_url)

    assert answered.status == 200
    assert len(lms.requests("token")) == 2


def test_token_refused_twice_is_a_failure_of_now(lms, deployment) -> None:
    lms.fail("items", Fault(401), Fault(401, b'{"error": "invalid_token"}'))

    with pytest.raises(Unavailable, match="refuses the token it gave: invalid_token"):
        ask(deployment, lms.items_url)


@pytest.mark.parametrize("status", [408, 425, 429, 502, 503, 504])
def test_platform_that_is_away_is_away_for_everybody(lms, deployment, status: int) -> None:
    lms.fail("items", Fault(status, headers=(("Retry-After", "90"),)))

    with pytest.raises(Unavailable) as failed:
        ask(deployment, lms.items_url)

    assert failed.value.everybody
    assert failed.value.after == timedelta(seconds=90)


def test_broken_answer_to_one_request_is_not_everybodys(lms, deployment) -> None:
    lms.fail("items", Fault(500, b"<html>Oops</html>"))

    with pytest.raises(Unavailable, match=r"busy or broken: 500$") as failed:
        ask(deployment, lms.items_url)

    assert not failed.value.everybody


@pytest.mark.parametrize("status", [400, 403, 404, 409, 410, 422])
def test_refusal_is_not_tried_again(lms, deployment, status: int) -> None:
    lms.fail("items", Fault(status, b'{"message": "Course is closed."}'))

    with pytest.raises(Declined, match=f"refuses: {status} Course is closed.") as failed:
        ask(deployment, lms.items_url)

    assert failed.value.status == status


def test_redirect_is_not_followed_with_the_token(lms, deployment) -> None:
    lms.fail("items", Fault(302, headers=(("Location", "/token"),)))

    with pytest.raises(Declined, match="has moved"):
        ask(deployment, lms.items_url)


def test_nobody_there_is_a_failure_of_now(lms, deployment) -> None:
    ask(deployment, lms.items_url)
    lms.server_close()

    with pytest.raises(Unavailable) as failed:
        ask(deployment, lms.items_url)

    assert failed.value.everybody


@pytest.mark.parametrize(
    ("told", "wait"),
    [
        ("", None),
        ("soon", None),
        ("7", timedelta(seconds=7)),
        ("99999999", timedelta(days=1)),
        ("Tue, 04 Mar 2031 09:01:00 GMT", timedelta(minutes=1)),
        ("Tue, 04 Mar 2031 08:00:00 GMT", timedelta(0)),
    ],
)
def test_retry_after_is_seconds_or_a_date(told: str, wait: timedelta | None) -> None:
    answered = Answered(status=503, headers={"retry-after": told}, body=b"")

    assert wait_asked(answered, now=NOW) == wait


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b'{"error": "closed", "detail": 7}', "closed"),
        (b"<!doctype html><title>x</title>", ""),
        (b"plain\x00 words\n of it", "plain words of it"),
        (b"\xff" * 9, "\ufffd" * 9),
        (b"x" * 999, "x" * 300),
    ],
)
def test_words_of_a_refusal_fit_a_line(body: bytes, told: str) -> None:
    assert words(Answered(status=400, headers={}, body=body)) == told
