"""What the badge library can refuse, as one tree; every message is a sentence for a person.

OpenBadgesError
+-- NotSafe               the document says something that a signature would not cover for sure
|   +-- UnknownContext    it names a vocabulary that is not pinned here
|   +-- UnknownTerm       it uses a word that none of its vocabularies define
|   +-- TooMuchWork       it is built so that checking it would take unreasonable work
+-- NotJson               the text is not JSON as RFC 8259 has it, or says a name twice
+-- TooLarge              more bytes, depth or items than a badge can need
+-- BadToken              a JSON Web Token of a form that badges do not come in
+-- BadImage
|   +-- NotAPng           the file does not begin like a PNG image
|   +-- NotAnSvg          the file is not an SVG image
|   +-- Truncated         the file ends before the image does
|   +-- DamagedPng        a checksum or the order of its parts is wrong
|   +-- DamagedSvg        its marks do not fit together, or it declares entities
+-- NoBadgeInside         a sound image without a badge
+-- BadKey                not a key in the form asked for, or one too weak to be relied on
+-- KeyNotListed          the issuer does not list the key for signing badges
|   +-- KeyWithdrawn      the issuer lists the key as revoked or expired
+-- BadDid                not a did:web identifier or not a web address it could stand for
+-- BadStatusList         not a status list, or an index outside of it
|   +-- ListNotReliable   a revocation list that cannot be had, read or believed
+-- BadTrustList          not a trust list, with every fault of the file
+-- BadBundle             not an offline bundle, or not as its maker signed it
+-- NotSigned             the document carries no proof
+-- ProofNotSupported     the proof is of a kind this library does not check
+-- BadProof              the proof is incomplete or does not say what a proof must say
+-- SelfCheckFailed       a document just signed did not verify: nothing may be released
"""

from __future__ import annotations


class OpenBadgesError(Exception):
    """Root of the tree; `code` is for machines and stable."""

    code = "error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotSafe(OpenBadgesError):
    """Signing or verifying this would vouch for less, or for other, than a reader sees."""

    code = "not-safe"


class UnknownContext(NotSafe):
    """A vocabulary that is not pinned; `context` names it."""

    code = "unknown-context"

    def __init__(self, context: str) -> None:
        super().__init__(f"It relies on a vocabulary that is not known here: {context}.")
        self.context = context


class UnknownTerm(NotSafe):
    """A word that no vocabulary of the document defines, so no signature covers it."""

    code = "unknown-term"


class TooMuchWork(NotSafe):
    """A counted bound was reached while the document was being put into canonical form."""

    code = "too-much-work"


class NotJson(OpenBadgesError):
    """Not JSON, or JSON that two readers could read differently."""

    code = "not-json"


class TooLarge(OpenBadgesError):
    """More than a badge can need."""

    code = "too-large"


class BadToken(OpenBadgesError):
    """A JSON Web Token that was damaged, or of a form that badges do not come in."""

    code = "bad-token"


class BadImage(OpenBadgesError):
    """The image cannot be read as a whole and unharmed PNG or SVG."""

    code = "bad-image"


class NotAPng(BadImage):
    """The file does not begin with the PNG signature."""

    code = "not-a-png"


class NotAnSvg(BadImage):
    """The file is not XML, or its outermost element is not an SVG picture."""

    code = "not-an-svg"


class Truncated(BadImage):
    """The file ends before the image does."""

    code = "truncated"


class DamagedPng(BadImage):
    """A checksum, a length or the order of the parts is wrong."""

    code = "damaged-png"


class DamagedSvg(BadImage):
    """Not well-formed, entities of its own, or something else inside of the badge."""

    code = "damaged-svg"


class NoBadgeInside(OpenBadgesError):
    """A sound image that carries no badge."""

    code = "no-badge-inside"


class BadKey(OpenBadgesError):
    """Not a key in the form asked for, or one too weak to be relied on."""

    code = "bad-key"


class KeyNotListed(OpenBadgesError):
    """The issuer does not list the key for signing badges; `message` says how, in a few words."""

    code = "key-not-listed"


class KeyWithdrawn(KeyNotListed):
    """The issuer lists the key as one that may not be relied on any more."""

    code = "key-withdrawn"


class BadDid(OpenBadgesError):
    """Not a did:web identifier, or an address that none can stand for."""

    code = "bad-did"


class BadStatusList(OpenBadgesError):
    """Not a status list as W3C Bitstring Status List 1.0 has it, or an index outside of it."""

    code = "bad-status-list"


class ListNotReliable(BadStatusList):
    """A revocation list that cannot be had, read or believed; `code` says which."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class BadTrustList(OpenBadgesError):
    """Not a trust list; `faults` are (where in the file, what is wrong there)."""

    code = "bad-trust-list"

    def __init__(self, message: str, faults: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(message)
        self.faults = faults


class BadBundle(OpenBadgesError):
    """Not an offline bundle as docs/verifying.md has it, or altered since it was signed."""

    code = "bad-bundle"


class NotSigned(OpenBadgesError):
    """The document carries no proof."""

    code = "not-signed"


class ProofNotSupported(OpenBadgesError):
    """A proof of a kind this library does not check: neither good nor bad."""

    code = "proof-not-supported"


class BadProof(OpenBadgesError):
    """A proof that lacks what a proof must have, or has it in a form nobody can check."""

    code = "bad-proof"


class SelfCheckFailed(OpenBadgesError):
    """A document just signed did not verify with the second engine."""

    code = "self-check-failed"
