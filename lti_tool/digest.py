"""Foreign identifiers compared exactly: databases that fold case would let two people be one."""

from __future__ import annotations

import hashlib
import json


def digest(*parts: str) -> str:
    """SHA-256 (hex) over the parts in their order; no two different tuples share their text."""
    text = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
