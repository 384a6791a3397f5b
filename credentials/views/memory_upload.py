"""A file that is looked at and forgotten: held in memory, within a bound, never on disk."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest


class MemoryUpload(FileUploadHandler):
    """Keeps one file in memory; reading stops, and `too_large` is set, beyond `max_bytes`."""

    def __init__(self, request: HttpRequest, *, max_bytes: int) -> None:
        super().__init__(request)
        self.max_bytes = max_bytes
        self.too_large = False
        self._held = BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A new file of the form begins; an earlier one is dropped."""
        super().new_file(*args, **kwargs)
        self._held = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Keeps the piece, or ends the upload."""
        if start + len(raw_data) > self.max_bytes:
            self.too_large = True
            raise StopUpload(connection_reset=False)
        self._held.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The whole file."""
        self._held.seek(0)
        return InMemoryUploadedFile(
            self._held, self.field_name, self.file_name, self.content_type, file_size, self.charset
        )
