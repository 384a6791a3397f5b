"""The OpenAPI description of the verification API: written by hand, enumerations from the code.

`verify.yaml` says what people wrote; every list in it that the code decides is put in here, and the
examples are answers that this program just gave, so that neither can lie.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import fields
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from types import NoneType
from typing import Any, Final, get_args, get_origin, get_type_hints

import yaml

from credentials.domain.verification import refuse_to_fetch
from credentials.openbadges import Answer, Ports, Question, Report, TrustAnswer, Verdict, verify
from credentials.openbadges.codes import CODES
from credentials.openbadges.report import Summary
from credentials.verdict import QUESTIONS, Verification

#: The moment of the examples: the sample badge is of the day before.
EXAMPLE: Final = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


def document(*, base_url: str, problems: Collection[str]) -> dict[str, Any]:
    """The description for the installation at that address; `problems` are the refusals' codes."""
    made: dict[str, Any] = yaml.safe_load(_read("verify.yaml"))
    schemas = made["components"]["schemas"]
    made["servers"] = [{"url": base_url}]
    schemas["Verdict"]["enum"] = [str(one) for one in Verdict]
    schemas["Answer"]["enum"] = [str(one) for one in Answer]
    schemas["QuestionName"]["enum"] = [str(one) for one in Question]
    schemas["QuestionName"]["description"] = _table({str(q): QUESTIONS[q] for q in Question})
    schemas["Code"]["enum"] = sorted(CODES)
    schemas["Code"]["description"] = _table(CODES)
    schemas["Findings"]["minItems"] = schemas["Findings"]["maxItems"] = len(Question)
    schemas["Summary"]["oneOf"][1] = _schema(Summary)
    schemas["Problem"]["properties"]["code"]["enum"] = sorted(problems)
    call = made["paths"]["/lc/api/verify"]["post"]
    asked = call["requestBody"]["content"]["application/vc+ld+json"]
    asked["examples"] = {"badge": {"summary": "A badge as its file", "value": _sample()}}
    answered = call["responses"]["200"]["content"]["application/json"]
    answered["examples"] = _examples()
    return made


@cache
def _examples() -> dict[str, Any]:
    """What this program answers about the sample badge, and about it with one letter changed."""
    data = _read("badge.json")
    altered = data.replace("Shared Vision", "Shared Visiom", 1)
    return {
        "verified": {"summary": "The sample badge", "value": _answer(data)},
        "altered": {"summary": "The same with one letter changed", "value": _answer(altered)},
        "nothing": {"summary": "No badge at all", "value": _answer("Good morning")},
    }


def _answer(badge: str) -> dict[str, Any]:
    report: Report = verify(badge.encode(), as_of=EXAMPLE, ports=_SAMPLE_WORLD)
    source = "the body of the request"
    return Verification(report=report, checked_at=EXAMPLE, source=source).to_json()


#: A world in which a list names the sample's issuer, and nothing is fetched.
_SAMPLE_WORLD: Final = Ports(
    fetch=refuse_to_fetch,
    resolve_issuer=lambda issuer_id: None,
    trust=lambda issuer_id, as_of: TrustAnswer(
        known=True,
        list_name="Sample list",
        list_date=date(2026, 1, 1),
        legal_name="Example University",
    ),
    status_list=lambda url: None,
    resolve_alignment=lambda url, code: None,
)


def _sample() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_read("badge.json"))
    return found


def _read(name: str) -> str:
    return files(__name__).joinpath(name).read_text("utf-8")


def _table(meanings: dict[str, str]) -> str:
    return "\n".join(f"- `{name}`: {meaning}" for name, meaning in meanings.items())


def _schema(kind: Any) -> dict[str, Any]:
    """The JSON Schema of what `Report.to_json` makes of a value of that type."""
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _schema(get_args(kind)[0])}
    if NoneType in get_args(kind):
        (other,) = (one for one in get_args(kind) if one is not NoneType)
        return {"oneOf": [{"type": "null"}, _schema(other)]}
    if kind is datetime:
        return {"type": "string", "format": "date-time"}
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    return {
        "type": "object",
        "properties": {name: _schema(hints[name]) for name in names},
        "required": names,
        "additionalProperties": False,
    }


_PLAIN: Final[dict[Any, str]] = {str: "string", int: "integer", float: "number", bool: "boolean"}
