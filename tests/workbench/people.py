"""The workbench's students as rows, in the words of the platform's user service."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from xblock.reference.user_service import UserService, XBlockUser


class Users(UserService):
    """`?student=ada` is the user of that name; anybody unknown is not signed in."""

    def __init__(self) -> None:
        """The workbench sets `runtime` on it afterwards."""
        super().__init__()

    def get_current_user(self) -> XBlockUser:
        """Whom the platform would name, with the attributes that it would give."""
        row = get_user_model().objects.filter(username=self.runtime.user_id).first()
        user = XBlockUser(is_current_user=True, full_name=row.get_full_name() if row else "")
        user.opt_attrs = {
            "edx-platform.user_id": row.pk if row else None,
            "edx-platform.is_authenticated": row is not None,
        }
        return user
