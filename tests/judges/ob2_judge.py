"""What PyPI openbadges 1.1.2 says about an Open Badges 2.0 badge, offline.

Run by the Python of the environment that `make judges` makes (openbadges.txt beside this file),
never imported by the tests: it needs packages of 2018. Reads jobs, one JSON object a line:

    badge      the address, the JSON or the JWS; or {"image": base64, "name": file name}
    documents  address -> {"status", "type", "body" (base64)}; nothing else is reachable
    recipient  a profile such as {"email": "ada@lead.example"}, or null
    now        the moment to judge at

and prints for each {"valid": bool, "errors": [text], "warnings": [text]}.
"""

import base64
import io
import json
import sys
import warnings
from datetime import datetime

warnings.simplefilter("ignore")  # of the packages of 2018 at every step

import requests  # noqa: E402  # after the warnings are off
import requests_cache  # noqa: E402
from Crypto.PublicKey import RSA  # noqa: E402


class Documents(requests.Session):
    """A network on which the job's documents are all there is."""

    known = {}

    def __init__(self, *args, **kwargs):
        super().__init__()

    def remove_expired_responses(self):
        """Nothing is kept."""

    def get(self, url, **kwargs):
        """The job's answer, or what an address that is not there gives."""
        if url not in self.known:
            raise requests.ConnectionError(f"{url} is not reachable")
        answer = self.known[url]
        response = requests.Response()
        response.status_code = answer["status"]
        response.headers["Content-Type"] = answer["type"]
        response.encoding = "utf-8"
        response._content = base64.b64decode(answer["body"])
        response.from_cache = False
        return response


requests.Session = requests_cache.CachedSession = Documents
# python-jose takes the text of a key, and no longer the object that pycryptodome makes of it
RSA.import_key = lambda pem: pem

from openbadges.verifier import verify  # noqa: E402  # after the network is replaced
from openbadges.verifier.openbadges_context import (  # noqa: E402
    OPENBADGES_CONTEXT_V2_DICT,
    OPENBADGES_CONTEXT_V2_URI,
)
from openbadges.verifier.tasks import validation  # noqa: E402

CONTEXT = {
    "status": 200,
    "type": "application/ld+json",
    "body": base64.b64encode(json.dumps(OPENBADGES_CONTEXT_V2_DICT).encode()).decode(),
}


def judge(job):
    """The judge's verdict on one job."""
    moment = datetime.fromisoformat(job["now"])

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return moment

    validation.datetime = Clock
    Documents.known = {OPENBADGES_CONTEXT_V2_URI: CONTEXT, **job["documents"]}
    badge = job["badge"]
    if isinstance(badge, dict):
        image = io.BytesIO(base64.b64decode(badge["image"]))
        image.name = badge["name"]
        badge = image
    report = verify(badge, recipient_profile=job["recipient"])["report"]
    by_level = {"ERROR": [], "WARNING": []}
    for message in report["messages"]:
        by_level.setdefault(message["messageLevel"], []).append(message["result"])
    return {
        "valid": report["valid"],
        "errors": by_level["ERROR"],
        "warnings": by_level["WARNING"],
    }


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(judge(json.loads(line))), flush=True)
