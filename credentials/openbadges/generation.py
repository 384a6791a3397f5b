"""Which Open Badges a picture is baked for: the two standards mark the badge differently."""

from __future__ import annotations

from enum import StrEnum


class Generation(StrEnum):
    """Open Badges 3.0, or the older 2.0 that many backpacks still expect."""

    THREE = "3.0"
    TWO = "2.0"
