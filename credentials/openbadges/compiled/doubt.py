"""Where the compiled road stops and hands over to the general engine."""

from __future__ import annotations

from credentials.openbadges.errors import NotSafe


class Doubt(Exception):
    """The compiled road does not know for sure.

    `refusal` is what it would say about the document: the answer where the document is too large
    for the general engine.
    """

    def __init__(self, refusal: NotSafe | None = None) -> None:
        super().__init__()
        self.refusal = refusal or NotSafe("It is built in a way that badges are not.")
