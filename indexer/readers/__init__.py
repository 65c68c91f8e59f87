"""A file into records. Each reader is a function from a file to records; it is imported when it is needed.

What a reader cannot make sense of it raises as `Unreadable`, for the whole file, or yields as a `Problem`, for one record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from indexer.sources import SourceFile
from search.errors import Problem

_MODULES = {
    "listing": "indexer.readers.listing",
    "html": "indexer.readers.html",
    "markdown": "indexer.readers.markdown",
    "yaml": "indexer.readers.yaml",
    "csv": "indexer.readers.table",
    "jsonl": "indexer.readers.json_lines",
}


@dataclass(frozen=True, slots=True)
class Record:
    """What a file says of one document: plain values by key, and the 1-based lines where they stand.

    `keys` gives the file's own name of a key that was mapped to one of ours; `filled` are those a default filled. In a
    `flat` record (CSV) several values stand in one text, parted by `;`.
    """

    file: str
    line: int
    values: dict[str, Any]
    lines: dict[str, int] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    filled: frozenset[str] = frozenset()
    flat: bool = False

    def line_of(self, name: str) -> int:
        return self.lines.get(name, self.line)

    def problem(self, name: str, message: str, *, warning: bool = False) -> Problem:
        return Problem(self.file, self.line_of(name), self.keys.get(name, name), message, "warning" if warning else "error")


class Unreadable(Exception):
    """The file as a whole cannot be read."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def read_records(file: SourceFile, may_be_empty: bool = False) -> Iterator[Record | Problem]:
    """Every record of a file, its keys named as ours and defaults filled in, and every mistake met on the way."""
    is_empty = not may_be_empty
    try:
        found: Iterable[Record | Problem] = import_module(_MODULES[file.reader]).read(file)
        for item in found:
            is_empty = False
            yield _renamed(item, file) if isinstance(item, Record) else item
        if is_empty:
            yield Problem(file.name, 0, "", "holds no record; write one, or remove the file if that is meant")
    except Unreadable as error:
        yield Problem(file.name, error.line, "", error.reason)
    except OSError as error:
        yield Problem(file.name, 0, "", f"cannot be read: {error.strerror}; check that it is there and its permissions")


def text_of(file: SourceFile) -> str:
    """The whole file as text, lines ended by line feeds. Raises Unreadable or OSError."""
    data = file.path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable("is not UTF-8 text from here on; save the file as UTF-8", line) from None
    if "\0" in text:
        raise Unreadable("holds NUL characters; it is not a text file", text.count("\n", 0, text.index("\0")) + 1)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _renamed(record: Record, file: SourceFile) -> Record:
    source = file.source
    if not (source.mapping or source.defaults):
        return record
    theirs = {key: ours for ours, key in source.mapping.items()}
    values = {theirs.get(key, key): value for key, value in record.values.items() if key in theirs or key not in source.mapping}
    lines = {theirs.get(key, key): line for key, line in record.lines.items()}
    filled = {name: value for name, value in source.defaults.items() if values.get(name) in (None, "", [])}
    return Record(record.file, record.line, values | filled, lines, source.mapping, frozenset(filled), record.flat)
