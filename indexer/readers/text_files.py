"""A file's bytes as text."""

from __future__ import annotations

from indexer.readers.record import Unreadable
from indexer.sources import SourceFile


def read_text(file: SourceFile) -> str:
    """Return the whole file as text, with line feeds as line ends. Raises Unreadable or OSError."""
    data = file.path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable("is not UTF-8 text from here on; save the file as UTF-8", line) from None
    return unify_lines(text)


def unify_lines(text: str) -> str:
    """Return text with line feeds as line ends. Raises Unreadable for what is no text."""
    if "\0" in text:
        raise Unreadable("contains NUL characters; it is not a text file", text.count("\n", 0, text.index("\0")) + 1)
    return text.replace("\r\n", "\n").replace("\r", "\n")
