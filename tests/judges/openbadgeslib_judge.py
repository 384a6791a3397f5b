"""What PyPI openbadgeslib says about an Open Badges 3.0 badge, and badges as it issues them.

Run by the Python of the environment that `make judges` makes (openbadgeslib.txt beside this file),
never imported by the tests. Reads jobs, one JSON object a line, and prints an answer for each:

    {"picture": base64, "documents": {address: text}, "now": moment}
        a baked picture and its place in the revocation list, whose own proof it reads only in a
        JWT and is not asked about. Answer: {"valid": bool, "reason": text or null}
    {"signed": document, "documents": ...}
        the proof alone, of any document. Answer: as above
    {"issue": what to say, "alg": null or that of a token, "key": PEM, "method": its name,
     "created": moment}
        a badge of its own making. Answer: {"badge": text}

Nothing but the job's documents is reachable.
"""

import base64
import json
import sys
from datetime import datetime

from openbadgeslib import ob3
from openbadgeslib.ob3 import credential, ldp, status, verifier
from openbadgeslib.verify import verify_badge


def judge(job):
    """The answer to one job."""
    if "issue" in job:
        return {"badge": issued(job)}
    if "signed" in job:
        return judged_proof(job["signed"], reachable(job["documents"]))
    stop_the_clock(datetime.fromisoformat(job["now"]))
    result = verify_badge(
        base64.b64decode(job["picture"]),
        resolve_did=True,
        check_status=True,
        verify_status_list=False,
        download=reachable(job["documents"]),
    )
    return {"valid": result.valid and result.trusted, "reason": result.reason}


def reachable(documents):
    """A network on which these documents are all there is."""

    def download(address):
        if address not in documents:
            raise OSError(f"{address} is not reachable")
        return documents[address].encode()

    return download


def judged_proof(document, download):
    """Whether the proof is one of the key that it names."""
    try:
        key = ob3.resolve_verification_method(
            document["proof"]["verificationMethod"], download=download
        )
        ob3.verify_data_integrity_proof(document, key, extra_contexts=ob3.bundled_clr_contexts())
    except ob3.OB3VerificationError as error:
        return {"valid": False, "reason": str(error)}
    return {"valid": True, "reason": None}


def issued(job):
    """A badge of the library's own model, as a token or with an embedded proof."""
    said, created = job["issue"], datetime.fromisoformat(job["created"])
    badge = ob3.OpenBadgeCredential(
        issuer=ob3.Issuer(id=said["issuer"], name="Ridgeline"),
        recipient_id=said["subject"],
        achievement=ob3.Achievement(
            id=said["achievement"],
            name=said["name"],
            description="Builds a vision.",
            criteria_narrative="Scored by two reviewers.",
        ),
        issuance_date=created,
        credential_status=[said["status"]],
    )
    if job["alg"] is not None:
        return ob3.OB3Signer(job["key"], algorithm=job["alg"]).sign(badge)
    signer = ob3.OB3LdpSigner(job["key"], verification_method=job["method"])
    return json.dumps(signer.sign(badge, created=created))


def stop_the_clock(moment):
    """Let every part of the library believe that it is this moment."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return moment

    for module in (credential, ldp, status, verifier):
        module.datetime = Clock


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(judge(json.loads(line))), flush=True)
