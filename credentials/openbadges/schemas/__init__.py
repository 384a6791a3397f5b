"""JSON Schemas (draft 2019-09) of what this library accepts and emits, for others to check with.

It is the draft of `1EdTechJsonSchemaValidator2019`, the kind under which badges name a schema. At
run time `shape` is the checker. Each file stands alone, so that whoever fetches one address has
everything. A schema that badges name is only ever corrected, never made stricter than a badge that
was signed under it.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Final

#: What each is of, under the name that the thing itself carries in its `type`.
NAMES: Final = (
    "OpenBadgeCredential",
    "EndorsementCredential",
    "ClrCredential",
    "BitstringStatusListCredential",
    "OpenBadges2Assertion",
)


def schema_bytes(name: str) -> bytes:
    """The file of one of NAMES; raises KeyError for any other name."""
    if name not in NAMES:
        raise KeyError(name)
    return files(__name__).joinpath(f"{name}.json").read_bytes()
