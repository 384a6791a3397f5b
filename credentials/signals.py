"""What the house announces upward, to doors it does not know.

Sent inside the transaction in which it became true, so that a receiver can leave rows of work in
the same transaction; a receiver that raises takes the whole step back. `send` gives the sender
None and the keyword arguments named here; they are values, never rows.
"""

from django.dispatch import Signal

#: submission: UUID, program_id: int, learner_id: int, competency: str, at: datetime
submission_submitted = Signal()

#: the same, when the learner takes it back
submission_withdrawn = Signal()

#: submission, program_id, learner_id, competency, outcome: "passed" or "returned", met: int,
#: of: int (indicators), at: datetime; sent again when a decision is corrected
submission_decided = Signal()

#: badge: UUID, award: UUID, program_id, learner_id, competency, at; once the bytes are signed
badge_issued = Signal()

#: award: UUID, program_id, learner_id, competency, at
award_revoked = Signal()

#: old_key: str; a restore has brought rows that were sealed under that master key
master_key_changed = Signal()
