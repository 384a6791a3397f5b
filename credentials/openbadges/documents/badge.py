"""The OpenBadgeCredential: that somebody was awarded an achievement.

Source: Open Badges 3.0, sections "AchievementCredential" and "AchievementSubject".
"""

from __future__ import annotations

from typing import Any, Final

from credentials.openbadges.contexts import OB_303, OB_EXTENSIONS, VC_V2
from credentials.openbadges.documents import parts
from credentials.openbadges.documents.achievement import achievement, results
from credentials.openbadges.documents.content import CredentialContent
from credentials.openbadges.documents.writing import iri, moment, text
from credentials.openbadges.errors import NotSafe
from credentials.openbadges.strictjson import check_value

CONTEXTS: Final = (VC_V2, OB_303, OB_EXTENSIONS)


def credential_document(content: CredentialContent) -> dict[str, Any]:
    """The unsigned OpenBadgeCredential, ready for `proof.sign`.

    Raises NotSafe, naming the place, for an address that is not absolute or has a space in it, an
    empty text where the standard asks for one, a control character, a date without a time zone,
    an end before the beginning, a number that tools write differently, or a level that is not in
    its rubric. The same content gives the same document.
    """
    document: dict[str, Any] = {
        "@context": list(CONTEXTS),
        "id": iri("id", content.id),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": text("achievement.name", content.name or content.achievement.name),
        "issuer": parts.profile("issuer", content.issuer),
        "validFrom": moment("valid_from", content.valid_from),
        "awardedDate": moment("awarded", content.awarded),
    }
    if content.valid_until is not None:
        if content.valid_until <= content.valid_from:
            raise NotSafe("valid_until: the badge would end before it begins.")
        document["validUntil"] = moment("valid_until", content.valid_until)
    document["credentialSubject"] = _subject(content)
    if content.evidence:
        document["evidence"] = [parts.evidence(note) for note in content.evidence]
    document["credentialStatus"] = parts.status(content.status)
    if content.schema_url is not None:
        document["credentialSchema"] = parts.schema(content.schema_url)
    if content.endorsements:
        document["endorsement"] = parts.endorsements("endorsements", content.endorsements)
    check_value(document)
    return document


def _subject(content: CredentialContent) -> dict[str, Any]:
    statement = text("review_statement", content.review_statement)
    if parts.NOT_A_LICENCE not in statement:
        statement = f"{statement} {parts.NOT_A_LICENCE}"
    subject: dict[str, Any] = {
        "id": iri("subject_id", content.subject_id),
        "type": ["AchievementSubject"],
        "narrative": statement,
        "achievement": achievement(content),
    }
    if content.holder is not None:
        subject["identifier"] = [parts.identity(content.holder)]
    if content.source is not None:
        subject["source"] = parts.profile("source", content.source)
    told = results(content)
    if told:
        subject["result"] = told
    return subject
