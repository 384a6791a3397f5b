"""The only file that knows the platform: who is in front of the block, in which course.

Without the platform, in the workbench and in tests, `settings.LC_COURSE_WITHOUT_PLATFORM` names
the one course in which every block stands and everybody is enrolled; unset, nobody is.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser

#: The key of the user's row, as the platform's user service gives it to blocks.
USER_ID = "edx-platform.user_id"


def user_of(block: Any) -> AbstractBaseUser | None:
    """The row of the person in front of the block; None for somebody who is not signed in."""
    service = block.runtime.service(block, "user")
    key = service.get_current_user().opt_attrs.get(USER_ID)
    if key is None:
        return None
    return get_user_model().objects.filter(pk=key, is_active=True).first()


def looks_as_another(block: Any) -> bool:
    """Whether staff of the course look at it as some learner would ("View this course as").

    The platform then hands blocks the learner's row, with the real person beside it.
    """
    service = block.runtime.service(block, "user")
    return getattr(getattr(service, "_django_user", None), "real_user", None) is not None


def context_key_of(block: Any) -> str:
    """The course or library in which the block stands, as the platform spells it."""
    usage = block.scope_ids.usage_id
    key = getattr(usage, "context_key", None)
    return _course_without_platform() if key is None else str(key)


def is_enrolled(user: AbstractBaseUser, block: Any) -> bool:
    """Whether the person learns in the block's course.

    The platform lets everybody who is signed in call a block's handlers, enrolled or not.
    """
    key = getattr(block.scope_ids.usage_id, "context_key", None)
    if key is None:
        return _course_without_platform() != ""
    from common.djangoapps.student.models import CourseEnrollment

    return bool(CourseEnrollment.is_enrolled(user, key))


def _course_without_platform() -> str:
    return str(getattr(settings, "LC_COURSE_WITHOUT_PLATFORM", ""))
