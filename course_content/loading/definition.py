"""A module as JSON and back: what a submission pins, so that its meaning cannot change later.

The digest of a module is the SHA-256 of its definition in one canonical spelling. It leaves out
nothing that a learner or a reviewer was shown. A definition holds the calibration exemplars too,
so what is handed to a learner is `public_definition`.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
import typing
from enum import Enum
from typing import Any, cast
from uuid import UUID

from course_content.catalog import CatalogError, Module

#: Goes up when a definition can no longer be read by `module_from_definition` as it stands.
FORMAT = 1


class BadDefinition(CatalogError, ValueError):
    """A stored definition that is not one of ours; the message names the part."""


def module_definition(module: Module) -> dict[str, Any]:
    """JSON-ready values only, everything but the digest; `module_from_definition` reads it back."""
    parts = cast(dict[str, Any], _to_json(module))
    del parts["digest"]
    return {"format": FORMAT, **parts}


def public_definition(module: Module) -> dict[str, Any]:
    """The definition without the calibration exemplars: this one may be shown to learners."""
    return {k: v for k, v in module_definition(module).items() if k != "exemplars"}


def module_from_definition(definition: dict[str, Any]) -> Module:
    """The module that `module_definition` was made of, equal in every part, digest included.

    Numbers may come back from a database as whole or as decimal ones; both are read alike.
    Raises BadDefinition.
    """
    parts = {key: value for key, value in definition.items() if key != "format"}
    if definition.get("format") != FORMAT:
        raise BadDefinition(f"format {definition.get('format')!r} is not known here")
    return sealed(cast(Module, _from_json(Module, {**parts, "digest": ""}, "module")))


def sealed(module: Module) -> Module:
    """The same module carrying its digest."""
    return dataclasses.replace(module, digest=definition_digest(module_definition(module)))


def definition_digest(definition: dict[str, Any]) -> str:
    """SHA-256 (hex) over the definition: keys sorted, no blanks, UTF-8 as it is."""
    text = json.dumps(definition, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _to_json(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _to_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_to_json(entry) for entry in value]
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float) and value.is_integer():
        return int(value)  # databases do not keep 12.0 apart from 12
    return value


def _from_json(kind: Any, value: object, where: str) -> object:
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        if value is None:
            return None
        (kind,) = (k for k in typing.get_args(kind) if k is not types.NoneType)
        return _from_json(kind, value, where)
    if origin is tuple:
        return _tuple(typing.get_args(kind), value, where)
    if dataclasses.is_dataclass(kind):
        return _instance(cast(type, kind), value, where)
    return _scalar(kind, value, where)


def _tuple(kinds: tuple[Any, ...], value: object, where: str) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise BadDefinition(f"{where} must be a list")
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_from_json(kinds[0], v, f"{where}[{n}]") for n, v in enumerate(value))
    if len(kinds) != len(value):
        raise BadDefinition(f"{where} must have {len(kinds)} entries")
    return tuple(_from_json(k, v, where) for k, v in zip(kinds, value, strict=True))


def _instance(kind: type, value: object, where: str) -> object:
    if not isinstance(value, dict):
        raise BadDefinition(f"{where} must have named parts")
    hints = typing.get_type_hints(kind)
    unknown = set(value) - set(hints)
    if unknown:
        raise BadDefinition(f"{where} has unknown parts {sorted(unknown)}")
    parts = {key: _from_json(hints[key], v, f"{where}.{key}") for key, v in value.items()}
    try:
        return kind(**parts)
    except TypeError as error:
        raise BadDefinition(f"{where} is not complete: {error}") from None


def _scalar(kind: Any, value: object, where: str) -> object:
    if kind is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if kind is int and isinstance(value, float) and value.is_integer():
        return int(value)
    if kind in (str, int, bool) and type(value) is kind:
        return value
    if isinstance(kind, type) and issubclass(kind, UUID | Enum) and isinstance(value, str):
        try:
            return kind(value)
        except ValueError:
            raise BadDefinition(f"{where} cannot be {value!r}") from None
    raise BadDefinition(f"{where} cannot be {value!r}")
