"""Office files: bounds on what is inside, nothing that runs."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from credentials.files import Refused, office
from tests.factories import files

REMOTE = (
    b'<Relationships><Relationship Id="r1" Type="http://x/attachedTemplate" '
    b'Target="https://evil.example/t.dotm" TargetMode="External"/></Relationships>'
)
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"


def refused(tmp_path: Path, content: bytes) -> str:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(Refused) as caught:
        office.read(path)
    return caught.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (files.office("docx", main_type=MACROS), "macros"),
        (files.office("docx", parts={"word/vbaProject.bin": b"x"}), "macros"),
        (files.office("xlsx", parts={"xl/activeX/activeX1.bin": b"x"}), "macros"),
        (files.office("docx", parts={"word/embeddings/run.exe": b"x"}), "embedded-program"),
        (files.office("docx", parts={"word/embeddings/a.bin": b"MZ\x90"}), "embedded-program"),
        (
            files.office(
                "pptx", parts={"ppt/o.bin": b"x" * 9 + "\x01Ole10Native".encode("utf-16-le")}
            ),
            "embedded-program",
        ),
        (
            files.office("docx", parts={"word/_rels/settings.xml.rels": REMOTE}),
            "remote-template",
        ),
        (files.office("docx", main_type="application/vnd.ms-other+xml"), "office-type"),
        (files.office("docx", parts={"a.xml": b"\0" * 40_000_000}), "too-much-inside"),
        (files.office("docx", parts={f"{n}.xml": b"" for n in range(5_001)}), "too-much-inside"),
        (files.office("docx", types="<!DOCTYPE x>"), "broken"),
        (files.office("docx")[:-30], "broken"),
    ],
)
def test_what_is_inside_is_bounded(tmp_path: Path, content: bytes, code: str) -> None:
    assert refused(tmp_path, content) == code


def test_lie_about_the_unpacked_size_is_found(tmp_path: Path) -> None:
    true_size, claimed = struct.pack("<I", 3_000_000), struct.pack("<I", 3_000)
    content = files.office("docx", parts={"a.xml": b"\0" * 3_000_000}).replace(true_size, claimed)

    assert refused(tmp_path, content) == "broken"


def test_password_inside_the_zip_is_refused(tmp_path: Path) -> None:
    content = bytearray(files.office("docx"))
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1

    assert refused(tmp_path, bytes(content)) == "encrypted"


def test_local_template_is_no_reason_to_refuse(tmp_path: Path) -> None:
    local = REMOTE.replace(b"https://evil.example/t.dotm", b"file:///C:/Normal.dotm")
    path = tmp_path / "file"
    path.write_bytes(files.office("docx", parts={"word/_rels/settings.xml.rels": local}))

    assert office.read(path).media_type.endswith("wordprocessingml.document")
