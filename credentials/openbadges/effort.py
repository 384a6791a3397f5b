"""How much work a stranger's documents may cause, in counted pieces and never in seconds.

A machine that is busy, or a clock that jumps, must not change what is answered about a badge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from credentials.openbadges.errors import TooMuchWork

#: Words of vocabularies to be compiled; a record with badges inside needs about 500, and only
#: where its vocabularies are met for the first time.
MAX_DEFINITIONS: Final = 3_000
#: Badges of any honest shape need a few dozen; a step takes about two millionths of a second.
MAX_STEPS: Final = 10_000
#: What PyLD may be given, in parts of documents; each takes up to a tenth of a millisecond there,
#: and what badges are made of never needs it.
MAX_SLOW_PARTS: Final = 600


@dataclass(slots=True)
class Effort:
    """What may still be spent; each of the three raises TooMuchWork when it is used up."""

    definitions: int = MAX_DEFINITIONS
    steps: int = MAX_STEPS
    slow_parts: int = MAX_SLOW_PARTS

    def define(self, words: int) -> None:
        """Before words of a vocabulary are compiled."""
        self.definitions -= words
        if self.definitions < 0:
            raise TooMuchWork("It names vocabularies over and over.")

    def step(self, steps: int = 1) -> None:
        """Before nameless parts that nothing tells apart are compared."""
        self.steps -= steps
        if self.steps < 0:
            raise TooMuchWork("Its parts are tied together so that checking would never end.")

    def read_slowly(self, parts: int) -> None:
        """Before PyLD is given a document; one that is refused uses nothing up."""
        if parts > self.slow_parts:
            raise TooMuchWork("It is too large for what is unusual about it.")
        self.slow_parts -= parts
