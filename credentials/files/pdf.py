"""Pages of a PDF: how many, what they say, how they look.

PDFium must not be entered by two threads at once, so one lock stands around every use. A page is
drawn within a bounded number of pixels whatever size it claims; time is bounded by `apart`.
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import pypdfium2

from credentials.files.facts import PDF, FileFacts, Refused

MOST_PAGES = 1_000
LONG_EDGE = 1_600  # pixels of a drawn page
LONGEST_PAGE_TEXT = 20_000  # characters
LONGEST_TEXT = 2_000_000  # characters of all pages
READING_SECONDS = 20.0  # after this the remaining pages stay without text
_LOCK = Lock()
_PASSWORD = 4  # FPDF_ERR_PASSWORD


def read(path: Path) -> FileFacts:
    """Number of pages and the text of each; raises Refused."""
    with _opened(path) as document:
        pages = len(document)
        if pages > MOST_PAGES:
            raise Refused(
                "too-many-pages",
                f"This PDF has {pages:,} pages; up to {MOST_PAGES:,} are taken. Upload the part "
                "that shows your point.",
            )
        if pages == 0:
            raise _broken()
        texts = tuple(_texts(document))
        document[0].get_size()
    notes = () if any(t.strip() for t in texts) else (_SCAN,)
    return FileFacts(media_type=PDF.media_type, pages=pages, texts=texts, notes=notes)


def draw(path: Path, number: int) -> bytes:
    """Page `number` (from 1) as PNG, at most LONG_EDGE pixels long; raises Refused."""
    with _opened(path) as document:
        if not 1 <= number <= len(document):
            raise Refused("no-such-page", f"This PDF has {len(document)} pages.")
        page = document[number - 1]
        width, height = (max(1.0, float(side)) for side in page.get_size())
        scale = min(LONG_EDGE / max(width, height), 4.0)
        image = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
        out = io.BytesIO()
        image.save(out, "PNG", compress_level=6)
    return out.getvalue()


@contextmanager
def _opened(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    with _LOCK:
        document = None
        try:
            document = pypdfium2.PdfDocument(str(path))
            yield document
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) == _PASSWORD:
                raise Refused(
                    "encrypted",
                    "This PDF has a password. Save a copy without it (print it to PDF) and upload "
                    "that.",
                ) from None
            raise _broken() from None
        finally:
            if document is not None:
                document.close()


def _texts(document: pypdfium2.PdfDocument) -> Iterator[str]:
    left = LONGEST_TEXT
    until = time.monotonic() + READING_SECONDS
    for page in document:
        text = ""
        if left > 0 and time.monotonic() < until:
            words = page.get_textpage()
            count = min(words.count_chars(), LONGEST_PAGE_TEXT, left)
            text = words.get_text_range(0, count) if count > 0 else ""
            left -= len(text)
        yield "".join(c for c in text.replace("\r\n", "\n") if c >= " " or c in "\n\t")


_SCAN = (
    "This PDF holds pictures of pages without text, so quotes cannot be looked up in it and a "
    "screen reader cannot read it. If you have the original document, upload that as PDF."
)


def _broken() -> Refused:
    return Refused(
        "broken",
        "This PDF is damaged and cannot be opened. Open it on your device, print it to PDF and "
        "upload the new copy.",
    )
