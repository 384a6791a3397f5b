"""What the CASE 1.1 REST binding answers for each kind of object, as values."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from course_content.catalog import Framework, Module
from course_content.exports.case import Json, case_item, case_package

#: Kinds that are answered as the object itself, and the field by which it is known.
SINGLE = {
    "CFDocuments": "caseVersion",
    "CFItems": "fullStatement",
    "CFAssociations": "associationType",
    "CFRubrics": "CFRubricCriteria",
    "CFLicenses": "licenseText",
}


def case_documents(framework: Framework, base_url: str) -> Json:
    """getAllCFDocuments: the one document there is."""
    return {"CFDocuments": [case_item(framework, base_url, framework.uuid)]}


def case_answer(
    framework: Framework,
    base_url: str,
    kind: str,
    identifier: UUID | str,
    modules: Iterable[Module] = (),
) -> Json | None:
    """The answer to GET /ims/case/v1p1/<kind>/<identifier>; None is "not found" (404).

    `kind` is one of CFDocuments, CFPackages, CFItems, CFItemAssociations, CFAssociations,
    CFRubrics, CFItemTypes, CFLicenses. Kinds the framework has no objects of (CFSubjects,
    CFConcepts, CFAssociationGroupings) are never found.
    """
    modules = tuple(modules)
    if kind == "CFPackages":
        same = str(identifier) == str(framework.uuid)
        return case_package(framework, base_url, modules) if same else None
    found = case_item(framework, base_url, identifier, modules)
    if found is None:
        return None
    if kind == "CFItemAssociations" and "fullStatement" in found:
        return _item_associations(framework, base_url, found)
    if kind == "CFItemTypes" and "hierarchyCode" in found:
        return {"CFItemTypes": [found]}
    return found if SINGLE.get(kind) in found else None


def _item_associations(framework: Framework, base_url: str, item: Json) -> Json:
    """The item and every association it is an end of."""
    ends = ("originNodeURI", "destinationNodeURI")
    associations = case_package(framework, base_url)["CFAssociations"]
    return {
        "CFItem": item,
        "CFAssociations": [
            association
            for association in associations
            if any(association[end]["identifier"] == item["identifier"] for end in ends)
        ],
    }
