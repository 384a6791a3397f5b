"""Open Badges 3.0 and learner records 2.0: make, sign, bake, unbake and verify, a pure library.

Values and callables in, values out: `now`, keys and everything fetched are arguments.

    document = credential_document(content)
    data = sign(document, key, verification_method=..., created=now)   # exact bytes, for ever
    token = issue_jwt(document, token_key, kid=...)                    # the same badge as VC-JWT
    picture = bake_png(png, data)
    report = verify(picture, as_of=now, ports=ports)                   # never raises for a badge

What does not belong here: Django, the network, a clock, rows, settings, anything else of
`credentials`.
"""

from credentials.openbadges.baking import bake_png, unbake_png
from credentials.openbadges.checked_lists import CheckedLists
from credentials.openbadges.documents import (
    AchievementText,
    Association,
    ConsentedEmail,
    CredentialContent,
    EndorsementContent,
    EvidenceNote,
    IndicatorAlignment,
    IndicatorResult,
    IndicatorScore,
    IssuerProfile,
    RecordContent,
    RelatedAchievement,
    RubricLevel,
    StatusEntry,
    clr_document,
    credential_document,
    endorsement_document,
)
from credentials.openbadges.errors import OpenBadgesError
from credentials.openbadges.generation import Generation
from credentials.openbadges.jwt import issue_jwt
from credentials.openbadges.keys import (
    SigningKey,
    did_document,
    did_web,
    did_web_url,
    verification_method,
)
from credentials.openbadges.ports import Fetched, Ports, TrustAnswer, Unreachable
from credentials.openbadges.proof import sign, verify_proof
from credentials.openbadges.report import Answer, Finding, Question, Report, Summary, Verdict
from credentials.openbadges.revocation_list import revocation_list_document
from credentials.openbadges.secondopinion import CheckedShapes
from credentials.openbadges.status import StatusList, status_list_document
from credentials.openbadges.svg import bake_svg, unbake_svg
from credentials.openbadges.tokenkeys import TokenKey
from credentials.openbadges.verify import verify

__all__ = [
    "AchievementText",
    "Answer",
    "Association",
    "CheckedLists",
    "CheckedShapes",
    "ConsentedEmail",
    "CredentialContent",
    "EndorsementContent",
    "EvidenceNote",
    "Fetched",
    "Finding",
    "Generation",
    "IndicatorAlignment",
    "IndicatorResult",
    "IndicatorScore",
    "IssuerProfile",
    "OpenBadgesError",
    "Ports",
    "Question",
    "RecordContent",
    "RelatedAchievement",
    "Report",
    "RubricLevel",
    "SigningKey",
    "StatusEntry",
    "StatusList",
    "Summary",
    "TokenKey",
    "TrustAnswer",
    "Unreachable",
    "Verdict",
    "bake_png",
    "bake_svg",
    "clr_document",
    "credential_document",
    "did_document",
    "did_web",
    "did_web_url",
    "endorsement_document",
    "issue_jwt",
    "revocation_list_document",
    "sign",
    "status_list_document",
    "unbake_png",
    "unbake_svg",
    "verification_method",
    "verify",
    "verify_proof",
]
