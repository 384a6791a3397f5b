"""What the general engine says about a badge, asked in full once for every shape of badge.

The badges of a cohort differ in a few texts and addresses. PyLD reads the first of a shape as a
whole; what it made of it becomes a template, and the texts of the others are put into that. So the
bytes of every badge are compared with what a second road says of them, at a cost that a whole
cohort can bear. Decision 0017 says why that is as good as asking about each.

What does not belong here: anything of `compiled`, which is the road that is being checked.
"""

from credentials.openbadges.secondopinion.shapes import CheckedShapes

__all__ = ["CheckedShapes"]
