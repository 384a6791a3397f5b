"""What we sign, from frozen values to the unsigned JSON: badges, and records of several badges.

The same content gives the same document, letter for letter. Everything that a signature could not
wholly cover, or that tools would read differently, is refused with NotSafe and the name of the
place.

What does not belong here: signing (`proof`), reading what strangers made (`shape`, `verify`).
"""

from credentials.openbadges.documents.badge import credential_document
from credentials.openbadges.documents.content import (
    AchievementText,
    ConsentedEmail,
    CredentialContent,
    EvidenceNote,
    IndicatorAlignment,
    IndicatorResult,
    IndicatorScore,
    IssuerProfile,
    RelatedAchievement,
    RubricLevel,
    StatusEntry,
)
from credentials.openbadges.documents.endorsement import EndorsementContent, endorsement_document
from credentials.openbadges.documents.parts import NOT_A_LICENCE, PRIVATE_EVIDENCE
from credentials.openbadges.documents.record import Association, RecordContent, clr_document

__all__ = [
    "NOT_A_LICENCE",
    "PRIVATE_EVIDENCE",
    "AchievementText",
    "Association",
    "ConsentedEmail",
    "CredentialContent",
    "EndorsementContent",
    "EvidenceNote",
    "IndicatorAlignment",
    "IndicatorResult",
    "IndicatorScore",
    "IssuerProfile",
    "RecordContent",
    "RelatedAchievement",
    "RubricLevel",
    "StatusEntry",
    "clr_document",
    "credential_document",
    "endorsement_document",
]
