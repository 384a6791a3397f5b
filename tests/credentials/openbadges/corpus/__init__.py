"""Badges to judge a verifier by: each named for its one fault, with the answers it must get.

What does not belong here: bytes without an expected answer (that is the fuzzing).
"""

from typing import Final

from tests.credentials.openbadges.corpus.altered import CHANGED
from tests.credentials.openbadges.corpus.entry import Entry
from tests.credentials.openbadges.corpus.files import FILES
from tests.credentials.openbadges.corpus.formed import FORMED
from tests.credentials.openbadges.corpus.good import GOOD
from tests.credentials.openbadges.corpus.listed import LISTED
from tests.credentials.openbadges.corpus.older import OLDER
from tests.credentials.openbadges.corpus.pictured import PICTURES
from tests.credentials.openbadges.corpus.several import SEVERAL
from tests.credentials.openbadges.corpus.signers import SIGNERS
from tests.credentials.openbadges.corpus.tokened import TOKENED

BAD: Final[list[Entry]] = [
    *FILES,
    *PICTURES,
    *CHANGED,
    *SIGNERS,
    *FORMED,
    *LISTED,
    *TOKENED,
    *OLDER,
    *SEVERAL,
]
CORPUS: Final[list[Entry]] = [*BAD, *GOOD]
