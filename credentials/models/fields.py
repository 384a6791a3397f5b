"""Column types and constraints that mean the same on every database and Django we support."""

from __future__ import annotations

import uuid
from typing import Any

import django
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class ItemUUID(models.UUIDField):  # type: ignore[type-arg]  # the stubs' parameters are not a runtime API
    """A UUID that MariaDB and MySQL keep as char(32) under every Django.

    Django 5 turned UUIDField into MariaDB's own type, which the char(32) columns that Django 4.2
    made cannot hold (Django 5.0 release notes, "Migrating existing UUIDField on MariaDB 10.7+").
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        if connection.vendor == "mysql":
            return "char(32)"
        return super().db_type(connection)

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        value = super().get_db_prep_value(value, connection, prepared)
        if connection.vendor == "mysql" and isinstance(value, uuid.UUID):
            return value.hex
        return value

    def from_db_value(self, value: Any, *_: Any) -> uuid.UUID | None:
        return value if value is None or isinstance(value, uuid.UUID) else uuid.UUID(value)


def check(condition: models.Q, name: str) -> models.CheckConstraint:
    """A check constraint; the argument was renamed between Django 4.2 and 5.1."""
    if django.VERSION >= (5, 1):
        return models.CheckConstraint(condition=condition, name=name)
    return models.CheckConstraint(check=condition, name=name)  # type: ignore[call-arg]  # Django 4.2


def true_or_null(field: str, name: str) -> models.CheckConstraint:
    """`field` is TRUE or NULL, never FALSE: a unique index over it then allows one TRUE.

    This stands in for a conditional unique constraint, which MariaDB and MySQL do not have.
    """
    return check(models.Q(**{field: True}) | models.Q(**{f"{field}__isnull": True}), name)
