"""The one course of the practice LMS and the people in it."""

from __future__ import annotations

from dataclasses import dataclass

TITLE = "Leading Schools, spring term"
LABEL = "EDL 610"

_MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
_INSTITUTION = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#"


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody with an account in the LMS; `id` is what tools know them by."""

    id: str
    key: str
    given: str
    family: str
    teaches: bool = False

    @property
    def name(self) -> str:
        """As the course shows it."""
        return f"{self.given} {self.family}"

    @property
    def email(self) -> str:
        """`.example` reaches nobody (RFC 2606)."""
        return f"{self.key}@lms.example"

    @property
    def short_role(self) -> str:
        """The simple name that roster services use (core 1.3, A.2.3)."""
        return "Instructor" if self.teaches else "Learner"

    @property
    def roles(self) -> list[str]:
        """The context role and the institution role of a launch (core 1.3, A.2)."""
        institution = "Faculty" if self.teaches else "Student"
        return [f"{_MEMBERSHIP}{self.short_role}", f"{_INSTITUTION}{institution}"]


PEOPLE = (
    Person(
        id="6f0a1e52-4c7b-4b0e-9a55-7e55a0000001",
        key="tess",
        given="Tess",
        family="Okafor",
        teaches=True,
    ),
    Person(id="6f0a1e52-4c7b-4b0e-9a55-7e55a0000002", key="sam", given="Sam", family="Delgado"),
    Person(id="6f0a1e52-4c7b-4b0e-9a55-7e55a0000003", key="sofia", given="Sofia", family="Marin"),
)
STUDENTS = tuple(person for person in PEOPLE if not person.teaches)


def by_key(key: str) -> Person | None:
    """Who signs in under that short name."""
    return next((person for person in PEOPLE if person.key == key), None)


def by_id(identifier: str) -> Person | None:
    """Whom tools know under that id."""
    return next((person for person in PEOPLE if person.id == identifier), None)
