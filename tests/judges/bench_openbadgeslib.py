"""How fast PyPI openbadgeslib issues and verifies the badge of `make bench`.

Run by the Python of the environment that `make judges` makes. The protocol is that of
bench_lines.py; the material is {"unsigned": document, "signed", "signedWithStatus": text of a
badge, "issuer": its DID, "documents": {address: text} (the issuer's document and the revocation
list), "key": PEM, "method": its name, "created": moment, "now": moment}. Operations:

    issue               an embedded proof for the document, without its model's own checks
    verify              signature, form and dates; the issuer's key is fetched once and kept
    verifyWithStatus    also the place in the revocation list, without the list's own signature,
                        which it reads in tokens only
"""

from datetime import datetime

from bench_lines import serve
from openbadgeslib import ob3
from openbadgeslib_judge import reachable, stop_the_clock


def operations_of(material):
    """What can be asked about this material."""
    stop_the_clock(datetime.fromisoformat(material["now"]))
    created = datetime.fromisoformat(material["created"])
    download = reachable(material["documents"])
    verifier = ob3.OB3LdpVerifier.for_issuer_did(material["issuer"])

    def issue():
        ob3.add_data_integrity_proof(
            material["unsigned"],
            material["key"],
            material["method"],
            created=created,
        )

    def verify():
        verifier.verify(material["signed"], download=download)

    def verify_with_status():
        verifier.verify(
            material["signedWithStatus"],
            check_status=True,
            verify_status_list=False,
            download=download,
        )

    return {"issue": issue, "verify": verify, "verifyWithStatus": verify_with_status}


if __name__ == "__main__":
    serve(operations_of)
