"""The CASE 1.1 service: every object of the package under its operation, refusals as imsx."""

from __future__ import annotations

import pytest
from django.test import Client

BASE = "/ims/case/v1p1"
DOCUMENT = "95c7c140-e8fc-59e7-ac08-83cc50e2f52c"
INDICATOR = "8f2985d9-868c-51d9-94f4-818ea5594a9d"  # I.1.c, with three sub-items

pytestmark = pytest.mark.django_db


def package(client: Client) -> dict[str, object]:
    """The whole package as served."""
    found: dict[str, object] = client.get(f"{BASE}/CFPackages/{DOCUMENT}").json()
    return found


def test_documents_lists_the_framework(client: Client) -> None:
    answer = client.get(f"{BASE}/CFDocuments")

    assert [one["identifier"] for one in answer.json()["CFDocuments"]] == [DOCUMENT]
    assert answer["X-Total-Count"] == "1"
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_documents_beyond_the_offset_are_none(client: Client) -> None:
    assert client.get(f"{BASE}/CFDocuments?offset=1").json() == {"CFDocuments": []}


def test_document_alone_names_its_package(client: Client) -> None:
    document = client.get(f"{BASE}/CFDocuments/{DOCUMENT}").json()

    uri = document["CFPackageURI"]["uri"]
    assert uri == f"http://localhost:8000{BASE}/CFPackages/{DOCUMENT}"


def test_package_has_the_whole_framework(client: Client) -> None:
    found = package(client)

    counts = {name: len(found[name]) for name in ("CFItems", "CFAssociations")}  # type: ignore[arg-type]  # JSON lists
    assert counts == {"CFItems": 169, "CFAssociations": 169}


@pytest.mark.parametrize("kind", ["CFItems", "CFAssociations", "CFRubrics"])
def test_every_object_of_the_package_is_served_alone(client: Client, kind: str) -> None:
    found = package(client)[kind][:5]  # type: ignore[index]  # a JSON list

    served = [client.get(f"{BASE}/{kind}/{one['identifier']}").json() for one in found]

    assert [one["uri"] for one in served] == [one["uri"] for one in found]


def test_item_type_is_answered_as_a_set(client: Client) -> None:
    kind = package(client)["CFDefinitions"]["CFItemTypes"][0]  # type: ignore[index]  # JSON

    answer = client.get(f"{BASE}/CFItemTypes/{kind['identifier']}").json()

    assert [one["title"] for one in answer["CFItemTypes"]] == [kind["title"]]


def test_licence_is_answered(client: Client) -> None:
    licence = package(client)["CFDefinitions"]["CFLicenses"][0]  # type: ignore[index]  # JSON

    assert client.get(f"{BASE}/CFLicenses/{licence['identifier']}").json() == licence


def test_item_associations_hold_parent_and_parts(client: Client) -> None:
    answer = client.get(f"{BASE}/CFItemAssociations/{INDICATOR}").json()

    ends = [
        (one["originNodeURI"]["title"], one["destinationNodeURI"]["title"])
        for one in answer["CFAssociations"]
    ]
    assert answer["CFItem"]["identifier"] == INDICATOR
    assert ends == [
        ("I.1.c", "I.1"),
        ("I.1.c.i", "I.1.c"),
        ("I.1.c.ii", "I.1.c"),
        ("I.1.c.iii", "I.1.c"),
    ]


@pytest.mark.parametrize(
    "path",
    [
        "CFItems/11111111-2222-4333-8444-555555555555",
        f"CFItems/{DOCUMENT}",
        f"CFPackages/{INDICATOR}",
        "CFItems/not-a-uuid",
        "CFSubjects/11111111-2222-4333-8444-555555555555",
        "CFConcepts/11111111-2222-4333-8444-555555555555",
        "CFAssociationGroupings/11111111-2222-4333-8444-555555555555",
        "CFNonsense/11111111-2222-4333-8444-555555555555",
        f"CFItemAssociations/{DOCUMENT}",
    ],
)
def test_unknown_object_is_refused_as_the_standard_asks(client: Client, path: str) -> None:
    answer = client.get(f"{BASE}/{path}")

    status = answer.json()
    assert answer.status_code == 404
    assert (status["imsx_codeMajor"], status["imsx_severity"]) == ("failure", "error")
    assert status["imsx_codeMinor"]["imsx_codeMinorField"] == [
        {"imsx_codeMinorFieldName": "sourcedId", "imsx_codeMinorFieldValue": "unknownobject"}
    ]


def test_selection_that_makes_no_sense_is_refused(client: Client) -> None:
    answer = client.get(f"{BASE}/CFDocuments?limit=many")

    field = answer.json()["imsx_codeMinor"]["imsx_codeMinorField"][0]
    assert answer.status_code == 400
    assert field["imsx_codeMinorFieldValue"] == "invalid_selection_field"
