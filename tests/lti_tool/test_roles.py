"""What roles of a platform amount to."""

from __future__ import annotations

import pytest

from lti_tool.roles import Standing, in_words, standing

VOCABULARY = "http://purl.imsglobal.org/vocab/lis/v2/"
COURSE = f"{VOCABULARY}membership#"
INSTITUTION = f"{VOCABULARY}institution/person#"
SYSTEM = f"{VOCABULARY}system/person#"


@pytest.mark.parametrize(
    ("roles", "learner", "instructor"),
    [
        ([], False, False),
        ([f"{COURSE}Learner"], True, False),
        (["Learner"], True, False),
        ([f"{COURSE}Instructor"], False, True),
        (["Instructor"], False, True),
        ([f"{COURSE}Instructor", f"{COURSE}Learner"], True, True),
        ([f"{VOCABULARY}membership/Instructor#TeachingAssistant"], False, True),
        ([f"{VOCABULARY}membership/Learner#NonCreditLearner"], True, False),
        ([f"{COURSE}Mentor"], False, False),
        ([f"{COURSE}ContentDeveloper"], False, False),
        ([f"{INSTITUTION}Student"], True, False),
        ([f"{INSTITUTION}Faculty"], False, True),
        # the course decides where it says anything
        ([f"{INSTITUTION}Faculty", f"{COURSE}Learner"], True, False),
        ([f"{INSTITUTION}Student", f"{COURSE}Instructor"], False, True),
        ([f"{INSTITUTION}Student", f"{COURSE}Mentor"], False, False),
        ([f"{SYSTEM}SysAdmin"], False, False),
        (["https://lms.example.edu/roles#Learner"], False, False),
        (["learner"], False, False),
        (["urn:lti:role:ims/lis/Learner"], False, False),
    ],
)
def test_roles_amount_to(roles: list[str], learner: bool, instructor: bool) -> None:
    assert standing(roles) == Standing(learner=learner, instructor=instructor)


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (f"{COURSE}Instructor", "Instructor in the course"),
        (f"{VOCABULARY}membership/Instructor#TeachingAssistant", "TeachingAssistant in the course"),
        (f"{INSTITUTION}Faculty", "Faculty at the institution"),
        ("Learner", "Learner"),
        ("https://lms.example.edu/roles#Juggler", "https://lms.example.edu/roles#Juggler"),
    ],
)
def test_roles_are_told_in_words(role: str, words: str) -> None:
    assert in_words(role) == words
