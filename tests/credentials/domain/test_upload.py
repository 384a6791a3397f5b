"""Uploads go on where they stopped, end once, and are swept when nobody comes back."""

from __future__ import annotations

import os
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from credentials import api, storage
from credentials.conf import conf
from credentials.data import Actor, UploadView
from credentials.domain import upload as uploads
from credentials.errors import Conflict, Invalid, NotFound
from credentials.models import Evidence, StoredFile, Upload
from tests.factories import files, work

PDF = files.pdf("One", "Two")


def begun(ada: Actor, content: bytes = PDF, name: str = "Slides.pdf") -> UploadView:
    made = work.draft(ada)
    return api.begin_upload(ada, submission=made.uuid, name=name, size=len(content))


def test_file_in_two_pieces_becomes_evidence(ada: Actor) -> None:
    upload = begun(ada)

    half = api.receive(ada, upload=upload.uuid, offset=0, chunk=PDF[:100])
    done = api.receive(ada, upload=upload.uuid, offset=100, chunk=PDF[100:])

    assert (half.offset, half.evidence) == (100, None)
    item = api.one_evidence(ada, evidence=done.evidence)
    assert item.file is not None
    assert (item.file.name, item.file.media_type, item.file.pages, item.file.size) == (
        "Slides.pdf",
        "application/pdf",
        2,
        len(PDF),
    )


def test_stored_bytes_are_the_bytes_sent(ada: Actor) -> None:
    upload = begun(ada)
    api.receive(ada, upload=upload.uuid, offset=0, chunk=PDF)

    name = StoredFile.objects.get().storage_name

    assert b"".join(storage.stream(name, 0, len(PDF))) == PDF
    assert not uploads.part(Upload.objects.get()).exists()


def test_wrong_offset_is_answered_with_the_right_one(ada: Actor) -> None:
    upload = begun(ada)
    api.receive(ada, upload=upload.uuid, offset=0, chunk=PDF[:100])

    with pytest.raises(Conflict) as caught:
        api.receive(ada, upload=upload.uuid, offset=50, chunk=PDF[50:])

    assert isinstance(caught.value.theirs, UploadView)
    assert caught.value.theirs.offset == 100


def test_repeated_chunk_changes_nothing(ada: Actor) -> None:
    upload = begun(ada)
    api.receive(ada, upload=upload.uuid, offset=0, chunk=PDF[:100])

    with pytest.raises(Conflict):
        api.receive(ada, upload=upload.uuid, offset=0, chunk=PDF[:100])

    assert api.upload_offset(ada, upload=upload.uuid).offset == 100


def test_bytes_of_a_killed_server_are_written_over(ada: Actor) -> None:
    upload = begun(ada)
    api.receive(ada, upload=upload.uuid, offset=0, chunk=PDF[:100])
    with uploads.part(Upload.objects.get()).open("ab") as file:
        file.write(b"written, but never acknowledged")

    done = api.receive(ada, upload=upload.uuid, offset=100, chunk=PDF[100:])

    assert done.evidence is not None


def test_lost_part_begins_again_where_it_ends(ada: Actor) -> None:
    upload = begun(ada)
    api.receive(ada, upload=upload.uuid, offset=0, chunk=PDF[:100])
    uploads.part(Upload.objects.get()).write_bytes(PDF[:30])

    assert api.upload_offset(ada, upload=upload.uuid).offset == 30


def test_end_repeated_is_one_piece_of_evidence(ada: Actor) -> None:
    upload = begun(ada)
    first = api.receive(ada, upload=upload.uuid, offset=0, chunk=PDF)

    second = api.receive(ada, upload=upload.uuid, offset=len(PDF), chunk=b"")

    assert second.evidence == first.evidence
    assert (Evidence.objects.count(), StoredFile.objects.count()) == (1, 1)


def test_two_requests_that_end_at_once_make_one_piece(ada: Actor) -> None:
    upload = begun(ada)
    faster = Upload.objects.get(uuid=upload.uuid)
    uploads.append(row=faster, offset=0, chunk=PDF, now=timezone.now())
    slower = Upload.objects.get(uuid=upload.uuid)

    first, _ = uploads.take_in(row=faster, artifact="", now=timezone.now())
    second, _ = uploads.take_in(row=slower, artifact="", now=timezone.now())

    assert second == first
    assert Evidence.objects.count() == 1


def test_more_bytes_than_announced_are_refused(ada: Actor) -> None:
    upload = begun(ada)

    with pytest.raises(Invalid, match="has grown"):
        api.receive(ada, upload=upload.uuid, offset=0, chunk=PDF + b"x")


def test_refused_file_leaves_nothing_behind(ada: Actor) -> None:
    content = b"<html><script>1</script>"
    upload = begun(ada, content, "plan.pdf")

    with pytest.raises(Invalid, match="web page"):
        api.receive(ada, upload=upload.uuid, offset=0, chunk=content)

    assert (Upload.objects.count(), Evidence.objects.count()) == (0, 0)
    assert not list(conf().upload_dir.glob(f"{upload.uuid}*"))


@pytest.mark.parametrize(("size", "code"), [(0, "empty"), (conf().max_file_bytes + 1, "too-large")])
def test_size_is_refused_before_a_byte_is_sent(ada: Actor, size: int, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        api.begin_upload(ada, submission=work.draft(ada).uuid, name="a", size=size)

    assert caught.value.problems[0].code == code


def test_unfinished_uploads_are_bounded(ada: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_AT_ONCE", 1)
    begun(ada)

    with pytest.raises(Invalid, match="on their way already"):
        begun(ada)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("C:\\Users\\Ada\\plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b\u202egpj.exe", "abgpj.exe"),
        ("", "file"),
        ("n" * 300, "n" * 255),
    ],
)
def test_name_is_kept_without_folders_and_signs(sent: str, kept: str) -> None:
    assert uploads.clean_name(sent) == kept


def test_upload_of_another_is_not_there(ada: Actor, al: Actor, cem: Actor) -> None:
    upload = begun(ada)

    for somebody in (al, cem):
        with pytest.raises(NotFound):
            api.receive(somebody, upload=upload.uuid, offset=0, chunk=PDF)
        api.cancel_upload(somebody, upload=upload.uuid)
    assert Upload.objects.count() == 1


def test_unfinished_upload_is_listed_until_it_is_cancelled(ada: Actor) -> None:
    upload = begun(ada)
    api.receive(ada, upload=upload.uuid, offset=0, chunk=PDF[:10])
    submission = upload.submission

    listed = api.unfinished_uploads(ada, submission=submission)
    api.cancel_upload(ada, upload=upload.uuid)
    api.cancel_upload(ada, upload=upload.uuid)

    assert [(u.name, u.offset) for u in listed] == [("Slides.pdf", 10)]
    assert api.unfinished_uploads(ada, submission=submission) == ()
    assert not list(conf().upload_dir.glob(f"{upload.uuid}*"))


def test_old_uploads_are_swept_and_young_ones_stay(ada: Actor) -> None:
    old, young = begun(ada), begun(ada)
    api.receive(ada, upload=old.uuid, offset=0, chunk=PDF[:10])
    long_ago = timezone.now() - timedelta(days=4)
    Upload.objects.filter(uuid=old.uuid).update(touched_at=long_ago)

    swept = uploads.sweep(now=timezone.now())

    assert (swept, [row.uuid for row in Upload.objects.all()]) == (1, [young.uuid])


def test_part_without_a_row_is_swept(db: None) -> None:
    folder = conf().upload_dir
    folder.mkdir(parents=True, exist_ok=True)
    orphan = folder / f"{uuid4()}.part"
    orphan.write_bytes(b"left over")
    long_ago = (timezone.now() - timedelta(days=4)).timestamp()
    os.utime(orphan, (long_ago, long_ago))

    assert (uploads.sweep(now=timezone.now()), orphan.exists()) == (1, False)
