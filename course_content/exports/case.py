"""The framework and its rubrics as CASE 1.1 objects (1EdTech Competencies and Academic Standards).

`item_uri` is the one place where the address of an item is spelled: badge alignments use it too,
so that what a badge points at is byte for byte what the item says of itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from course_content.catalog import (
    Competency,
    Domain,
    Framework,
    Indicator,
    Module,
    RubricRow,
    SubItem,
)
from course_content.loading.identifiers import Item, item_uuid, level_uuid

CASE_VERSION = "1.1"
LANGUAGE = "en"

Json = dict[str, Any]

#: The kinds of items: (title, description, hierarchy code), top first.
ITEM_TYPES = {
    Domain: ("Domain", "One of the four domains of the framework.", "1"),
    Competency: ("Competency", "Something that successful leaders do; one module each.", "2"),
    Indicator: ("Indicator", "A statement that evidence is scored against.", "3"),
    SubItem: ("Sub-item", "A numbered part of an indicator's statement.", "4"),
}


def item_uri(base_url: str, uuid: UUID | str) -> str:
    """The address of any object of the package in the installation at `base_url` (no slash)."""
    return f"{base_url}/lc/uri/{uuid}"


def package_uri(base_url: str, uuid: UUID | str) -> str:
    """The address of the whole package (CASE 1.1 REST binding, getCFPackage)."""
    return f"{base_url}/ims/case/v1p1/CFPackages/{uuid}"


def case_package(framework: Framework, base_url: str, modules: Iterable[Module] = ()) -> Json:
    """The CFPackage: document, items, isChildOf associations, definitions, rubrics of the modules.

    Items are in the order of the framework, rubrics in the order given. Hierarchy is only in the
    associations: the child is the origin, the parent the destination (CASE 1.1, 5.1).
    """
    parents = list(_parents(framework))
    return {
        "CFDocument": _document(framework, base_url),
        "CFItems": [_item(framework, item, base_url) for item, _parent, _number in parents],
        "CFAssociations": [
            _association(framework, item, parent, number, base_url)
            for item, parent, number in parents
        ],
        "CFDefinitions": {
            "CFItemTypes": [_item_type(framework, kind, base_url) for kind in ITEM_TYPES],
            "CFLicenses": [_license(framework, base_url)],
        },
        "CFRubrics": [_rubric(framework, module, base_url) for module in modules],
    }


def case_item(
    framework: Framework, base_url: str, uuid: UUID | str, modules: Iterable[Module] = ()
) -> Json | None:
    """The one object of the package with that identifier, as it stands alone; None if unknown.

    Standing alone, a CFDocument also names its package and a CFItem its document.
    """
    package = case_package(framework, base_url, modules)
    for found in objects(package):
        if found["identifier"] == str(uuid):
            return {**found, **_when_alone(package, found, base_url)}
    return None


def objects(package: Json) -> Iterator[Json]:
    """Every object of the package that has an identifier of its own."""
    yield package["CFDocument"]
    yield from package["CFItems"]
    yield from package["CFAssociations"]
    for definitions in package["CFDefinitions"].values():
        yield from definitions
    for rubric in package["CFRubrics"]:
        yield rubric
        for criterion in rubric["CFRubricCriteria"]:
            yield criterion
            yield from criterion["CFRubricCriterionLevels"]


def _when_alone(package: Json, found: Json, base_url: str) -> Json:
    document = package["CFDocument"]
    link = {"title": document["title"], "identifier": document["identifier"]}
    if found is document:
        return {"CFPackageURI": {**link, "uri": package_uri(base_url, document["identifier"])}}
    if "fullStatement" in found:
        return {"CFDocumentURI": {**link, "uri": document["uri"]}}
    return {}


def _parents(framework: Framework) -> Iterator[tuple[Item, Item, int]]:
    """(item, parent, position among its siblings), parents before children."""
    for number, domain in enumerate(framework.domains, start=1):
        yield domain, framework, number
        for number, competency in enumerate(domain.competencies, start=1):
            yield competency, domain, number
            for number, indicator in enumerate(competency.indicators, start=1):
                yield indicator, competency, number
                for number, part in enumerate(indicator.sub_items, start=1):
                    yield part, indicator, number


def _identified(uuid: UUID, base_url: str, changed: str) -> Json:
    return {
        "identifier": str(uuid),
        "uri": item_uri(base_url, uuid),
        "lastChangeDateTime": changed,
    }


def _document(framework: Framework, base_url: str) -> Json:
    return {
        **_identified(framework.uuid, base_url, framework.modified),
        "creator": framework.creator,
        "title": framework.title,
        "caseVersion": CASE_VERSION,
        "language": LANGUAGE,
        "notes": " ".join((framework.citation, framework.copyright + ".", *framework.changes)),
        "licenseURI": _link(framework.licence_name, _license_uuid(framework), base_url),
    }


def _link(title: str, uuid: UUID, base_url: str) -> Json:
    """A LinkURI."""
    return {"title": title, "identifier": str(uuid), "uri": item_uri(base_url, uuid)}


def _node(item: Item, base_url: str) -> Json:
    """A LinkGenURI: the end of an association."""
    return {**_link(_name(item), item.uuid, base_url), "targetType": "CASE"}


def _name(item: Item) -> str:
    return item.title if isinstance(item, Framework) else item.code


def _item(framework: Framework, item: Item, base_url: str) -> Json:
    kind = ITEM_TYPES[type(item)][0]
    return {
        **_identified(item.uuid, base_url, framework.modified),
        **_statement(item),
        "humanCodingScheme": _name(item),
        "CFItemType": kind,
        "CFItemTypeURI": _link(kind, _type_uuid(kind), base_url),
        "language": LANGUAGE,
        "licenseURI": _link(framework.licence_name, _license_uuid(framework), base_url),
    }


def _statement(item: Item) -> Json:
    match item:
        case Domain():
            return {
                "fullStatement": item.name,
                "abbreviatedStatement": item.short_name,
                "notes": item.description,
            }
        case Competency(statement_is_official=False):
            return {
                "fullStatement": item.statement,
                "abbreviatedStatement": item.title,
                "notes": "Not official: our source lacks the published statement; it is ours.",
            }
        case Competency() | Indicator():
            return {"fullStatement": item.statement, "abbreviatedStatement": item.title}
        case SubItem():
            return {"fullStatement": item.statement, "listEnumeration": item.label}
    raise TypeError(f"{type(item).__name__} is not an item of the package")


def _association(
    framework: Framework, item: Item, parent: Item, number: int, base_url: str
) -> Json:
    uuid = item_uuid(f"{_name(item)} isChildOf {_name(parent)}")
    return {
        **_identified(uuid, base_url, framework.modified),
        "associationType": "isChildOf",
        "sequenceNumber": number,
        "originNodeURI": _node(item, base_url),
        "destinationNodeURI": _node(parent, base_url),
    }


def _type_uuid(title: str) -> UUID:
    return item_uuid(f"item type {title}")


def _item_type(framework: Framework, kind: type, base_url: str) -> Json:
    title, description, code = ITEM_TYPES[kind]
    return {
        **_identified(_type_uuid(title), base_url, framework.modified),
        "title": title,
        "description": description,
        "hierarchyCode": code,
    }


def _license_uuid(framework: Framework) -> UUID:
    return item_uuid(f"license {framework.licence_url}")


def _license(framework: Framework, base_url: str) -> Json:
    return {
        **_identified(_license_uuid(framework), base_url, framework.modified),
        "title": framework.licence_name,
        "licenseText": framework.licence_url,
    }


def _rubric(framework: Framework, module: Module, base_url: str) -> Json:
    rubric = module.rubric
    criteria = [
        _criterion(framework, module, row, number, base_url)
        for number, row in enumerate(rubric.rows, start=1)
    ]
    return {
        **_identified(rubric.uuid, base_url, module.modified),
        "title": f"{module.competency.code} {module.title}",
        "description": module.competency.statement,
        "CFRubricCriteria": criteria,
    }


def _criterion(
    framework: Framework, module: Module, row: RubricRow, number: int, base_url: str
) -> Json:
    indicator = module.competency.indicator(row.indicator)
    return {
        **_identified(row.uuid, base_url, module.modified),
        "description": row.compound,
        "CFItemURI": _link(indicator.code, indicator.uuid, base_url),
        "weight": 1,
        "position": number,
        "CFRubricCriterionLevels": [
            {
                **_identified(level_uuid(row.uuid, level.number), base_url, module.modified),
                "description": level.descriptor,
                "quality": level.name,
                "score": level.number,
                "position": level.number,
            }
            for level in row.levels
        ],
    }
