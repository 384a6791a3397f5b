"""The framework as CASE 1.1 objects under this installation's base URL.

Nothing here asks who is asking: statements are public.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from course_content.exports.case import case_item, case_package, objects
from course_content.loading import load
from credentials.conf import conf
from credentials.errors import NotFound

Json = Mapping[str, Any]

#: The collections of CASE 1.1 that hold what we publish, by the name of their REST operation.
IN_PACKAGE = ("CFItems", "CFAssociations", "CFRubrics")
IN_DEFINITIONS = ("CFItemTypes", "CFLicenses")


def framework_package() -> Json:
    """The whole CFPackage."""
    return _package(conf().base_url)


def framework_object(identifier: UUID | str, *, collection: str = "") -> Json:
    """One object as it stands alone; raises NotFound, also for one of another collection."""
    base_url, wanted = conf().base_url, str(identifier).lower()
    found = _collections(base_url).get(wanted)
    if found is None or collection not in {"", found}:
        raise NotFound("No object of this framework has that identifier.")
    return _alone(base_url, wanted)


def framework_associations(identifier: UUID | str) -> tuple[Json, tuple[Json, ...]]:
    """An item and every association that begins or ends at it; raises NotFound."""
    item = framework_object(identifier, collection="CFItems")
    ends = ("originNodeURI", "destinationNodeURI")
    return item, tuple(
        association
        for association in framework_package()["CFAssociations"]
        if any(association[end]["identifier"] == item["identifier"] for end in ends)
    )


@cache
def _package(base_url: str) -> dict[str, Any]:
    catalog = load()
    return case_package(catalog.framework, base_url, catalog.modules.values())


@cache
def _collections(base_url: str) -> dict[str, str]:
    """Identifier -> the collection it is served in; parts of a rubric are in none of their own."""
    package = _package(base_url)
    served = {"CFDocuments": [package["CFDocument"]]}
    served |= {name: package[name] for name in IN_PACKAGE}
    served |= {name: package["CFDefinitions"][name] for name in IN_DEFINITIONS}
    where = {found["identifier"]: "part of a rubric" for found in objects(package)}
    where |= {found["identifier"]: name for name, every in served.items() for found in every}
    return where


@cache  # only identifiers that exist come here, so it stays as small as the framework
def _alone(base_url: str, identifier: str) -> Json:
    catalog = load()
    found = case_item(catalog.framework, base_url, identifier, catalog.modules.values())
    if found is None:
        raise NotFound("No object of this framework has that identifier.")
    return found
