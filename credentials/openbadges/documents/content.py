"""What a badge of ours says, as frozen values.

Source: Open Badges 3.0, sections "AchievementCredential", "Achievement", "Alignment",
"ResultDescription", "Result", "Evidence"; CASE alignment after 1EdTech's own example.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Self


@dataclass(frozen=True, kw_only=True)
class IssuerProfile:
    """An organisation: `id` is the did:web identifier of an issuer, `url` a page about it."""

    id: str
    name: str
    url: str | None = None
    description: str | None = None
    email: str | None = None


@dataclass(frozen=True, kw_only=True)
class RelatedAchievement:
    """Another form of the achievement: an earlier version, a translation, one of Open Badges 2.0.

    `id` is never the achievement's own: two versions under one identifier would be one thing that
    says two things of itself.
    """

    id: str
    version: str | None = None
    language: str | None = None


@dataclass(frozen=True, kw_only=True)
class AchievementText:
    """What is awarded, the same for everybody who is awarded it in this version.

    `credits` are credit hours or points as the issuer counts them, never an estimate of the work.
    `endorsements` are signed EndorsementCredentials about the achievement, as their bytes.
    """

    id: str
    name: str
    description: str
    criteria: str  #: Markdown: what had to be done
    version: str
    tags: tuple[str, ...] = ()
    language: str = "en"
    creator: IssuerProfile | None = None
    related: tuple[RelatedAchievement, ...] = ()
    credits: float | None = None
    endorsements: tuple[bytes, ...] = ()


@dataclass(frozen=True, kw_only=True)
class IndicatorAlignment:
    """An object of a CASE package; `target_url` is its `uri`, byte for byte."""

    target_url: str
    target_code: str  #: its identifier (GUID): the same in every installation
    target_name: str  #: the official statement
    target_framework: str
    target_type: str = "CFItem"


@dataclass(frozen=True, kw_only=True)
class IndicatorResult:
    """The judgement on one indicator; the alignment says which statement was judged."""

    indicator_code: str
    indicator_title: str
    result_description_id: str
    met: bool = True
    alignment: IndicatorAlignment | None = None


@dataclass(frozen=True, kw_only=True)
class RubricLevel:
    """One level of an indicator's rubric; the alignment names it in the CASE package."""

    id: str
    number: int  #: rising with quality
    name: str
    descriptor: str
    alignment: IndicatorAlignment | None = None


@dataclass(frozen=True, kw_only=True)
class IndicatorScore:
    """The level that reviewers decided on for one indicator: only what the learner releases.

    `levels` are the whole scale from low to high; `required` and `achieved` are identifiers in it.
    """

    indicator_code: str
    indicator_title: str
    result_description_id: str
    levels: tuple[RubricLevel, ...]
    required: str
    achieved: str
    alignment: IndicatorAlignment | None = None


@dataclass(frozen=True, kw_only=True)
class EvidenceNote:
    """One piece of evidence in words.

    `digest` (SHA-256, hex) lets whoever holds the file recognise it. `url` is given only for what
    is public anyway, such as a badge; evidence of a learner is private and has none.
    """

    name: str
    narrative: str
    genre: str
    digest: str = ""
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class ConsentedEmail:
    """A holder's e-mail address, salted and hashed; to be made only with the holder's consent.

    The salt is public, so the hash of an address that somebody suspects can be computed: it tells
    whose badge this is to anyone who tries the right address.
    """

    identity_hash: str  #: "sha256$" and 64 hexadecimal digits
    salt: str

    @classmethod
    def of(cls, address: str, salt: str) -> Self:
        """Open Badges 3.0, IdentityHash: SHA-256 over the address (small letters) and the salt."""
        plain = address.strip().casefold() + salt
        return cls(identity_hash=f"sha256${sha256(plain.encode()).hexdigest()}", salt=salt)


@dataclass(frozen=True, kw_only=True)
class StatusEntry:
    """The badge's place in its issuer's revocation list."""

    list_url: str
    index: int


@dataclass(frozen=True, kw_only=True)
class CredentialContent:
    """Everything one badge says.

    `subject_id` is an opaque "urn:uuid:..." that names nobody. `review_statement` says how many
    reviewers of what kind decided. `source` is who assessed, where that is not who issues.
    `holder` is there only where the learner verified an address and agreed. `schema_url` is the
    address of the JSON Schema that the document keeps to. `name` is that of the achievement
    unless given. `endorsements` are signed EndorsementCredentials about this badge.
    """

    id: str
    issuer: IssuerProfile
    subject_id: str
    achievement: AchievementText
    alignments: tuple[IndicatorAlignment, ...]
    results: tuple[IndicatorResult | IndicatorScore, ...]
    evidence: tuple[EvidenceNote, ...]
    review_statement: str
    valid_from: datetime
    awarded: datetime
    status: StatusEntry
    valid_until: datetime | None = None
    image_url: str | None = None
    source: IssuerProfile | None = None
    holder: ConsentedEmail | None = None
    schema_url: str | None = None
    name: str = ""
    endorsements: tuple[bytes, ...] = ()
