"""What is wrong with a content file, and where: collected, never thrown one at a time."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Place:
    """A line of a content file; the path is relative to the package."""

    path: str
    line: int


@dataclass(frozen=True, order=True)
class Fault:
    """One thing an author has to mend."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        """As compilers print it, so that editors jump there."""
        return f"{self.path}:{self.line}: {self.message}"


@dataclass
class FaultList:
    """Collects faults while the files are read."""

    faults: list[Fault] = field(default_factory=list)

    def add(self, place: Place, message: str) -> None:
        """One more fault; the same one twice is told once."""
        fault = Fault(place.path, place.line, message)
        if fault not in self.faults:
            self.faults.append(fault)

    def sorted(self) -> list[Fault]:
        """By file, then by line."""
        return sorted(self.faults)
