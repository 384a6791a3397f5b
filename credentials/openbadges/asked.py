"""One signed document and all that may be asked about it: what every later check starts from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from credentials.openbadges.issuers import Issuers
from credentials.openbadges.ports import Ports


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which document is asked about, as of when, and what may be asked of the outside."""

    document: dict[str, Any]
    issuer_id: str
    ports: Ports
    issuers: Issuers
    as_of: datetime
