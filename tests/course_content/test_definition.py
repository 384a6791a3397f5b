"""The snapshot that a submission pins: exact, whole, and independent of the database."""

from __future__ import annotations

import dataclasses
import json

import pytest

from course_content.loading import (
    BadDefinition,
    definition_digest,
    load,
    module_definition,
    module_from_definition,
    public_definition,
)


def test_definition_comes_back_as_the_same_module() -> None:
    for module in load().modules.values():
        stored = json.dumps(module_definition(module))

        assert module_from_definition(json.loads(stored)) == module


def test_definition_survives_a_database_that_reorders_keys_and_widens_numbers() -> None:
    module = load().module("I.1")
    stored = json.loads(json.dumps(module_definition(module), sort_keys=True))
    stored["hours"] = float(stored["hours"])
    stored["weeks"] = float(stored["weeks"])

    assert module_from_definition(stored) == module


def test_digest_is_that_of_the_definition() -> None:
    module = load().module("I.1")

    assert module.digest == definition_digest(module_definition(module))
    assert len(module.digest) == 64


def test_one_changed_word_changes_the_digest() -> None:
    module = load().module("I.1")
    changed = module_definition(dataclasses.replace(module, tagline=module.tagline + "!"))

    assert module_from_definition(changed).digest != module.digest


def test_public_definition_has_everything_but_the_exemplars() -> None:
    module = load().module("I.1")

    assert set(module_definition(module)) - set(public_definition(module)) == {"exemplars"}
    assert module.exemplars[0].excerpt not in json.dumps(public_definition(module))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": 99}, "format 99"),
        ({"hours": "twelve"}, r"module\.hours cannot be 'twelve'"),
        ({"pages": "none"}, r"module\.pages must be a list"),
        ({"rubric": []}, r"module\.rubric must have named parts"),
        ({"surprise": 1}, "unknown parts"),
        ({"connections": [["I.2"]]}, "must have 2 entries"),
    ],
)
def test_foreign_definition_is_a_named_error(change: dict, message: str) -> None:
    definition = {**module_definition(load().module("I.1")), **change}

    with pytest.raises(BadDefinition, match=message):
        module_from_definition(definition)


def test_incomplete_definition_is_a_named_error() -> None:
    definition = module_definition(load().module("I.1"))
    del definition["rubric"]

    with pytest.raises(BadDefinition, match="module is not complete"):
        module_from_definition(definition)
