"""The EndorsementCredential: that somebody else stands behind an achievement, badge or issuer.

Source: Open Badges 3.0, sections "EndorsementCredential" and "EndorsementSubject".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from credentials.openbadges.contexts import OB_303, OB_EXTENSIONS, VC_V2
from credentials.openbadges.documents import parts
from credentials.openbadges.documents.content import IssuerProfile, StatusEntry
from credentials.openbadges.documents.writing import iri, moment, text
from credentials.openbadges.errors import NotSafe
from credentials.openbadges.strictjson import check_value

CONTEXTS: Final = (VC_V2, OB_303, OB_EXTENSIONS)


@dataclass(frozen=True, kw_only=True)
class EndorsementContent:
    """Everything one endorsement says.

    `issuer` is who endorses: a district, a university. `endorsed_id` is the id of what it stands
    behind, as that names itself: an achievement, a badge or an issuer. `comment` is Markdown.
    """

    id: str
    name: str
    issuer: IssuerProfile
    endorsed_id: str
    comment: str
    valid_from: datetime
    valid_until: datetime | None = None
    status: StatusEntry | None = None


def endorsement_document(content: EndorsementContent) -> dict[str, Any]:
    """The unsigned EndorsementCredential, ready for `proof.sign` with the endorser's own key.

    Signed, it stands for itself, and may be embedded in what it endorses before that is signed
    (`CredentialContent.endorsements`, `AchievementText.endorsements`). Raises NotSafe, naming the
    place, as `credential_document` does. The same content gives the same document.
    """
    document: dict[str, Any] = {
        "@context": list(CONTEXTS),
        "id": iri("id", content.id),
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": text("name", content.name),
        "issuer": parts.profile("issuer", content.issuer),
        "validFrom": moment("valid_from", content.valid_from),
    }
    if content.valid_until is not None:
        if content.valid_until <= content.valid_from:
            raise NotSafe("valid_until: the endorsement would end before it begins.")
        document["validUntil"] = moment("valid_until", content.valid_until)
    document["credentialSubject"] = {
        "id": iri("endorsed_id", content.endorsed_id),
        "type": ["EndorsementSubject"],
        "endorsementComment": text("comment", content.comment),
    }
    if content.status is not None:
        document["credentialStatus"] = parts.status(content.status)
    check_value(document)
    return document
