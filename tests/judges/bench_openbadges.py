"""How fast PyPI openbadges 1.1.2 verifies the Open Badges 2.0 badges of `make bench`.

Run by the Python of the environment that `make judges` makes. The protocol is that of
bench_lines.py; the material is {"hostedUrl": address of the assertion, "signed": JWS,
"documents": {address: JSON}, "pictures": {address: base64 of a PNG}, "now": moment}, of which the
peer reaches nothing but documents and pictures. Operations: "hosted", "signed"; each is the whole
verification, which must find the badge valid.
"""

import base64
import json

from bench_lines import serve
from ob2_judge import judge


def operations_of(material):
    """What can be asked about this material."""
    documents = {
        **{
            address: _published("application/ld+json", _base64(json.dumps(document).encode()))
            for address, document in material["documents"].items()
        },
        **{
            address: _published("image/png", picture)
            for address, picture in material.get("pictures", {}).items()
        },
    }

    def verified(badge):
        job = {"badge": badge, "documents": documents, "recipient": None, "now": material["now"]}

        def verify():
            found = judge(job)
            if not found["valid"]:
                raise ValueError(f"the peer does not verify our badge: {found['errors']}")

        return verify

    return {"hosted": verified(material["hostedUrl"]), "signed": verified(material["signed"])}


def _published(kind, body):
    return {"status": 200, "type": kind, "body": body}


def _base64(data):
    return base64.b64encode(data).decode()


if __name__ == "__main__":
    serve(operations_of)
