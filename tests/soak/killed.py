"""Complete a review and do its work in this process, killed before the n-th statement.

Usage: python -m tests.soak.killed USER_ID PROGRAM_ID REVIEW N    (N = 0: not killed)
Prints how many statements it took when it was left alive.
"""

import os
import signal
import sys
from uuid import UUID

import django

django.setup()

from django.db import connection  # noqa: E402  # Django first

from credentials import api, work  # noqa: E402  # Django first
from credentials.data import Actor  # noqa: E402  # Django first
from tests.factories.people import TestLinks  # noqa: E402  # Django first


class Axe:
    """Counts statements; falls at the n-th."""

    def __init__(self, fatal: int) -> None:
        self.fatal, self.count = fatal, 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        if self.count == self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)


def main() -> None:
    user, program, review, fatal = sys.argv[1:]
    reviewer = Actor(
        user_id=int(user),
        program_id=int(program),
        program_name="",
        roles=frozenset({"reviewer"}),
        name="",
        links=TestLinks(),
    )
    axe = Axe(int(fatal))
    with connection.execute_wrapper(axe):
        api.complete_review(reviewer, review=UUID(review))
        work.drain()
    print(axe.count)


main()
