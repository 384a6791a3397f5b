"""Every accepted type is recognised by its content; every refusal says why and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from credentials.files import FileFacts, Refused
from credentials.files.inspection import inspect, refuse_size
from tests.factories import files

PDF_AFTER_HTML = b"<!doctype html><script>1</script>" + files.pdf("Hello")


def found(tmp_path: Path, content: bytes) -> FileFacts:
    path = tmp_path / "upload.part"
    path.write_bytes(content)
    return inspect(path)


def refusal(tmp_path: Path, content: bytes) -> Refused:
    with pytest.raises(Refused) as caught:
        found(tmp_path, content)
    return caught.value


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (files.pdf("One", "Two"), "application/pdf"),
        (
            files.office("docx"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            files.office("pptx"),
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ),
        (files.office("xlsx"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (files.csv(), "text/csv"),
        ("Frage;ja\nGehört;41\n".encode("cp1252"), "text/csv"),
        ("a\tb\nc\td\n".encode("utf-16"), "text/csv"),
        (b"BMI,height\n21,170\n", "text/csv"),
        (files.photo(), "image/jpeg"),
        (files.png(), "image/png"),
        (files.webp(), "image/webp"),
        (files.heic(), "image/heic"),
        (files.recording("short.mp4"), "video/mp4"),
        (files.recording("short.mov"), "video/quicktime"),
        (files.film(brand=b""), "video/quicktime"),
        (files.recording("short.webm"), "video/webm"),
        (files.recording("short.m4a"), "audio/mp4"),
        (files.film(handler=b"soun"), "audio/mp4"),
        (files.recording("short.mp3"), "audio/mpeg"),
        (files.wav(), "audio/wav"),
        (files.recording("short.ogg"), "audio/ogg"),
        (files.recording("short.weba"), "audio/webm"),
    ],
)
def test_type_comes_from_the_content(tmp_path: Path, content: bytes, media_type: str) -> None:
    assert found(tmp_path, content).media_type == media_type


@pytest.mark.parametrize(
    "name", ["short.mp4", "short.mov", "short.m4a", "short.mp3", "short.ogg", "short.webm"]
)
def test_seconds_of_a_recording_are_known(tmp_path: Path, name: str) -> None:
    assert found(tmp_path, files.recording(name)).seconds == pytest.approx(3.0, abs=0.15)


def test_seconds_of_a_long_film_come_from_its_index(tmp_path: Path) -> None:
    assert found(tmp_path, files.film(83.5, wide=True)).seconds == 83.5


def test_pages_and_texts_of_a_pdf_are_known(tmp_path: Path) -> None:
    facts = found(tmp_path, files.pdf("Wishes of our students", "Second"))

    assert facts.pages == 2
    assert [t.strip() for t in facts.texts] == ["Wishes of our students", "Second"]


def test_slides_are_counted(tmp_path: Path) -> None:
    slides = {f"ppt/slides/slide{n}.xml": b"<p/>" for n in (1, 2, 3)}

    assert found(tmp_path, files.office("pptx", parts=slides)).pages == 3


def test_scanned_pdf_is_taken_with_a_note(tmp_path: Path) -> None:
    assert "without text" in found(tmp_path, files.pdf("")).notes[0]


def test_film_with_a_place_is_taken_with_a_note(tmp_path: Path) -> None:
    assert "place" in found(tmp_path, files.film(udta=files.location())).notes[0]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html></html>", "html"),
        (b"\xef\xbb\xbf  <HTML><body>", "html"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "html"),
        (PDF_AFTER_HTML, "html"),
        (b"name,note\nAda,<script>alert(1)</script>\n", "html"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "svg"),
        (b'<?xml version="1.0"?><!-- x --><svg/>', "svg"),
        (b'<?xml version="1.0"?><data/>', "xml"),
        (b"Only words here\nand more words\n", "plain-text"),
        (b"MZ\x90\x00\x03\x00", "program"),
        (b"\x7fELF\x02\x01\x01\x00", "program"),
        (b"#!/bin/sh\necho 1, 2\n", "program"),
        (files.zipped({"a.txt": b"a"}), "archive"),
        (b"PK\x05\x06" + b"\0" * 18, "archive"),
        (b"Rar!\x1a\x07\x00", "archive"),
        (b"\x1f\x8b\x08\x00\x00", "archive"),
        (files.zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "opendocument"),
        (files.zipped({"Index/Document.iwa": b"x"}), "iwork"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "old-office"),
        (b"{\\rtf1 Hello}", "rich-text"),
        (b"GIF89a\x01\x00", "picture-type"),
        (b"BM\x00\x00\x00\x00\x00", "picture-type"),
        (b"RIFF\x00\x00\x00\x00AVI LIST", "film-type"),
        (files.recording("short.webm").replace(b"webm", b"mkv!", 1), "film-type"),
        (b"fLaC\x00\x00\x00\x22", "sound-type"),
        (b"\xff\xf1\x50\x80\x00", "sound-type"),
        (b"\x00\x01\x02\x03\x04\x05\x06\x07\x08", "unknown-type"),
        (files.locked_pdf(), "encrypted"),
        (b"%PDF-1.7\nnothing of the kind", "broken"),
        (files.photo()[:4000], "broken"),
        (files.png()[:60], "broken"),
        (files.heic()[:600], "broken"),
        (files.film()[:90], "broken"),
        (files.film(handler=b"text"), "no-track"),
        (b"ID3\x03\x00\x00\x00\x00\x00\x00" + b"\0" * 200, "broken"),
        (b"OggS" + b"\0" * 100, "broken"),
        (files.wav()[:40], "broken"),
    ],
)
def test_refusal_names_the_reason(tmp_path: Path, content: bytes, code: str) -> None:
    assert refusal(tmp_path, content).code == code


def test_every_refusal_is_a_sentence_that_says_what_to_do(tmp_path: Path) -> None:
    message = refusal(tmp_path, b"<html>").message

    assert message == (
        "This is a web page (HTML), which could run in the reviewer's browser. Print it to PDF, "
        "or add its address as a link."
    )


def test_too_large_names_both_sizes() -> None:
    with pytest.raises(Refused) as caught:
        refuse_size(131_072_000, 104_857_600)

    assert caught.value.message.startswith("This file has 125 MB; files up to 100 MB are taken.")


def test_empty_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(Refused) as caught:
        refuse_size(0, 100)

    assert caught.value.code == "empty"
