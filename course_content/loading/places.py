"""Where each part of a module stands, so that a fault found later still names its line."""

from __future__ import annotations

from dataclasses import dataclass, field

from course_content.loading.faults import Place


@dataclass
class Places:
    """Lines by the path of a part: ("rubric", "I.1.a", "3")."""

    default: Place
    known: dict[tuple[str, ...], Place] = field(default_factory=dict)

    def set(self, place: Place, *part: str) -> None:
        """Remember where that part stands."""
        self.known[part] = place

    def of(self, *part: str) -> Place:
        """Where that part stands, or the nearest part around it."""
        for length in range(len(part), 0, -1):
            if part[:length] in self.known:
                return self.known[part[:length]]
        return self.default
