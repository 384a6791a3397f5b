"""The description of the API: sound, complete, and every example an answer that was just given."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker

from credentials.api.openapi import document
from credentials.openbadges import Answer, Question, Verdict, verify
from credentials.openbadges.codes import CODES
from credentials.verdict import Verification
from credentials.views.problem import STATUSES
from credentials.views.verify_request import FILES, FORM
from tests.credentials.openbadges.issued import CONTENT, HOME, TODAY, signed
from tests.credentials.openbadges.recorded import record

MADE = document(base_url="https://badges.example.edu", problems=STATUSES)
CALL = MADE["paths"]["/lc/api/verify"]["post"]
ANSWER = CALL["responses"]["200"]["content"]["application/json"]


def faults(value: Any, name: str) -> list[str]:
    """What the schema of that name has against the value."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": MADE["components"]}
    judge = Draft202012Validator(schema, format_checker=FormatChecker())
    return [error.message for error in judge.iter_errors(value)]


def words(value: Any) -> set[str]:
    """Every text in a document that stands alone."""
    if isinstance(value, dict):
        return set().union(*(words(one) for one in value.values()), set())
    if isinstance(value, list):
        return set().union(*(words(one) for one in value), set())
    return {value} if isinstance(value, str) else set()


def test_every_generated_part_was_put_in() -> None:
    assert "generated" not in words(MADE)


@pytest.mark.parametrize("name", MADE["components"]["schemas"])
def test_schema_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(MADE["components"]["schemas"][name])


def test_document_is_open_api() -> None:
    assert MADE["openapi"] == "3.1.0"
    assert MADE["servers"] == [{"url": "https://badges.example.edu"}]
    assert {*CALL["responses"]} == {"200", *(str(status) for status in STATUSES.values())}


def test_every_reference_leads_somewhere() -> None:
    named = {text.rpartition("/")[2] for text in words(MADE) if text.startswith("#/components/")}

    assert named == {*MADE["components"]["schemas"], *MADE["components"]["responses"]}


def test_lists_are_those_of_the_code() -> None:
    schemas = MADE["components"]["schemas"]

    assert schemas["QuestionName"]["enum"] == [str(one) for one in Question]
    assert schemas["Answer"]["enum"] == [str(one) for one in Answer]
    assert schemas["Verdict"]["enum"] == [str(one) for one in Verdict]
    assert schemas["Code"]["enum"] == sorted(CODES)
    assert schemas["Problem"]["properties"]["code"]["enum"] == sorted(STATUSES)


def test_types_of_a_body_are_those_that_are_taken() -> None:
    assert {*CALL["requestBody"]["content"]} == {*FILES, FORM}


@pytest.mark.parametrize("name", ANSWER["examples"])
def test_example_of_an_answer_fits(name: str) -> None:
    assert faults(ANSWER["examples"][name]["value"], "Verification") == []


def test_examples_show_one_of_each_verdict() -> None:
    verdicts = {name: one["value"]["verdict"] for name, one in ANSWER["examples"].items()}

    assert verdicts == {
        "verified": "verified",
        "altered": "not verified",
        "nothing": "not verified",
    }


def test_example_of_a_question_fits() -> None:
    asked = CALL["requestBody"]["content"]["application/json"]["examples"]["link"]["value"]

    assert faults(asked, "Question") == []
    assert faults({}, "Question") != []


@pytest.mark.parametrize(
    "data",
    [
        signed(),
        signed(replace(CONTENT, valid_until=TODAY)),
        record(),
        b"{}",
        b"",
        b'{"@context": 5}',
    ],
    ids=range(6),
)
def test_answer_of_the_library_fits(data: bytes) -> None:
    report = verify(data, as_of=TODAY, ports=HOME)
    answer = Verification(report=report, checked_at=TODAY, source="a test").to_json()

    assert faults(answer, "Verification") == []


@pytest.mark.django_db
def test_answer_of_the_address_fits_and_so_does_a_refusal(client: Client) -> None:
    content: Any = CALL["requestBody"]["content"]["application/vc+ld+json"]
    sample = json.dumps(content["examples"]["badge"]["value"])

    answer = client.post("/lc/api/verify", sample, content_type="application/vc+ld+json").json()
    refused = client.get("/lc/api/verify").json()

    assert (faults(answer, "Verification"), faults(refused, "Problem")) == ([], [])
    assert answer["findings"][3]["code"] == "signed"


def test_document_is_served_to_any_site(client: Client, db: None) -> None:
    answer = client.get("/lc/api/openapi.json")

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.json()["paths"] == MADE["paths"]
