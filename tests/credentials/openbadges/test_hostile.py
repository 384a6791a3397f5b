"""Whatever is handed in gets an answer: no exception, no hang, never a false yes."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credentials.openbadges import Answer, OpenBadgesError, Question, Verdict, bake_png, verify
from credentials.openbadges.baking import MAX_PNG_BYTES, unbake_png
from credentials.openbadges.contexts import OB_303, OB_EXTENSIONS, VC_V2
from tests.credentials.openbadges.issued import AWAY, HOME, TODAY, signed, tiny_png

BADGE = signed()
BAKED = bake_png(tiny_png(), BADGE)


def _itxt(text: bytes) -> bytes:
    return bake_png(tiny_png(), text)


def _older_png() -> bytes:
    body = b"openbadges\0\0\0\0\0https://lead.example/assertion"
    chunk = len(body).to_bytes(4, "big") + b"iTXt" + body
    chunk += zlib.crc32(b"iTXt" + body).to_bytes(4, "big")
    return tiny_png()[:33] + chunk + tiny_png()[33:]


@pytest.mark.parametrize(
    ("data", "answer", "code"),
    [
        (b"", "no", "empty"),
        (b" \n", "no", "empty"),
        (b"<!DOCTYPE html><html><body>badge</body></html>", "no", "html"),
        (b"\n<HTML><head></head></HTML>", "no", "html"),
        (b"x" * (MAX_PNG_BYTES + 1), "no", "too-large"),
        (b"x" * 300_000, "no", "too-large"),
        (tiny_png(), "no", "no-badge-inside"),
        (BAKED[:-20], "no", "truncated"),
        (BAKED[:100], "no", "truncated"),
        (BAKED[:5], "no", "truncated"),
        (BAKED.replace(b"Shared", b"shared"), "no", "damaged-png"),
        (_itxt(b""), "no", "not-json"),
        (_itxt(b"{"), "no", "not-json"),
        (_older_png(), "unchecked", "not-fetched"),
        (b"\xff\xd8\xff\xe0 JFIF", "no", "other-file"),
        (b"%PDF-1.7", "no", "other-file"),
        (b"PK\x03\x04", "no", "other-file"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no", "no-badge-inside"),
        (b"<?xml version='1.0'?><!-- --><svg xmlns='x'/>", "no", "not-an-svg"),
        (b"eyJhbGciOiJF.eyJpc3MiOiJF.c2lnbmF0dXJl", "no", "not-json"),
        (b"[" * 100_000, "no", "too-large"),
        (b'{"a":' * 40_000, "no", "too-large"),
        (b'{"a":[' + b"{}," * 20_000 + b"{}]}", "no", "too-large"),
        (b"[]", "no", "not-a-badge"),
        (b'"badge"', "no", "not-a-badge"),
        (b'{"id":"a","id":"b"}', "no", "not-json"),
        (b'{"a":NaN}', "no", "not-json"),
        (b'{"a":1e999}', "no", "not-safe"),
        (b'{"a":"\\ud800"}', "no", "not-safe"),
        (b"hello", "no", "not-json"),
        (b"\x00\x01\x02", "no", "not-json"),
    ],
)
def test_what_is_no_badge_is_told_apart(data: bytes, answer: str, code: str) -> None:
    report = verify(data, as_of=TODAY, ports=HOME)
    finding = report.finding(Question.READABLE)

    assert (str(finding.answer), finding.code) == (answer, code)
    assert report.verdict is not Verdict.VERIFIED
    assert len(report.findings) == len(Question)
    assert finding.reason.endswith(".")


def _poisoned() -> bytes:
    """A small badge in which eight nameless parts all point at each other."""
    names = [f"_:b{number}" for number in range(8)]
    badge = json.loads(BADGE)
    badge["evidence"] = [
        {"id": a, "type": ["Evidence"], "alignment": [{"id": b} for b in names if b != a]}
        for a in names
    ]
    return json.dumps(badge).encode()


def test_poisoned_badge_is_stopped_by_a_count() -> None:
    assert len(_poisoned()) < 8_000

    report = verify(_poisoned(), as_of=TODAY, ports=AWAY)

    assert report.finding(Question.WELL_FORMED).code == "too-much-work"
    assert report.finding(Question.SIGNATURE).answer is Answer.UNCHECKED
    assert report.verdict is Verdict.NOT_VERIFIED


BADGE_HEAD = {
    "@context": [VC_V2, OB_303, OB_EXTENSIONS],
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
}


@pytest.mark.parametrize(
    "members",
    [
        {"evidence": [{"type": ["Evidence"], "name": f"{n}"} for n in range(500)]},
        {"evidence": [{"type": ["Evidence"], "name": "same"}] * 500},
        {"evidence": [f"urn:x:{n}" for n in range(4_900)]},
        {"type": ["VerifiableCredential"] * 4_000},
        {"@context": [VC_V2, OB_303] * 500},
        {"name": "x" * 200_000},
        {"proof": [{}] * 1_000},
        {"proof": {"type": "DataIntegrityProof", "proofValue": "z" + "2" * 200_000}},
        {"credentialStatus": [{"type": "BitstringStatusListEntry"}] * 500},
        {"issuer": {"id": "did:web:" + "a:" * 50_000}},
        {"credentialSubject": {"achievement": {"alignment": [{"targetUrl": "x"}] * 1_500}}},
    ],
)
def test_large_and_strange_badges_are_answered(members: dict[str, Any]) -> None:
    data = json.dumps({**BADGE_HEAD, **members}).encode()

    assert verify(data, as_of=TODAY, ports=AWAY).verdict is not Verdict.VERIFIED


_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from([VC_V2, OB_303, "Evidence", "VerifiableCredential", "_:b0", "did:web:a.b"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from([*json.loads(BADGE), "@value", "@id", "@graph", "@list", "achievement"])
            | st.text(max_size=5),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=20, deadline=None)
@given(st.dictionaries(st.sampled_from([*json.loads(BADGE)]), _json, min_size=1, max_size=4))
def test_badge_with_anything_in_any_place_is_never_verified(changes: dict[str, Any]) -> None:
    original = json.loads(BADGE)
    changed = {**original, **changes}
    if changed == original:
        return

    report = verify(json.dumps(changed).encode("utf-8", "replace"), as_of=TODAY, ports=HOME)

    assert report.verdict is not Verdict.VERIFIED
    json.dumps(report.to_json())


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_answered(data: bytes) -> None:
    report = verify(data, as_of=TODAY, ports=HOME)

    assert report.verdict is not Verdict.VERIFIED


def _mutated(original: bytes) -> st.SearchStrategy[bytes]:
    def change(pick: tuple[int, int, bytes]) -> bytes:
        place, length, put = pick
        return original[:place] + put + original[place + length :]

    return st.tuples(st.integers(0, len(original)), st.integers(0, 30), st.binary(max_size=8)).map(
        change
    )


def _same_badge(data: bytes, read: Callable[[bytes], bytes]) -> bool:
    """Whether a change touched nothing that the badge says (white space, picture, order)."""
    try:
        return bool(json.loads(read(data)) == json.loads(BADGE))
    except (OpenBadgesError, ValueError):
        return False


@settings(max_examples=40, deadline=None)
@given(_mutated(BADGE))
def test_mutated_badge_is_never_verified(data: bytes) -> None:
    report = verify(data, as_of=TODAY, ports=HOME)

    assert (report.verdict is Verdict.VERIFIED) == _same_badge(data, bytes)


@settings(max_examples=60, deadline=None)
@given(_mutated(BAKED))
def test_mutated_picture_is_never_verified_as_another_badge(data: bytes) -> None:
    report = verify(data, as_of=TODAY, ports=HOME)

    assert (report.verdict is Verdict.VERIFIED) == _same_badge(data, unbake_png)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200).map(lambda tail: tiny_png()[:8] + tail))
def test_unbaking_any_bytes_gives_a_named_error(data: bytes) -> None:
    with pytest.raises(OpenBadgesError):
        unbake_png(data)
