"""Which codes the source gives to findings: read from the syntax, so that none is forgotten."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "credentials"
#: Where findings are made, and the errors whose codes become theirs.
ROOMS = (
    *sorted((ROOT / "openbadges").rglob("*.py")),
    ROOT / "offline.py",
    ROOT / "domain/verification.py",
    ROOT / "api/verification.py",
)
#: The list itself would prove anything.
LIST = ROOT / "openbadges/codes.py"


def texts() -> set[str]:
    """Every text in the source, for codes that reach a finding by another way."""
    return {
        node.value
        for tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def codes() -> set[str]:
    """Every text that is given for a parameter, field or class attribute named `code`."""
    trees = _trees()
    takers = dict.fromkeys((name, place) for tree in trees for name, place in _takers(tree))
    return {
        code
        for tree in trees
        for node in ast.walk(tree)
        for code in (*_given(node, list(takers)), *_attribute(node))
    }


@cache
def _trees() -> tuple[ast.Module, ...]:
    return tuple(ast.parse(path.read_text()) for path in ROOMS if path != LIST)


def _takers(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """(name, place of `code` among the arguments) of functions and classes; -1: by name only."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield from _place(node.name, node)
        if isinstance(node, ast.ClassDef):
            names = [
                one.target.id
                for one in node.body
                if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
            ]
            if "code" in names:
                yield node.name, names.index("code")
            for one in node.body:
                if isinstance(one, ast.FunctionDef) and one.name == "__init__":
                    yield from _place(node.name, one)


def _place(name: str, function: ast.FunctionDef) -> Iterator[tuple[str, int]]:
    names = [one.arg for one in function.args.args if one.arg not in {"self", "cls"}]
    if "code" in names:
        yield name, names.index("code")
    if "code" in [one.arg for one in function.args.kwonlyargs]:
        yield name, -1


def _given(node: ast.AST, takers: list[tuple[str, int]]) -> Iterator[str]:
    if not isinstance(node, ast.Call):
        return
    called = node.func
    name = getattr(called, "id", getattr(called, "attr", ""))
    for taker, place in takers:
        if taker == name:
            given = [one.value for one in node.keywords if one.arg == "code"]
            given += node.args[place : place + 1] if place >= 0 else []
            for argument in given:
                yield from _of(argument)


def _of(argument: ast.expr) -> Iterator[str]:
    """A text, or the texts that a condition chooses between; never a part of another text."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value
    if isinstance(argument, ast.IfExp):
        yield from _of(argument.body)
        yield from _of(argument.orelse)


def _attribute(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.ClassDef):
        for one in node.body:
            if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == "code":
                yield from _of(one.value)
