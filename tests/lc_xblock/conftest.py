"""A course that works for Ada's program, and units in it."""

from __future__ import annotations

import pytest

from credentials.data import Actor
from credentials.models import Program
from lc_xblock.models import CourseProgram
from tests.lc_xblock.platform import COURSE, Unit


@pytest.fixture
def course(program: Program, settings) -> str:
    """The one course there is without a platform; it works for Ada's program."""
    settings.LC_COURSE_WITHOUT_PLATFORM = COURSE
    CourseProgram.assign(COURSE, program.pk)
    return COURSE


@pytest.fixture
def adas_unit(course: str, ada: Actor) -> Unit:
    """The unit in front of Ada."""
    return Unit(ada.user_id)
