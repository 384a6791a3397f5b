"""The rows. What does not belong here: verbs (`domain/`) and anything a door may import."""

from credentials.models.audit import AuditEntry, AuditHead
from credentials.models.award import Achievement, Award
from credentials.models.badge import Badge, StatusList
from credentials.models.endorsement import Endorsement
from credentials.models.evidence import Evidence, Pin, StoredFile, Upload
from credentials.models.membership import Invitation, Membership, Role, Tie
from credentials.models.notice import Notice
from credentials.models.program import Issuer, IssuerKey, Program
from credentials.models.proof import RubricProof
from credentials.models.review import Decision, Review, ReviewNote, Score
from credentials.models.submission import (
    DraftText,
    ModuleVersion,
    OtherVersion,
    PageRead,
    SavedText,
    SelfLevel,
    Submission,
)
from credentials.models.trust import TrustList
from credentials.models.work import WorkItem

__all__ = [
    "Achievement",
    "AuditEntry",
    "AuditHead",
    "Award",
    "Badge",
    "Decision",
    "DraftText",
    "Endorsement",
    "Evidence",
    "Invitation",
    "Issuer",
    "IssuerKey",
    "Membership",
    "ModuleVersion",
    "Notice",
    "OtherVersion",
    "PageRead",
    "Pin",
    "Program",
    "Review",
    "ReviewNote",
    "Role",
    "RubricProof",
    "SavedText",
    "Score",
    "SelfLevel",
    "StatusList",
    "StoredFile",
    "Submission",
    "Tie",
    "TrustList",
    "Upload",
    "WorkItem",
]
