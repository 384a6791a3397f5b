"""The small questions that every part is asked: is it an address, a text, of that type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from credentials.openbadges.rdfterms import ABSOLUTE_IRI


@dataclass(frozen=True)
class Fault:
    """One thing that is missing or not as the standard asks."""

    code: str
    message: str


def is_iri(value: Any) -> bool:
    """Whether `value` is an absolute address without spaces."""
    return isinstance(value, str) and ABSOLUTE_IRI.fullmatch(value) is not None


def is_typed(value: Any, kind: str) -> bool:
    """Whether `value` is an object that calls itself a `kind`."""
    return isinstance(value, dict) and kind in members(value.get("type"))


def is_named(value: Any, kind: str) -> bool:
    """Whether `value` is an object of that kind with an identifier."""
    return is_typed(value, kind) and is_iri(value.get("id"))


def is_wording(value: Any) -> bool:
    """Text, or text with its language."""
    if isinstance(value, dict):
        value = value.get("@value")
    return isinstance(value, str) and bool(value.strip())


def is_number(value: Any) -> bool:
    """A number as JSON has it."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def has_texts(value: dict[str, Any], *names: str) -> bool:
    """Whether each of these members is a text with something in it."""
    return all(isinstance(value.get(name), str) and value[name] for name in names)


def members(value: Any) -> list[Any]:
    """JSON-LD lets one member stand without its array, and null for none."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def texts(values: list[Any]) -> set[str]:
    """Those that are text."""
    return {value for value in values if isinstance(value, str)}


def each(values: Any, is_good: Callable[[Any], bool], code: str) -> Iterator[Fault]:
    """A fault of that code for each member that is not good."""
    for value in members(values):
        if not is_good(value):
            yield Fault(code, f"One {code} of what was achieved is not written as it must be.")
