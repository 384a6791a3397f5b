"""Dora asks whose badge of Open Badges 2.0 it is."""

from __future__ import annotations

from hashlib import md5, sha256
from typing import Any

import pytest

from credentials.openbadges.older.recipient import check_recipient
from tests.credentials.openbadges.issued import SUBJECT

ADA = "ada@lead.example"
SHA = sha256(b"ada@lead.examples4lt").hexdigest()
MD5 = md5(b"ada@lead.examples4lt", usedforsecurity=False).hexdigest()


def _email(identity: str, **more: Any) -> dict[str, Any]:
    return {"type": "email", "hashed": True, "identity": identity, "salt": "s4lt", **more}


def _answer(recipient: Any, asked: str | None) -> tuple[str, str]:
    found = check_recipient({"recipient": recipient}, asked)
    return str(found.answer), found.code


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (ADA, ("yes", "same-identity")),
        (" Ada@Lead.Example ", ("yes", "same-identity")),
        ("cem@lead.example", ("no", "someone-else")),
        (SUBJECT, ("unchecked", "opaque")),
        ("", ("unchecked", "not-asked")),
        (None, ("unchecked", "not-asked")),
    ],
)
@pytest.mark.parametrize("identity", [f"sha256${SHA}", f"SHA256${SHA.upper()}"])
def test_hashed_address(identity: str, asked: str | None, answer: tuple[str, str]) -> None:
    assert _answer(_email(identity), asked) == answer


@pytest.mark.parametrize(
    ("asked", "answer"),
    [(ADA, ("unchecked", "weak-hash")), ("cem@lead.example", ("no", "someone-else"))],
)
def test_hash_that_can_be_forged_is_never_a_yes(asked: str, answer: tuple[str, str]) -> None:
    assert _answer(_email(f"md5${MD5}"), asked) == answer


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (SUBJECT, ("yes", "same-identity")),
        ("urn:uuid:else", ("no", "someone-else")),
        (ADA, ("unchecked", "opaque")),
    ],
)
def test_opaque_number(asked: str, answer: tuple[str, str]) -> None:
    assert _answer({"type": "id", "hashed": False, "identity": SUBJECT}, asked) == answer


@pytest.mark.parametrize(
    ("recipient", "asked", "answer"),
    [
        (_email(ADA, hashed=False), "Ada@lead.example", ("yes", "same-identity")),
        (_email(ADA, hashed=False), "cem@lead.example", ("no", "someone-else")),
        (
            _email(f"sha256${sha256(ADA.encode()).hexdigest()}", salt=7),
            ADA,
            ("yes", "same-identity"),
        ),
        (_email("sha512$00"), ADA, ("unchecked", "opaque")),
        (_email("ada"), ADA, ("unchecked", "opaque")),
        ({"type": "email"}, ADA, ("unchecked", "opaque")),
        ([_email(ADA)], ADA, ("unchecked", "opaque")),
        (None, ADA, ("unchecked", "opaque")),
    ],
)
def test_other_ways_to_name_somebody(recipient: Any, asked: str, answer: tuple[str, str]) -> None:
    assert _answer(recipient, asked) == answer
