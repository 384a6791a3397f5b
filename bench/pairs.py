"""Each comparison: what we do, what the peer does, on the same bytes in the same run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from itertools import cycle
from typing import Any

from openbadges_bakery import bake as bakery_bake
from pyld import jsonld

from bench import material
from bench.peers import Peer
from bench.timing import Pair, interleaved, rate_of
from course_content.art import badge_png, badge_svg
from credentials.openbadges import CheckedShapes, Verdict, sign, verify
from credentials.openbadges.baking import bake_png
from credentials.openbadges.contexts import PINNED, context_document
from credentials.openbadges.generation import Generation
from credentials.openbadges.svg import bake_svg


def against_digitalbazaar() -> dict[str, Pair]:
    """Issue and verify, with and without a status list: npm @digitalbazaar/vc 7 on Node."""
    node = shutil.which("node")
    if node is None:
        raise RuntimeError("Node 20 or newer is needed, and `npm ci` in tests/judges.")
    plain, listed, status_list = (
        material.signed(status=False),
        material.signed(),
        material.signed_list(),
    )
    given = {
        "unsigned": material.unsigned(status=False),
        "signed": json.loads(plain),
        "signedWithStatus": json.loads(listed),
        "did": material.did(),
        "statusList": json.loads(status_list),
        "contexts": {url: context_document(url) for url in PINNED},
        "key": material.multikey(),
        "created": "2026-03-02T15:04:05Z",
        "now": material.TODAY.isoformat(),
    }
    ours_plain = verifying(plain, status_list)
    ours_listed = verifying(listed, status_list)
    with Peer([node, "tests/judges/bench_vc.mjs"], given, name="@digitalbazaar/vc") as peer:
        return {
            "issue_vs_digitalbazaar": interleaved(rate_of(issuing()), peer.rate("issue")),
            "issue_single_vs_digitalbazaar": interleaved(
                rate_of(issuing_one()), peer.rate("issue")
            ),
            "verify_vs_digitalbazaar": interleaved(rate_of(ours_plain), peer.rate("verify")),
            "verify_status_vs_digitalbazaar": interleaved(
                rate_of(ours_listed), peer.rate("verifyWithStatus")
            ),
            "verify_with_status_vs_without": interleaved(rate_of(ours_listed), rate_of(ours_plain)),
        }


def issuing() -> Callable[[], bytes]:
    """Badges of a cohort, one after the other, as each process of `lc issue` makes them."""
    documents = cycle([material.unsigned(number, status=False) for number in range(200)])
    shapes = CheckedShapes()
    return lambda: sign(
        next(documents),
        material.KEY,
        verification_method=material.METHOD,
        created=material.AWARDED,
        shapes=shapes,
    )


def issuing_one() -> Callable[[], bytes]:
    """One badge by itself: every single one is checked by the general engine."""
    document = material.unsigned(status=False)
    return lambda: sign(
        document, material.KEY, verification_method=material.METHOD, created=material.AWARDED
    )


def verifying(badge: bytes, status_list: bytes) -> Callable[[], None]:
    """The whole report on a badge, which must be good."""
    ports = material.ports(status_list)

    def verified() -> None:
        report = verify(badge, as_of=material.TODAY, ports=ports)
        if report.verdict is not Verdict.VERIFIED:
            raise RuntimeError(f"our own badge is {report.verdict}")

    return verified


def against_pyld() -> dict[str, Pair]:
    """Issue as the straight-forward Python does it: PyLD twice and one Ed25519 signature."""
    document = material.unsigned(status=False)
    contexts = {url: context_document(url) for url in PINNED}

    def load(url: str, options: Any) -> dict[str, Any]:
        del options
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": url,
            "document": contexts[url],
            "tag": "static",
        }

    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": load,
        "contextResolver": jsonld.ContextResolver({}, load),
    }

    def plain() -> bytes:
        proof = {
            "@context": document["@context"],
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-rdfc-2022",
            "created": "2026-03-02T15:04:05Z",
            "verificationMethod": material.METHOD,
            "proofPurpose": "assertionMethod",
        }
        texts = (jsonld.normalize(part, options) for part in (proof, document))
        hashed = b"".join(sha256(text.encode()).digest() for text in texts)
        signature = material.KEY.sign(hashed)
        return json.dumps({**document, "proof": {**proof, "proofValue": signature.hex()}}).encode()

    return {"issue_vs_pyld": interleaved(rate_of(issuing()), rate_of(plain))}


def against_bakery() -> dict[str, Pair]:
    """Bake a 2.0 assertion into our own art: PyPI openbadges-bakery 2.

    As its documentation calls it the peer makes a temporary file; `_in_memory` spares it that.
    """
    svg = badge_svg("I.1", title="Shared Vision", domain="V", program="Ridgeline", year=2026)
    png = badge_png(svg, 400)
    assertion = json.dumps({"@context": "https://w3id.org/openbadges/v2", "type": "Assertion"})

    def bakery(picture: bytes, name: str, *, in_memory: bool) -> Callable[[], None]:
        def baked() -> None:
            file = BytesIO(picture)
            file.name = name
            bakery_bake(file, assertion, BytesIO() if in_memory else None)

        return baked

    badge, two = assertion.encode(), Generation.TWO
    ours_png = rate_of(lambda: bake_png(png, badge, generation=two))
    ours_svg = rate_of(lambda: bake_svg(svg.encode(), badge, generation=two))
    return {
        f"bake_{kind}_vs_bakery{suffix}": interleaved(
            ours, rate_of(bakery(picture, f"badge.{kind}", in_memory=bool(suffix)))
        )
        for kind, ours, picture in (("png", ours_png, png), ("svg", ours_svg, svg.encode()))
        for suffix in ("", "_in_memory")
    }


def credential_bytes() -> int:
    """How large the badge of this run is."""
    return len(material.signed())
