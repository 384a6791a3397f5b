"""Every way to change one thing in a JSON document: a value, a member taken out, a member added."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

Path = tuple[str | int, ...]


def alterations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What was changed, and the changed document; each differs from `document` in one place."""
    for path, value in places(document):
        name = ".".join(map(str, path))
        if path:
            yield f"without {name}", without(document, path)
        if isinstance(value, dict):
            word = "added" if "description" in value else "description"
            yield f"{name} with more", with_value(document, (*path, word), "Added.")
        elif not isinstance(value, list):
            yield f"other {name}", with_value(document, path, _other(value))


def places(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Each member and item at any depth, and the whole itself."""
    yield path, value
    if isinstance(value, dict):
        for name, member in value.items():
            yield from places(member, (*path, name))
    elif isinstance(value, list):
        for position, member in enumerate(value):
            yield from places(member, (*path, position))


def _other(value: Any) -> Any:
    """Another value of the same type."""
    return value + 1 if isinstance(value, int | float) else f"{value}x"


def with_value(document: dict[str, Any], path: Path, value: Any) -> dict[str, Any]:
    changed, place = _copied(document, path)
    place[path[-1]] = value
    return changed


def without(document: dict[str, Any], path: Path) -> dict[str, Any]:
    changed, place = _copied(document, path)
    del place[path[-1]]
    return changed


def _copied(document: dict[str, Any], path: Path) -> tuple[dict[str, Any], Any]:
    """A copy, and in it what holds the place at `path`."""
    changed = deepcopy(document)
    place: Any = changed
    for step in path[:-1]:
        place = place[step]
    return changed, place
