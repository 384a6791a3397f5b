"""A backup restored elsewhere is the same installation: badges verify, files are there."""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
import subprocess
import sys
import tarfile
from pathlib import Path
from threading import Thread

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection

from credentials import archive, work
from credentials.errors import Invalid
from credentials.models import Badge, StoredFile, Submission
from tests.factories import work as make

pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]


def lc(*words: str, url: str, data: Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    """One `lc` command in another installation."""
    return subprocess.run(
        [sys.executable, "-m", "credentials.cli", *words],
        env={
            **os.environ,
            "LC_MODE": "practice",
            "LC_BASE_URL": "https://badges.example.edu",
            "DATABASE_URL": url,
            "LC_DATA_DIR": str(data),
            "DJANGO_SETTINGS_MODULE": "lti_tool.site.settings",
            "LC_MASTER_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
            if not (data / "keys").exists()
            else (data / "keys" / "lc_master_key").read_text().strip(),
            "LC_SECRET_KEY": "another installation",
        },
        capture_output=True,
        text=True,
        check=check,
    )


def stored(ada, program) -> StoredFile:
    """A file of Ada's in the evidence storage."""
    content = b"%PDF-1.4 notes of the first dialogue"
    name = storages["lc_evidence"].save("files/notes", ContentFile(content))
    return StoredFile.objects.create(
        program=program,
        owner_id=ada.user_id,
        storage_name=name,
        name="notes.pdf",
        media_type="application/pdf",
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
    )


def other_databases(tmp_path: Path) -> list[str]:
    """An empty SQLite, and the server CI names."""
    return [
        f"sqlite:///{tmp_path / 'other.sqlite3'}",
        *filter(None, [os.environ.get("LC_OTHER_DATABASE_URL")]),
    ]


def test_restored_badges_verify_and_every_file_is_there(program, ada, ben, tmp_path):
    make.passed(ada, ben)
    work.drain()
    kept = stored(ada, program)
    png = tmp_path / "badge.png"
    png.write_bytes(bytes(Badge.objects.get().png))
    file = tmp_path / "all.tar"

    archive.backup(file)

    for number, url in enumerate(other_databases(tmp_path)):
        data = tmp_path / f"elsewhere{number}"
        lc("init", url=url, data=data)
        lc("restore", str(file), url=url, data=data)
        verified = lc("verify", str(png), url=url, data=data)
        assert verified.returncode == 0, verified.stdout
        assert "WRONG" not in lc("doctor", url=url, data=data, check=False).stdout
        assert (data / "evidence" / kept.storage_name).read_bytes().startswith(b"%PDF-1.4 notes")
        lc("audit", "verify", url=url, data=data)


def test_backup_is_readable_by_its_owner_only_and_replaces_nothing(program, tmp_path):
    file = tmp_path / "all.tar"

    archive.backup(file)

    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(Invalid, match="never replaces"):
        archive.backup(file)


def test_restore_refuses_an_installation_that_is_not_empty(program, tmp_path):
    file = tmp_path / "all.tar"
    archive.backup(file)

    with pytest.raises(Invalid, match="not empty"):
        archive.restore(file)


def test_restore_of_a_truncated_backup_leaves_nothing(program, ada, ben, tmp_path):
    make.passed(ada, ben)
    file, data = tmp_path / "all.tar", tmp_path / "elsewhere"
    archive.backup(file)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    url = f"sqlite:///{tmp_path / 'other.sqlite3'}"
    lc("init", url=url, data=data)

    refused = lc("restore", str(file), url=url, data=data, check=False)

    assert refused.returncode == 1
    assert "not a whole backup" in refused.stderr


def test_backup_that_cannot_read_a_file_leaves_nothing_behind(program, ada, tmp_path):
    kept = stored(ada, program)
    storages["lc_evidence"].delete(kept.storage_name)

    with pytest.raises(Invalid, match="not written"):
        archive.backup(tmp_path / "all.tar")

    assert list(tmp_path.iterdir()) == []


def test_backup_is_of_one_moment(program, ada, ben, tmp_path):
    """Somebody hands in while rows are read: the archive restores all the same."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets nobody write meanwhile; set DATABASE_URL to a server")
    done = []

    def meanwhile(execute, sql, params, many, context):
        """Before submissions are read, and after other rows were, Ada hands in elsewhere."""
        if not done and 'FROM "lc_credentials_submission"' in sql.replace("`", '"'):
            thread = Thread(target=lambda: done.append((make.submitted(ada), connection.close())))
            thread.start()
            thread.join()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(meanwhile):
        archive.backup(tmp_path / "all.tar")

    with tarfile.open(tmp_path / "all.tar") as tar:
        rows = tar.extractfile("rows.jsonl").read()
    assert (len(done), Submission.objects.count()) == (1, 1)
    assert b"lc_credentials.program" in rows
    assert b"lc_credentials.submission" not in rows
