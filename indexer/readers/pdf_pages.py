"""Read a PDF file page by page, in the child process; all results are plain values."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from indexer.readers.record import Unreadable

_MOST_PAGES = 20_000
_MOST_CHARACTERS = 30_000_000
_CHARACTERS_FOR_TITLE = 4000
_SAME_SIZE = 0.92
"""Letters of at least this share of the largest height are of the largest size."""
_SHORTEST_TITLE = 4
_LONGEST_TITLE = 250
PICTURE_WIDTH = 320
_TALLEST = 640
_MOST_PICTURE_BYTES = 10_240


def read_pdf(path: str) -> dict[str, Any]:
    """Return `{pages: [text], unreadable: [page number], metadata: {Title, Author}, largest: words, picture: bytes}`.

    `unreadable` are the pages, from 1, that show something but have no text; `largest` are the largest words of page 1; the
    picture is of page 1, as WebP, b"" if it cannot be drawn. For a file with a password the result is `{is_protected: true}`.
    Raises Unreadable.
    """
    document = _open(path)
    if document is None:
        return {"is_protected": True}
    count = len(document)
    if count > _MOST_PAGES:
        raise Unreadable(f"has {count:,} pages, more than {_MOST_PAGES:,}; split it")
    pages: list[str] = []
    unreadable: list[int] = []
    length = 0
    for number in range(count):
        text, shows_something = _page_text(document, number)
        length += len(text)
        if length > _MOST_CHARACTERS:
            raise Unreadable(f"has more than {_MOST_CHARACTERS:,} characters of text; split it")
        if not text.strip() and shows_something:
            unreadable.append(number + 1)
        pages.append(text)
    if not pages:
        raise Unreadable("has no page that can be read; it may be damaged, save it again")
    return {
        "is_protected": False,
        "pages": pages,
        "unreadable": unreadable,
        "metadata": {key: _clean(document.get_metadata_value(key)) for key in ("Title", "Author")},
        "largest": _largest_words(document),
        "picture": draw_first_page(document),
    }


def _open(path: str) -> pypdfium2.PdfDocument | None:
    """Return the document; None if it needs a password."""
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            return None
        raise Unreadable("is not a PDF file that can be read; it may be damaged, save it again") from None


def _page_text(document: pypdfium2.PdfDocument, number: int) -> tuple[str, bool]:
    """Return the text of a page, and whether the page shows anything. A damaged page shows something without text."""
    try:
        page = document[number]
        text = page.get_textpage().get_text_range()
        return _clean(text), bool(text.strip()) or pdfium.FPDFPage_CountObjects(page.raw) > 0
    except pypdfium2.PdfiumError:
        return "", True


def _clean(text: str) -> str:
    """Return the text without control characters. The mark of a word divided at the end of a line becomes a soft hyphen."""
    text = text.replace("\ufffe", "\u00ad").replace("\x02", "\u00ad").replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(char for char in text if char >= " " or char in "\n\t")
    return kept.encode("utf-8", "ignore").decode().replace("\uffff", "")


def _largest_words(document: pypdfium2.PdfDocument) -> str:
    """Return the words of page 1 in the largest letters; "" where all are of one size."""
    try:
        text = document[0].get_textpage()
        count = min(text.count_chars(), _CHARACTERS_FOR_TITLE)
        letters = [(text.get_text_range(index, 1), _height(text, index)) for index in range(count)]
    except pypdfium2.PdfiumError:
        return ""
    sizes = sorted({round(height, 1) for char, height in letters if char.isalnum()}, reverse=True)
    for size in sizes[:-1] if len(sizes) > 1 and sizes[-1] < _SAME_SIZE * sizes[0] else []:
        words = _words_of_size(letters, size)
        if sum(char.isalpha() for char in words) >= _SHORTEST_TITLE and sizes[-1] < _SAME_SIZE * size:
            return words if len(words) <= _LONGEST_TITLE else ""
    return ""


def _height(text: pypdfium2.PdfTextPage, index: int) -> float:
    _, bottom, _, top = text.get_charbox(index, loose=True)
    return float(top - bottom)


def _words_of_size(letters: list[tuple[str, float]], size: float) -> str:
    """Return the first run of words of this size; a space or a line's end between two of them belongs to the run."""
    run: list[str] = []
    gap = ""
    for char, height in letters:
        if not char.isspace() and _SAME_SIZE * size <= height <= size / _SAME_SIZE:
            run += (gap, char) if run else (char,)
            gap = ""
        elif char.isspace():
            gap = " "
        elif run:
            break
    return " ".join(_clean("".join(run)).replace("\u00ad ", "").split())


def draw_first_page(document: pypdfium2.PdfDocument) -> bytes:
    """Return the first page as WebP, 320 pixels wide, at most 10 KB, always the same bytes; b"" where it cannot be drawn."""
    try:
        page = document[0]
        width, height = page.get_size()
        scale = min(PICTURE_WIDTH / max(width, 1), _TALLEST / max(height, 1))
        image = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, ValueError, OSError):
        return b""
    half = image.resize((max(1, image.width // 2), max(1, image.height // 2)))
    for shown, quality in (*((image, quality) for quality in (60, 40, 25, 12, 5, 0)), (half, 0)):
        written = io.BytesIO()
        shown.save(written, "WEBP", quality=quality, method=4)
        if written.tell() <= _MOST_PICTURE_BYTES:
            return written.getvalue()
    return b""
