"""The module a submission was started on, exactly as it was then."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from course_content.catalog import Module, UnknownItem
from course_content.loading import load, module_definition, module_from_definition
from credentials.errors import NotFound
from credentials.models import ModuleVersion, Submission


def current(competency: str) -> Module:
    """Today's module of that competency; raises NotFound."""
    try:
        return load().module(competency)
    except UnknownItem:
        raise NotFound(f"There is no module for {competency} yet.") from None


def pin(*, module: Module, now: datetime) -> ModuleVersion:
    """The stored snapshot of that very definition, made at its first use."""
    version, _ = ModuleVersion.objects.get_or_create(
        digest=module.digest,
        defaults={
            "competency": module.competency.code,
            "version": module.version,
            "definition": module_definition(module),
            "first_used_at": now,
        },
    )
    return version


def of(submission: Submission) -> Module:
    """The module as it stood when the attempt was started, whatever was published since."""
    return _of_digest(submission.module_version.digest)


@lru_cache(maxsize=256)
def _of_digest(digest: str) -> Module:
    for module in load().modules.values():
        if module.digest == digest:
            return module
    return module_from_definition(ModuleVersion.objects.get(digest=digest).definition)
