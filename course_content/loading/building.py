"""Makes framework/framework.json: `python -m course_content.loading.building SOURCE NAMES OURS`.

SOURCE is the checked extraction of the published framework, NAMES the names of the neighbouring
frameworks, OURS `framework/ours.yaml`. The same inputs give the same bytes. What is taken and
what is changed is said in framework/README.md.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

import yaml

TITLE_LIMIT = 45
INDICATOR_TITLE_LIMIT = 60


class NotBuildable(Exception):
    """The inputs do not fit together; the message says where."""


def build(source: dict[str, Any], names: dict[str, Any], ours: dict[str, Any]) -> dict[str, Any]:
    """The framework's data: official texts as they are, our titles and dates beside them.

    Raises NotBuildable where a title is missing, too long or given twice, or a work is not cited.
    """
    _check_titles(source, ours)
    return {
        "title": source["title"],
        "creator": " & ".join(source["authors"]),
        "copyright": source["copyright"],
        "citation": source["suggested_citation"],
        "licence_name": source["license"]["name"],
        "licence_url": source["license"]["url"],
        "modified": ours["modified"],
        "changes": ours["changes"],
        "repairs": _repairs(source),
        "inferred": _inferred(source),
        "domains": [_domain(domain, ours) for domain in source["domains"]],
        "glossary": [
            {"slug": slug(t["term"]), **{k: t[k] for k in ("term", "definition", "source")}}
            for t in source["glossary"]
        ],
        "equity_areas": [
            {k: area[k] for k in ("number", "name", "questions")}
            for area in source["equity_lens"]["areas"]
        ],
        "themes": [{k: tag[k] for k in ("code", "name")} for tag in source["themes"]["tags"]],
        "priority_themes": [
            {"number": item["number"], "statement": item["theme"]}
            for item in source["priority_themes"]["items"]
        ],
        "works": _works(source, ours),
        "neighbours": [*_neighbours(names), *_standards(ours)],
    }


def slug(term: str) -> str:
    """A glossary term as it stands in a link: "Student agency" -> "student-agency"."""
    plain = unicodedata.normalize("NFKD", term).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _domain(domain: dict[str, Any], ours: dict[str, Any]) -> dict[str, Any]:
    taken = ("code", "letter", "name", "short_name", "relation", "description")
    return {
        **{key: domain[key] for key in taken},
        "guiding_questions_stem": domain["guiding_questions_stem"],
        "guiding_questions": [question["text"] for question in domain["guiding_questions"]],
        "competencies": [_competency(c, ours) for c in domain["competencies"]],
    }


def _competency(competency: dict[str, Any], ours: dict[str, Any]) -> dict[str, Any]:
    official = competency["statement"]
    return {
        "code": competency["id"],
        "title": ours["competencies"][competency["id"]],
        "statement": official or competency["proposed_title"]["text"],
        "statement_is_official": official is not None,
        "indicators": [
            {
                "code": indicator["id"],
                "title": ours["indicators"][indicator["id"]],
                "statement": indicator["text"],
                "sub_items": [
                    {"label": item["label"], "statement": item["text"]}
                    for item in indicator["sub_items"]
                ],
            }
            for indicator in competency["indicators"]
        ],
    }


def _competencies(source: dict[str, Any]) -> list[dict[str, Any]]:
    return [c for domain in source["domains"] for c in domain["competencies"]]


def _check_titles(source: dict[str, Any], ours: dict[str, Any]) -> None:
    competencies = _competencies(source)
    indicators = [i["id"] for c in competencies for i in c["indicators"]]
    _check_kind([c["id"] for c in competencies], ours["competencies"], TITLE_LIMIT)
    _check_kind(indicators, ours["indicators"], INDICATOR_TITLE_LIMIT)


def _check_kind(codes: list[str], titles: dict[str, str], limit: int) -> None:
    if set(codes) != set(titles):
        raise NotBuildable(f"titles and codes differ: {sorted(set(codes) ^ set(titles))}")
    long = [code for code, title in titles.items() if len(title) > limit]
    if long:
        raise NotBuildable(f"titles of more than {limit} characters: {long}")
    if len({title.casefold() for title in titles.values()}) != len(titles):
        raise NotBuildable("two items have the same title")


def _repairs(source: dict[str, Any]) -> list[dict[str, str]]:
    """Every place where a lost hyphen, dash or blank was put back in the texts we take."""
    found = []
    for where, repair in _marked(source, "repairs"):
        found.append({"where": where, **{k: repair[k] for k in ("raw", "repaired", "kind")}})
    return found


def _inferred(source: dict[str, Any]) -> list[dict[str, str]]:
    """Every number or label that the source does not give; lost icons are not taken at all."""
    return [
        {"where": where, "field": field}
        for where, field in _marked(source, "inferred")
        if field != "icon_residue"
    ]


def _marked(source: dict[str, Any], mark: str) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for domain in source["domains"]:
        found += [(f"domain {domain['code']}", m) for m in domain.get(mark, [])]
        for competency in domain["competencies"]:
            found += [(competency["id"], m) for m in competency.get(mark, [])]
            for indicator in competency["indicators"]:
                found += [(indicator["id"], m) for m in indicator.get(mark, [])]
                for item in indicator["sub_items"]:
                    name = f"{indicator['id']}.{item['label']}"
                    found += [(name, m) for m in item.get(mark, [])]
    for term in source["glossary"]:
        found += [(f"glossary: {term['term']}", m) for m in term.get(mark, [])]
    for area in source["equity_lens"]["areas"]:
        found += [(f"equity area {area['number']}", m) for m in area.get(mark, [])]
    return found


def _works(source: dict[str, Any], ours: dict[str, Any]) -> list[dict[str, str]]:
    citations = [work["citation"] for work in source["source_frameworks"]]
    citations += [note["text"] for note in source["endnotes"]]
    works = []
    for key, words in ours["works"].items():
        cited = [citation for citation in citations if words in citation]
        if not cited:
            raise NotBuildable(f"the framework cites no work with the words {words!r}")
        works.append({"key": key, "citation": cited[0]})
    return works


def _neighbours(names: dict[str, Any]) -> list[dict[str, Any]]:
    honeycomb, ecosystem, model, _newsletter = names["seeds"]
    experiences: list[str] = []
    for kind in model["learning_experiences"]:
        experiences += [kind["name"], *(s["name"] for s in kind["strategies"])]
    conditions: list[str] = []
    for kind in model["enabling_conditions"]:
        conditions += [kind["name"], *(e["name"] for e in kind["elements"])]
    outcomes = [outcome["name"] for outcome in model["whole_learner_outcomes"]]
    elements = [element["name"] for element in ecosystem["four_elements"]]
    systems = [e["name"] for e in honeycomb["elements"] if e["name"]]
    return [
        {"framework": "Whole-Learner Outcomes", "names": outcomes},
        {"framework": "Learning Experiences", "names": experiences},
        {"framework": "Enabling Conditions", "names": conditions},
        {"framework": "Learner-Centered Systems", "names": systems},
        {"framework": "A Learner-Centered Ecosystem", "names": elements},
    ]


def _standards(ours: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"framework": key, "names": names} for key, names in ours["standards"].items()]


def main(arguments: list[str]) -> int:
    """Writes framework.json beside OURS; returns the exit status."""
    if len(arguments) != 3:
        print(__doc__)
        return 2
    source, names, ours = (Path(argument) for argument in arguments)
    made = build(
        json.loads(source.read_text("utf-8")),
        json.loads(names.read_text("utf-8")),
        yaml.safe_load(ours.read_text("utf-8")),
    )
    target = ours.with_name("framework.json")
    target.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{target.name}: {len(made['domains'])} domains written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
