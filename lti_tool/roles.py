"""What a person is in a course, from the roles of a launch (core, appendix A.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_VOCABULARY: Final = "http://purl.imsglobal.org/vocab/lis/v2/"
_COURSE: Final = f"{_VOCABULARY}membership"
_INSTITUTION_ROOT: Final = f"{_VOCABULARY}institution/person"
_INSTITUTION: Final = f"{_INSTITUTION_ROOT}#"

_TEACHING: Final = frozenset({"Instructor", "Administrator", "TeachingAssistant"})
_LEARNING: Final = frozenset({"Learner"})
# of an institution; they say less, and count only where the course says nothing
_TEACHING_THERE: Final = frozenset({"Instructor", "Faculty", "Administrator"})
_LEARNING_THERE: Final = frozenset({"Learner", "Student"})


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the roles amount to; both may be true, or neither (an observer, an unknown role)."""

    learner: bool
    instructor: bool


def standing(roles: Iterable[str]) -> Standing:
    """Roles of the course decide; those of the institution only where there are none.

    A short name ("Learner") is a role of the course. Neither ever makes a reviewer or an
    administrator of a program: a membership does.
    """
    given = tuple(roles)
    course = {name for role in given for name in _of_course(role)}
    if course:
        return Standing(learner=bool(course & _LEARNING), instructor=bool(course & _TEACHING))
    there = {role.removeprefix(_INSTITUTION) for role in given if role.startswith(_INSTITUTION)}
    return Standing(learner=bool(there & _LEARNING_THERE), instructor=bool(there & _TEACHING_THERE))


def _of_course(role: str) -> tuple[str, ...]:
    """The principal role and the sub-role: `membership/Instructor#TeachingAssistant` is both."""
    if role.startswith(f"{_COURSE}#"):
        return (role.removeprefix(f"{_COURSE}#"),)
    if role.startswith(f"{_COURSE}/"):
        principal, _, sub = role.removeprefix(f"{_COURSE}/").partition("#")
        return (principal, sub)
    return (role,) if ":" not in role and "/" not in role else ()


def in_words(role: str) -> str:
    """A role for people: "Instructor in the course"; one that nobody knows as it came."""
    for vocabulary, where in (
        (_COURSE, "in the course"),
        (_INSTITUTION_ROOT, "at the institution"),
    ):
        if role.startswith((f"{vocabulary}#", f"{vocabulary}/")):
            name = role.removeprefix(vocabulary)[1:].rpartition("#")[2]
            return f"{name} {where}"
    return role
