"""The identifiers of the framework's items: computed from their codes, the same everywhere.

The rule is decision record 0002; it is tested literally and never changes.
"""

from __future__ import annotations

from uuid import UUID, uuid5

from course_content.catalog import (
    NAMESPACE,
    Competency,
    Domain,
    Framework,
    Indicator,
    SubItem,
    UnknownItem,
)

#: The name under which the whole framework has its identifier.
FRAMEWORK = "framework"

Item = Framework | Domain | Competency | Indicator | SubItem


def item_uuid(name: str) -> UUID:
    """UUIDv5 of a code ("I", "I.1", "I.1.a", "I.1.c.i") or of "framework"."""
    return uuid5(NAMESPACE, name)


def rubric_uuid(competency: str, version: str) -> UUID:
    """The rubric of one version of a module: other words, other identifier."""
    return uuid5(NAMESPACE, f"rubric {competency} {version}")


def row_uuid(indicator: str, version: str) -> UUID:
    """The row of one indicator in that version's rubric."""
    return uuid5(NAMESPACE, f"rubric {indicator} {version}")


def level_uuid(row: UUID, number: int) -> UUID:
    """One level of a row; the row's own identifier is the namespace."""
    return uuid5(row, str(number))


def find(framework: Framework, uuid: UUID) -> Item:
    """What the framework calls by that identifier; raises UnknownItem."""
    for item in items(framework):
        if item.uuid == uuid:
            return item
    raise UnknownItem(f"the framework has no item {uuid}")


def items(framework: Framework) -> tuple[Item, ...]:
    """The framework and everything in it, parents before children."""
    found: list[Item] = [framework]
    for domain in framework.domains:
        found.append(domain)
        for competency in domain.competencies:
            found.append(competency)
            for indicator in competency.indicators:
                found.append(indicator)
                found.extend(indicator.sub_items)
    return tuple(found)
