"""framework.json as the frozen Framework; the file is made by `building`, never by hand."""

from __future__ import annotations

import json
from importlib.resources.abc import Traversable
from typing import Any

from course_content.catalog import (
    Competency,
    Domain,
    DomainLetter,
    EquityArea,
    Framework,
    Indicator,
    Neighbour,
    PriorityTheme,
    SubItem,
    Term,
    Theme,
    Work,
)
from course_content.loading.faults import FaultList, Place
from course_content.loading.identifiers import FRAMEWORK, item_uuid
from course_content.loading.nodes import read_text

PATH = "framework/framework.json"


def read_framework(root: Traversable, faults: FaultList) -> Framework | None:
    """The framework under that root; None (and a fault) if the file cannot be read."""
    text = read_text(root, PATH, faults)
    if text is None:
        return None
    try:
        return _framework(json.loads(text))
    except json.JSONDecodeError as error:
        faults.add(Place(PATH, error.lineno), f"not JSON: {error.msg}")
    except (KeyError, TypeError, ValueError) as error:
        faults.add(Place(PATH, 1), f"not made by course_content.loading.building: {error!r}")
    return None


def _framework(data: dict[str, Any]) -> Framework:
    return Framework(
        uuid=item_uuid(FRAMEWORK),
        title=data["title"],
        creator=data["creator"],
        copyright=data["copyright"],
        citation=data["citation"],
        licence_name=data["licence_name"],
        licence_url=data["licence_url"],
        changes=tuple(data["changes"]),
        modified=data["modified"],
        domains=tuple(_domain(domain) for domain in data["domains"]),
        glossary=tuple(Term(**term) for term in data["glossary"]),
        equity_areas=tuple(
            EquityArea(number=area["number"], name=area["name"], questions=tuple(area["questions"]))
            for area in data["equity_areas"]
        ),
        themes=tuple(Theme(**theme) for theme in data["themes"]),
        priority_themes=tuple(PriorityTheme(**theme) for theme in data["priority_themes"]),
        works=tuple(Work(**work) for work in data["works"]),
        neighbours=tuple(
            Neighbour(framework=entry["framework"], names=tuple(entry["names"]))
            for entry in data["neighbours"]
        ),
    )


def _domain(data: dict[str, Any]) -> Domain:
    return Domain(
        uuid=item_uuid(data["code"]),
        code=data["code"],
        letter=DomainLetter(data["letter"]),
        name=data["name"],
        short_name=data["short_name"],
        relation=data["relation"],
        description=data["description"],
        guiding_questions_stem=data["guiding_questions_stem"],
        guiding_questions=tuple(data["guiding_questions"]),
        competencies=tuple(_competency(competency) for competency in data["competencies"]),
    )


def _competency(data: dict[str, Any]) -> Competency:
    code: str = data["code"]
    return Competency(
        uuid=item_uuid(code),
        code=code,
        number=int(code.rpartition(".")[2]),
        title=data["title"],
        statement=data["statement"],
        statement_is_official=data["statement_is_official"],
        indicators=tuple(_indicator(indicator) for indicator in data["indicators"]),
    )


def _indicator(data: dict[str, Any]) -> Indicator:
    code: str = data["code"]
    return Indicator(
        uuid=item_uuid(code),
        code=code,
        letter=code.rpartition(".")[2],
        title=data["title"],
        statement=data["statement"],
        sub_items=tuple(
            SubItem(
                uuid=item_uuid(f"{code}.{item['label']}"),
                code=f"{code}.{item['label']}",
                label=item["label"],
                statement=item["statement"],
            )
            for item in data["sub_items"]
        ),
    )
