"""Our JSON Schemas: what we make keeps to them, and they say what `shape` checks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft201909Validator

from credentials.openbadges import (
    IssuerProfile,
    StatusList,
    clr_document,
    credential_document,
    status_list_document,
)
from credentials.openbadges.documents.endorsement import EndorsementContent, endorsement_document
from credentials.openbadges.older.documents import assertion_document
from credentials.openbadges.schemas import NAMES, schema_bytes
from credentials.openbadges.shape import faults
from tests.credentials.openbadges.fuller import FULL, SCORED
from tests.credentials.openbadges.issued import AWARDED, BASE, CONTENT, ISSUER, LIST, signed
from tests.credentials.openbadges.recorded import RECORD, record

Path = tuple[str | int, ...]

FULL_DOCUMENT = credential_document(FULL)
BADGE = credential_document(SCORED)
CLR = clr_document(RECORD)
STATUS = status_list_document(LIST, ISSUER, StatusList.empty(), AWARDED)
ASSERTION = assertion_document(
    FULL, assertion_id=f"{BASE}/lc/ob2/33", badge_class_id=f"{BASE}/lc/ob2/classes/22"
)
ENDORSEMENT = endorsement_document(
    EndorsementContent(
        id="urn:uuid:0a1b",
        name="A district vouches for it",
        issuer=IssuerProfile(id="did:web:district.example", name="District"),
        endorsed_id=f"{BASE}/lc/achievements/22",
        comment="Counts for us.",
        valid_from=AWARDED,
    )
)


@cache
def _validator(name: str) -> Draft201909Validator:
    return Draft201909Validator(json.loads(schema_bytes(name)))


def _accepts(name: str, document: Any) -> bool:
    return bool(_validator(name).is_valid(document))


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_one_and_has_the_name_it_is_served_under(name: str) -> None:
    schema = json.loads(schema_bytes(name))

    Draft201909Validator.check_schema(schema)
    assert schema["$id"] == f"{name}.json"
    assert schema["$schema"] == "https://json-schema.org/draft/2019-09/schema"


def test_parts_of_the_same_name_are_the_same_in_every_schema() -> None:
    parts = [part for name in NAMES for part in json.loads(schema_bytes(name))["$defs"].items()]

    assert [name for name, part in parts if part != dict(parts)[name]] == []


@pytest.mark.parametrize("name", ["Profile", "../OpenBadgeCredential", "OpenBadgeCredential.json"])
def test_other_names_have_no_schema(name: str) -> None:
    with pytest.raises(KeyError):
        schema_bytes(name)


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("OpenBadgeCredential", credential_document(CONTENT)),
        ("OpenBadgeCredential", FULL_DOCUMENT),
        ("OpenBadgeCredential", BADGE),
        ("OpenBadgeCredential", json.loads(signed(FULL))),
        ("ClrCredential", CLR),
        ("ClrCredential", json.loads(record())),
        ("BitstringStatusListCredential", STATUS),
        ("EndorsementCredential", ENDORSEMENT),
        ("OpenBadges2Assertion", ASSERTION),
        (
            "OpenBadges2Assertion",
            assertion_document(
                CONTENT,
                assertion_id=f"{BASE}/lc/ob2/33",
                badge_class_id=f"{BASE}/lc/ob2/classes/22",
                key_id=f"{BASE}/lc/ob2/keys/1",
            ),
        ),
    ],
)
def test_what_we_make_keeps_to_its_schema_and_to_no_other(
    name: str, document: dict[str, Any]
) -> None:
    assert [other for other in NAMES if _accepts(other, document)] == [name]


ACHIEVEMENT = ("credentialSubject", "achievement")
DESCRIPTION = (*ACHIEVEMENT, "resultDescription", 0)


@pytest.mark.parametrize(
    ("name", "document", "path"),
    [
        *(
            ("OpenBadgeCredential", BADGE, (part,))
            for part in (
                "@context",
                "id",
                "type",
                "issuer",
                "validFrom",
                "credentialSubject",
            )
        ),
        *(
            ("OpenBadgeCredential", BADGE, path)
            for path in (
                ("@context", 0),
                ("@context", 1),
                ("type", 0),
                ("type", 1),
                ("issuer", "id"),
                ("issuer", "type"),
                ("credentialSubject", "id"),
                ("credentialSubject", "type"),
                ACHIEVEMENT,
                *(
                    (*ACHIEVEMENT, part)
                    for part in ("id", "type", "name", "description", "criteria")
                ),
                (*ACHIEVEMENT, "criteria", "narrative"),
                *(
                    (*ACHIEVEMENT, "alignment", 0, part)
                    for part in ("type", "targetName", "targetUrl")
                ),
                *((*DESCRIPTION, part) for part in ("id", "type", "name", "resultType")),
                *(
                    (*DESCRIPTION, "rubricCriterionLevel", 0, part)
                    for part in ("id", "type", "name")
                ),
                ("credentialSubject", "result", 0, "type"),
                ("evidence", 0, "type"),
                ("credentialStatus", "type"),
            )
        ),
        *(
            ("OpenBadgeCredential", FULL_DOCUMENT, path)
            for path in (
                *((*ACHIEVEMENT, "related", 0, part) for part in ("id", "type")),
                *(("credentialSubject", "source", part) for part in ("id", "type")),
                *(
                    ("credentialSubject", "identifier", 0, part)
                    for part in (
                        "type",
                        "identityHash",
                        "identityType",
                    )
                ),
            )
        ),
        *(
            ("ClrCredential", CLR, path)
            for path in (
                ("name",),
                ("@context", 1),
                ("@context", 2),
                ("type", 1),
                ("credentialSubject", "id"),
                ("credentialSubject", "type"),
                ("credentialSubject", "verifiableCredential"),
                ("credentialSubject", "verifiableCredential", 0, "type"),
                *(
                    ("credentialSubject", "association", 0, part)
                    for part in (
                        "type",
                        "associationType",
                        "sourceId",
                        "targetId",
                    )
                ),
            )
        ),
        *(
            ("EndorsementCredential", ENDORSEMENT, path)
            for path in (
                ("name",),
                ("issuer",),
                ("type", 1),
                ("credentialSubject", "id"),
                ("credentialSubject", "type"),
            )
        ),
        *(
            ("BitstringStatusListCredential", STATUS, path)
            for path in (
                ("id",),
                ("type", 1),
                ("issuer",),
                ("validFrom",),
                *(("credentialSubject", part) for part in ("type", "statusPurpose", "encodedList")),
            )
        ),
        *(
            ("OpenBadges2Assertion", ASSERTION, path)
            for path in (
                *(
                    (part,)
                    for part in (
                        "@context",
                        "id",
                        "type",
                        "recipient",
                        "badge",
                        "verification",
                        "issuedOn",
                    )
                ),
                ("recipient", "type"),
                ("recipient", "identity"),
                ("verification", "type"),
            )
        ),
    ],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) else "",
)
def test_schema_refuses_what_lacks_a_part(name: str, document: dict[str, Any], path: Path) -> None:
    assert not _accepts(name, _without(document, path))


def _place(document: Any, path: Path) -> Any:
    for step in path[:-1]:
        document = document[step]
    return document


def _without(document: Any, path: Path) -> Any:
    changed = deepcopy(document)
    del _place(changed, path)[path[-1]]
    return changed


def _with(document: Any, path: Path, value: Any) -> Any:
    changed = deepcopy(document)
    _place(changed, path)[path[-1]] = value
    return changed


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every place in a document, deepest last."""
    for step, member in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, step)
        if isinstance(member, dict | list):
            yield from _paths(member, (*path, step))


ODD = [
    None,
    True,
    7,
    0.5,
    "",
    "  ",
    "a b",
    "urn:x",
    "urn:x y",
    "ext:Own",
    "2026-02-01T00:00:00Z",
    "2026-13-01T00:00:00Z",
    [],
    {},
    [[]],
    [{}],
    ["Profile"],
    {"@value": "words"},
    {"@value": " "},
    {"id": "urn:x"},
    {"type": "Profile", "id": "urn:x"},
    "https://www.w3.org/2018/credentials/v1",
]


def _agree(name: str, document: Any) -> bool:
    return (faults(document) == []) == _accepts(name, document)


SMALL_CLR = {
    **CLR,
    "credentialSubject": {
        **CLR["credentialSubject"],
        "verifiableCredential": [{"type": ["VerifiableCredential"]}],
        "achievement": [FULL_DOCUMENT["credentialSubject"]["achievement"]],
    },
}
ONE_SCORE = credential_document(replace(SCORED, results=SCORED.results[:1]))
DOCUMENTS = [
    ("OpenBadgeCredential", FULL_DOCUMENT),
    ("OpenBadgeCredential", ONE_SCORE),
    ("ClrCredential", SMALL_CLR),
    ("EndorsementCredential", ENDORSEMENT),
]


@pytest.mark.parametrize(
    ("name", "document"), DOCUMENTS, ids=["full", "scored", "record", "endorsement"]
)
def test_shape_and_schema_agree_on_what_lacks_any_part(name: str, document: Any) -> None:
    differ = [p for p in _paths(document) if not _agree(name, _without(document, p))]

    assert differ == []


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_shape_and_schema_agree_on_documents_with_odd_parts(data: st.DataObject) -> None:
    name, document = data.draw(st.sampled_from(DOCUMENTS))
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(list(_paths(document))))
        document = _with(document, path, data.draw(st.sampled_from(ODD)))

    assert _agree(name, document)
