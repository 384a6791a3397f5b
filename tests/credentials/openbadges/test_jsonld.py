"""Nothing a reader sees may be outside of what is signed."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from credentials.openbadges.contexts import OB_303, VC_V2
from credentials.openbadges.documents import credential_document
from credentials.openbadges.errors import NotSafe, TooMuchWork, UnknownContext, UnknownTerm
from credentials.openbadges.jsonld import ENGINE
from tests.credentials.openbadges.issued import CONTENT


def _badge(**changes: Any) -> dict[str, Any]:
    return {**credential_document(CONTENT), **changes}


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"undefinedWord": "x"}, UnknownTerm),
        ({"@foo": "x"}, UnknownTerm),
        ({"@id": "urn:x"}, UnknownTerm),
        ({"@included": []}, UnknownTerm),
        ({"https://www.w3.org/2018/credentials#validUntil": "2020-01-01T00:00:00Z"}, UnknownTerm),
        ({"evidence": [{"type": ["Evidence"], "made-up": 1}]}, UnknownTerm),
        ({"id": "badges/1"}, NotSafe),
        ({"id": "//lead.example/1"}, NotSafe),
        ({"id": "https://lead.example/a b"}, NotSafe),
        ({"id": "https://lead.example/a\u00a0b"}, NotSafe),
        ({"id": 7}, NotSafe),
        ({"issuer": "lc-relative:x"}, NotSafe),
        ({"type": ["VerifiableCredential", "MadeUp"]}, NotSafe),
        ({"type": None}, NotSafe),
        ({"issuer": {"id": "did:web:a.b", "type": ["Profile", "Nobody"]}}, NotSafe),
        ({"name": {"@value": "x", "@language": "not a language"}}, NotSafe),
        ({"name": {"@value": {"a": 1}}}, NotSafe),
        ({"image": {"@language": "anything at all"}}, NotSafe),
        ({"image": {"@value": None}}, NotSafe),
        ({"image": {"@value": None, "@language": "anything at all"}}, NotSafe),
        ({"name": float("nan")}, NotSafe),
        ({"name": 1e-9}, NotSafe),
        ({"type": ["VerifiableCredential"] * 40}, TooMuchWork),
        ({"@context": [VC_V2, OB_303] * 60}, TooMuchWork),
        ({"@context": [VC_V2, "https://example.org/made-up"]}, UnknownContext),
        ({"@context": [VC_V2, {"@vocab": "urn:x#"}]}, UnknownContext),
        ({"@context": None}, UnknownContext),
        ({"evidence": [{"@context": "https://example.org/x", "type": "Evidence"}]}, UnknownContext),
    ],
)
def test_what_a_signature_would_not_cover_is_refused(
    changes: dict[str, Any], error: type[NotSafe]
) -> None:
    with pytest.raises(error):
        ENGINE.canonical_form(_badge(**changes))


def test_unknown_context_is_named() -> None:
    with pytest.raises(UnknownContext) as caught:
        ENGINE.canonical_form(_badge(**{"@context": [VC_V2, "https://example.org/made-up"]}))

    assert caught.value.context == "https://example.org/made-up"


def test_document_that_says_nothing_is_refused() -> None:
    with pytest.raises(NotSafe):
        ENGINE.canonical_form({"@context": [VC_V2]})


@pytest.mark.parametrize(
    "changes",
    [
        {"name": {"@value": "Visión", "@language": "es"}},
        {"name": 'tab\tnew\nline \\ "quote"'},
        {"credentialSubject": {"type": "AchievementSubject", "creditsEarned": 2.5}},
        {"credentialSubject": {"type": "AchievementSubject", "creditsEarned": 3.0}},
        {"credentialSubject": {"type": "AchievementSubject", "creditsEarned": 123456789.125}},
        {
            "credentialSubject": {
                "type": "AchievementSubject",
                "achievement": {
                    "type": "Achievement",
                    "resultDescription": {
                        "type": "ResultDescription",
                        "allowedValue": ["low", "high", "low"],
                    },
                },
            }
        },
        {"credentialSubject": {"type": "AchievementSubject", "result": []}},
        {"evidence": [{"id": "_:e", "type": "Evidence"}, {"id": "_:e", "name": "same"}]},
    ],
)
def test_form_is_that_of_pyld(changes: dict[str, Any]) -> None:
    document = _badge(**changes)

    assert ENGINE.canonical_form(document) == ENGINE.general_form(document)


def test_threads_do_not_disturb_each_other() -> None:
    document = _badge()
    forms: set[str] = set()

    def work() -> None:
        for _ in range(3):
            forms.add(ENGINE.canonical_form(document))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert forms == {ENGINE.canonical_form(document)}
