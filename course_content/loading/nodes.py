"""YAML with line numbers: mappings that hand out typed values and note every fault.

Scalars are read as written (`no` is the word, `1.0` is a version), so that authors need not know
YAML's guesses; whether a text is a number is decided by who asks for it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from importlib.resources.abc import Traversable

import yaml

from course_content.loading.faults import FaultList, Place

#: The C loader where PyYAML was built with it: the same answers, much sooner.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = "tag:yaml.org,2002:null"


class Section:
    """One mapping of a YAML file. A missing or wrong value is a fault and reads as empty."""

    def __init__(self, node: yaml.MappingNode, path: str, faults: FaultList) -> None:
        self._path = path
        self._faults = faults
        self._line = node.start_mark.line + 1
        self._values: dict[str, yaml.Node] = {}
        self._lines: dict[str, int] = {}
        self._asked: set[str] = set()
        for key, value in node.value:
            self._take(key, value)

    def _take(self, key: yaml.Node, value: yaml.Node) -> None:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            self._faults.add(Place(self._path, line), "a key must be a word")
        elif key.value in self._values:
            self._faults.add(Place(self._path, line), f"{key.value!r} stands here twice")
        else:
            self._values[key.value] = value
            self._lines[key.value] = line

    def place(self, key: str | None = None) -> Place:
        """Where the key stands, or the mapping itself."""
        return Place(self._path, self._lines.get(key or "", self._line))

    def fault(self, key: str | None, message: str) -> None:
        """Note a fault at that key."""
        self._faults.add(self.place(key), message)

    def has(self, key: str) -> bool:
        """Whether the key is there and not empty."""
        node = self._values.get(key)
        return node is not None and node.tag != _NULL

    def names(self) -> tuple[str, ...]:
        """All keys in the order of the file; they count as asked for."""
        self._asked.update(self._values)
        return tuple(self._values)

    def _node(self, key: str, *, required: bool = True) -> yaml.Node | None:
        self._asked.add(key)
        if self.has(key):
            return self._values[key]
        if required:
            self.fault(key, f"{key!r} is missing")
        return None

    def text(self, key: str, default: str | None = None) -> str:
        """A text without surrounding blanks; without a default it must be there."""
        node = self._node(key, required=default is None)
        if node is None:
            return default or ""
        if not isinstance(node, yaml.ScalarNode):
            self.fault(key, f"{key!r} must be a text")
            return ""
        return str(node.value).strip()

    def number(self, key: str, default: float | None = None) -> float:
        """A finite number."""
        text = self.text(key, None if default is None else str(default))
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if math.isfinite(value):
            return value
        if text:
            self.fault(key, f"{key!r} must be a number, not {text!r}")
        return 0.0

    def integer(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        value = self.number(key, default)
        if not value.is_integer():
            self.fault(key, f"{key!r} must be a whole number, not {value}")
        return int(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(text for text, _place in self.placed_texts(key))

    def placed_texts(self, key: str) -> tuple[tuple[str, Place], ...]:
        """A list of texts, each with its own line."""
        found = []
        for node in self._sequence(key):
            place = Place(self._path, node.start_mark.line + 1)
            if isinstance(node, yaml.ScalarNode) and node.value.strip():
                found.append((str(node.value).strip(), place))
            else:
                self._faults.add(place, f"each entry of {key!r} must be a text")
        return tuple(found)

    def section(self, key: str) -> Section:
        """A mapping inside this one; an empty one where it is missing."""
        node = self._node(key)
        if isinstance(node, yaml.MappingNode):
            return Section(node, self._path, self._faults)
        if node is not None:
            self.fault(key, f"{key!r} must have named parts")
        return self._empty(key)

    def sections(self, key: str) -> tuple[Section, ...]:
        """A list of mappings."""
        found = []
        for node in self._sequence(key):
            if isinstance(node, yaml.MappingNode):
                found.append(Section(node, self._path, self._faults))
            else:
                place = Place(self._path, node.start_mark.line + 1)
                self._faults.add(place, f"each entry of {key!r} must have named parts")
        return tuple(found)

    def _sequence(self, key: str) -> Iterator[yaml.Node]:
        node = self._node(key)
        if isinstance(node, yaml.SequenceNode):
            yield from node.value
        elif node is not None:
            self.fault(key, f"{key!r} must be a list")

    def _empty(self, key: str) -> Section:
        """Stands for a missing mapping: that it is missing is told once, its parts are not."""
        mark = yaml.Mark("", 0, self.place(key).line - 1, 0, None, 0)
        return Section(yaml.MappingNode("", [], mark), self._path, FaultList())

    def finish(self) -> None:
        """Every key that nobody asked for is a fault: mostly a misspelling."""
        for key in self._values:
            if key not in self._asked:
                self.fault(key, f"{key!r} is not a part of this format")


def read_section(root: Traversable, path: str, faults: FaultList) -> Section | None:
    """The mapping that a YAML file holds; None (and a fault) if it cannot be had."""
    text = read_text(root, path, faults)
    return None if text is None else parse_section(text, path, faults)


def parse_section(
    text: str, path: str, faults: FaultList, *, first_line: int = 1
) -> Section | None:
    """The mapping that a YAML text holds; `first_line` is where it starts in its file."""
    padded = "\n" * (first_line - 1) + text
    try:
        node = yaml.compose(padded, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark.line + 1) if error.problem_mark else 1
        faults.add(Place(path, line), f"not YAML: {error.problem or error}")
        return None
    if isinstance(node, yaml.MappingNode):
        return Section(node, path, faults)
    faults.add(Place(path, first_line), "must hold named parts (key: value)")
    return None


def read_text(root: Traversable, path: str, faults: FaultList) -> str | None:
    """The text of a file under the root; None (and a fault) if it cannot be had."""
    try:
        return root.joinpath(*path.split("/")).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        faults.add(Place(path, 1), "the file is missing")
    except UnicodeDecodeError:
        faults.add(Place(path, 1), "the file is not UTF-8")
    return None
