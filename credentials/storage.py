"""The private storage of evidence: bytes under random names, beside what was made from them.

Nothing in it has an address on the web; the views ask `domain.stored_file` first, then read here.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages

from credentials.conf import conf

PIECE = 64 * 1024  # bytes read at once, whatever the size of the file


def put(path: Path) -> str:
    """Copy the file at `path` into the storage; answers its random name there."""
    random = uuid4().hex
    with path.open("rb") as file:
        return _storage().save(f"{random[:2]}/{random}", File(file))


def stream(name: str, start: int, length: int) -> Iterator[bytes]:
    """`length` bytes from `start`, in pieces; never the whole file at once."""
    with _storage().open(name, "rb") as file:
        file.seek(start)
        while length > 0 and (piece := file.read(min(PIECE, length))):
            length -= len(piece)
            yield piece


@contextmanager
def local(name: str) -> Iterator[Path]:
    """The stored file as a path: its own where the storage has one, else a temporary copy."""
    storage = _storage()
    try:
        path = Path(storage.path(name))
    except NotImplementedError:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "file"
            with storage.open(name, "rb") as source, copy.open("wb") as target:
                shutil.copyfileobj(source, target, PIECE)
            yield copy
    else:
        yield path


def keep_beside(name: str, what: str, content: bytes) -> None:
    """Store something made from the file ("preview", "texts.json", "page-3.png") beside it."""
    _storage().save(f"{name}.d/{what}", ContentFile(content))


def beside(name: str, what: str) -> bytes | None:
    """What was made from the file under that name, or None."""
    with suppress(FileNotFoundError), _storage().open(f"{name}.d/{what}", "rb") as file:
        content: bytes = file.read()
        return content
    return None


def discard(name: str) -> None:
    """Remove the file and everything made from it; what is gone already is no error."""
    storage = _storage()
    with suppress(FileNotFoundError):
        for made in storage.listdir(f"{name}.d")[1]:
            storage.delete(f"{name}.d/{made}")
        storage.delete(f"{name}.d")
    storage.delete(name)


def names() -> Iterator[str]:
    """Every stored file, without what was made from them."""
    storage = _storage()
    with suppress(FileNotFoundError):
        for folder in storage.listdir("")[0]:
            for name in storage.listdir(folder)[1]:
                yield f"{folder}/{name}"


def _storage() -> Storage:
    return storages[conf().evidence_storage]
