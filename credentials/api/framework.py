"""The items of the framework as a person reads them under their public addresses.

Nothing here asks who is asking: statements are public.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from course_content.catalog import (
    Competency,
    Domain,
    Framework,
    Indicator,
    SubItem,
    UnknownItem,
)
from course_content.exports.case import item_uri
from course_content.loading import load
from course_content.loading.identifiers import Item, find
from credentials.api.case import framework_object
from credentials.conf import conf

Json = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class ItemLink:
    """An item in a list of another one's page; `below` is filled for the framework's domains."""

    uuid: UUID
    code: str
    title: str
    statement: str
    domain: str  #: letter for the colour
    below: tuple[ItemLink, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ItemPage:
    """One item of the framework as a person reads it.

    kind: framework, domain, competency, indicator or sub-item; other objects of the package
    (associations, licences, rubric rows) have kind "" and only `facts`.
    """

    uuid: UUID
    uri: str
    kind: str
    code: str
    title: str
    statement: str
    official: bool  #: whether `statement` is quoted from the source
    domain: str  #: letter for the colour, empty above the domains
    above: tuple[ItemLink, ...]  #: from the framework down to the parent
    below: tuple[ItemLink, ...]
    parts: tuple[SubItem, ...]
    notes: str
    module: str  #: competency code whose module works on it, if there is one
    framework: Framework
    facts: tuple[tuple[str, str], ...] = ()


def framework_page(uuid: UUID) -> ItemPage:
    """What a person sees under an object's address; raises NotFound."""
    catalog = load()
    document = framework_object(uuid)
    try:
        item = find(catalog.framework, uuid)
    except UnknownItem:
        return _plain_page(catalog.framework, uuid, document)
    return _item_page(catalog.framework, item, frozenset(catalog.modules))


def _link(item: Item, domain: str = "", *, deep: bool = False) -> ItemLink:
    letter = str(item.letter) if isinstance(item, Domain) else domain
    return ItemLink(
        uuid=item.uuid,
        code="" if isinstance(item, Framework) else item.code,
        title=_title(item),
        statement=_statement(item),
        domain=letter,
        below=tuple(_link(child, letter) for child in _children(item)) if deep else (),
    )


def _title(item: Item) -> str:
    match item:
        case Domain():
            return item.name
        case SubItem():
            return item.statement
        case _:
            return item.title


def _item_page(framework: Framework, item: Item, modules: frozenset[str]) -> ItemPage:
    trail = _trail(framework, item)
    competency = next((above for above in trail if isinstance(above, Competency)), None)
    letter = next((str(above.letter) for above in trail if isinstance(above, Domain)), "")
    return ItemPage(
        uuid=item.uuid,
        uri=item_uri(conf().base_url, item.uuid),
        kind=_kind(item),
        code="" if isinstance(item, Framework) else item.code,
        title=_title(item),
        statement=_statement(item),
        official=not isinstance(item, Competency) or item.statement_is_official,
        domain=letter,
        above=tuple(_link(above) for above in trail[:-1]),
        below=tuple(
            _link(child, letter, deep=isinstance(item, Framework)) for child in _children(item)
        ),
        parts=item.sub_items if isinstance(item, Indicator) else (),
        notes=item.description if isinstance(item, Domain) else "",
        module=competency.code if competency and competency.code in modules else "",
        framework=framework,
    )


def _trail(framework: Framework, item: Item) -> tuple[Item, ...]:
    """The item and everything above it, the framework first."""
    if item == framework:
        return (framework,)
    for above in _trail_parents(framework):
        if item in _children(above) or (isinstance(above, Indicator) and item in above.sub_items):
            return (*_trail(framework, above), item)
    raise UnknownItem(f"nothing in the framework holds {item.uuid}")


def _trail_parents(framework: Framework) -> tuple[Item, ...]:
    return (framework, *framework.domains, *framework.competencies, *framework.indicators)


def _children(item: Item) -> tuple[Item, ...]:
    match item:
        case Framework():
            return item.domains
        case Domain():
            return item.competencies
        case Competency():
            return item.indicators
        case _:
            return ()


def _kind(item: Item) -> str:
    match item:
        case SubItem():
            return "sub-item"
        case _:
            return type(item).__name__.lower()


def _statement(item: Item) -> str:
    return "" if isinstance(item, Framework | Domain) else item.statement


def _plain_page(framework: Framework, uuid: UUID, document: Json) -> ItemPage:
    named = str(document.get("title") or document.get("description") or document["identifier"])
    facts = tuple(
        (name, value if isinstance(value, str) else value["title"])
        for name, value in document.items()
        if isinstance(value, str) or (isinstance(value, Mapping) and "title" in value)
    )
    return ItemPage(
        uuid=uuid,
        uri=document["uri"],
        kind="",
        code="",
        title=named,
        statement="",
        official=False,
        domain="",
        above=(_link(framework),),
        below=(),
        parts=(),
        notes="",
        module="",
        framework=framework,
        facts=facts,
    )
