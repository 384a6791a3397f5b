"""The CASE 1.1 package against the field tables of the standard."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

import pytest

from course_content.exports.case import case_item, case_package, item_uri, objects, package_uri
from course_content.exports.case_service import case_answer, case_documents
from course_content.loading import load

BASE = "https://lead.example"

DATED = {"identifier", "uri", "lastChangeDateTime"}
LINK = {"title", "identifier", "uri"}
#: What CASE 1.1 requires of each object inside a package, and what it may have besides.
REQUIRED = {
    "CFDocument": DATED | {"creator", "title"},
    "CFItem": DATED | {"fullStatement"},
    "CFAssociation": DATED | {"associationType", "originNodeURI", "destinationNodeURI"},
    "CFItemType": DATED | {"title", "description", "hierarchyCode"},
    "CFLicense": DATED | {"title", "licenseText"},
    "CFRubric": DATED,
    "CFRubricCriterion": DATED,
    "CFRubricCriterionLevel": DATED,
}
OPTIONAL = {
    "CFDocument": {"caseVersion", "language", "notes", "licenseURI"},
    "CFItem": {
        "abbreviatedStatement",
        "humanCodingScheme",
        "listEnumeration",
        "notes",
        "CFItemType",
        "CFItemTypeURI",
        "language",
        "licenseURI",
    },
    "CFAssociation": {"sequenceNumber"},
    "CFItemType": set(),
    "CFLicense": set(),
    "CFRubric": {"title", "description", "CFRubricCriteria"},
    "CFRubricCriterion": {
        "description",
        "CFItemURI",
        "weight",
        "position",
        "CFRubricCriterionLevels",
    },
    "CFRubricCriterionLevel": {"description", "quality", "score", "position"},
}


def the_package() -> dict:
    catalog = load()
    return case_package(catalog.framework, BASE, catalog.modules.values())


def by_kind(package: dict) -> dict[str, list[dict]]:
    criteria = [c for r in package["CFRubrics"] for c in r["CFRubricCriteria"]]
    return {
        "CFDocument": [package["CFDocument"]],
        "CFItem": package["CFItems"],
        "CFAssociation": package["CFAssociations"],
        "CFItemType": package["CFDefinitions"]["CFItemTypes"],
        "CFLicense": package["CFDefinitions"]["CFLicenses"],
        "CFRubric": package["CFRubrics"],
        "CFRubricCriterion": criteria,
        "CFRubricCriterionLevel": [x for c in criteria for x in c["CFRubricCriterionLevels"]],
    }


@pytest.mark.parametrize("kind", REQUIRED)
def test_every_object_has_its_required_fields_and_only_known_ones(kind: str) -> None:
    found = by_kind(the_package())[kind]

    assert found
    for thing in found:
        assert REQUIRED[kind] <= set(thing) <= REQUIRED[kind] | OPTIONAL[kind]
        assert all(value not in (None, "") for value in thing.values())


def test_links_have_title_identifier_and_address() -> None:
    package = the_package()
    links = [item["CFItemTypeURI"] for item in package["CFItems"]]
    links += [item["licenseURI"] for item in package["CFItems"]]
    ends = [a[end] for a in package["CFAssociations"] for end in ("originNodeURI",)]
    ends += [a["destinationNodeURI"] for a in package["CFAssociations"]]

    assert all(set(link) == LINK for link in links)
    assert all(set(end) == LINK | {"targetType"} for end in ends)
    assert {end["targetType"] for end in ends} == {"CASE"}


def test_identifiers_are_uuids_and_given_once() -> None:
    identifiers = [found["identifier"] for found in objects(the_package())]

    assert [str(UUID(identifier)) for identifier in identifiers] == identifiers
    assert len(set(identifiers)) == len(identifiers)


def test_every_address_is_the_one_of_its_identifier() -> None:
    package = the_package()

    assert all(found["uri"] == item_uri(BASE, found["identifier"]) for found in objects(package))
    assert item_uri(BASE, "x") == "https://lead.example/lc/uri/x"


def test_every_link_leads_to_an_object_of_the_package() -> None:
    package = the_package()
    known = {found["identifier"]: found["uri"] for found in objects(package)}
    links = [i["CFItemTypeURI"] for i in package["CFItems"]]
    links += [i["licenseURI"] for i in [package["CFDocument"], *package["CFItems"]]]
    links += [a["originNodeURI"] for a in package["CFAssociations"]]
    links += [a["destinationNodeURI"] for a in package["CFAssociations"]]
    links += [c["CFItemURI"] for c in by_kind(package)["CFRubricCriterion"]]

    assert all(known[link["identifier"]] == link["uri"] for link in links)


def test_each_item_has_one_parent_and_the_top_is_the_document() -> None:
    package = the_package()
    parents = Counter(a["originNodeURI"]["identifier"] for a in package["CFAssociations"])
    tops = [
        a["originNodeURI"]["title"]
        for a in package["CFAssociations"]
        if a["destinationNodeURI"]["identifier"] == package["CFDocument"]["identifier"]
    ]

    assert parents == Counter(item["identifier"] for item in package["CFItems"])
    assert {a["associationType"] for a in package["CFAssociations"]} == {"isChildOf"}
    assert tops == ["I", "II", "III", "IV"]


def test_counts_are_those_of_the_framework() -> None:
    package = the_package()

    assert Counter(item["CFItemType"] for item in package["CFItems"]) == {
        "Domain": 4,
        "Competency": 21,
        "Indicator": 108,
        "Sub-item": 36,
    }
    assert package["CFDocument"]["caseVersion"] == "1.1"


def test_rubric_levels_rise_and_stand_under_their_indicator() -> None:
    (rubric,) = (r for r in the_package()["CFRubrics"] if r["title"].startswith("I.1 "))

    assert [c["CFItemURI"]["title"] for c in rubric["CFRubricCriteria"]] == [
        "I.1.a",
        "I.1.b",
        "I.1.c",
    ]
    for criterion in rubric["CFRubricCriteria"]:
        assert [x["score"] for x in criterion["CFRubricCriterionLevels"]] == [1, 2, 3, 4]


def test_every_identifier_is_found_alone() -> None:
    catalog = load()
    modules = tuple(catalog.modules.values())
    some = list(objects(the_package()))[::25] + list(objects(the_package()))[-3:]

    for found in some:
        alone = case_item(catalog.framework, BASE, found["identifier"], modules)
        assert alone is not None
        assert found.items() <= alone.items()


def test_alone_a_document_names_its_package_and_an_item_its_document() -> None:
    framework = load().framework
    indicator = framework.competency("I.1").indicator("I.1.a")

    document = case_item(framework, BASE, framework.uuid)
    item = case_item(framework, BASE, indicator.uuid)

    assert document is not None
    assert document["CFPackageURI"]["uri"] == package_uri(BASE, framework.uuid)
    assert item is not None
    assert item["CFDocumentURI"]["uri"] == document["uri"]
    assert item["fullStatement"] == indicator.statement


def test_unknown_identifier_is_none() -> None:
    assert case_item(load().framework, BASE, "11111111-2222-4333-8444-555555555555") is None


def test_statement_of_ours_says_that_it_is_not_official() -> None:
    framework = load().framework
    item = case_item(framework, BASE, framework.competency("II.4").uuid)

    assert item is not None
    assert item["notes"].startswith("Not official")


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("CFDocuments", "CFDocument"),
        ("CFItems", "CFItem"),
        ("CFAssociations", "CFAssociation"),
        ("CFRubrics", "CFRubric"),
        ("CFLicenses", "CFLicense"),
    ],
)
def test_service_answers_with_the_object(kind: str, name: str) -> None:
    catalog = load()
    found = by_kind(the_package())[name][0]

    answer = case_answer(
        catalog.framework, BASE, kind, found["identifier"], catalog.modules.values()
    )

    assert answer is not None
    assert found.items() <= answer.items()


def test_service_answers_collections_in_their_envelope() -> None:
    framework = load().framework
    domain = framework.domains[0]
    kind = the_package()["CFDefinitions"]["CFItemTypes"][0]

    package = case_answer(framework, BASE, "CFPackages", framework.uuid)
    related = case_answer(framework, BASE, "CFItemAssociations", domain.uuid)
    kinds = case_answer(framework, BASE, "CFItemTypes", kind["identifier"])

    assert package == case_package(framework, BASE)
    assert related is not None
    assert len(related["CFAssociations"]) == 1 + 5
    assert kinds == {"CFItemTypes": [kind]}
    assert len(case_documents(framework, BASE)["CFDocuments"]) == 1


@pytest.mark.parametrize("kind", ["CFItems", "CFPackages", "CFSubjects", "nonsense"])
def test_service_finds_nothing_of_another_kind(kind: str) -> None:
    framework = load().framework
    license_id = the_package()["CFDefinitions"]["CFLicenses"][0]["identifier"]

    assert case_answer(framework, BASE, kind, license_id) is None
