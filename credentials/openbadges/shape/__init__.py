"""The parts that the standards ask of what is handed in, in the official validator's order.

At run time this is the checker; the JSON Schemas of `schemas` say the same to the outside, and a
test compares the two.

What does not belong here: whether it is signed, in force or somebody's (`verify`).
"""

from credentials.openbadges.shape.credential import (
    ENDORSEMENT_TYPE,
    OB_2,
    faults,
    is_endorsement,
    is_record,
)
from credentials.openbadges.shape.record import ASSOCIATIONS
from credentials.openbadges.shape.values import Fault, is_iri

__all__ = [
    "ASSOCIATIONS",
    "ENDORSEMENT_TYPE",
    "OB_2",
    "Fault",
    "faults",
    "is_endorsement",
    "is_iri",
    "is_record",
]
