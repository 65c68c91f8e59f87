"""A file into records. Each reader is a function from the file and its text to records; it is imported when it is needed.

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
    """What a file says of one document: plain values by field name, and the 1-based lines where they stand."""

    file: str
    line: int
    values: dict[str, Any]
    lines: dict[str, int] = field(default_factory=dict)

    def line_of(self, name: str) -> int:
        return self.lines.get(name, self.line)

    def problem(self, name: str, message: str, *, warning: bool = False) -> Problem:
        return Problem(self.file, self.line_of(name), name, message, "warning" if warning else "error")


class Unreadable(Exception):
    """The file as a whole cannot be read."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def read_records(file: SourceFile) -> Iterator[Record | Problem]:
    """Every record of a file, its keys named as ours and defaults filled in, and every mistake met on the way."""
    try:
        for item in _read(file, _text(file)):
            yield _renamed(item, file) if isinstance(item, Record) else item
    except Unreadable as error:
        yield Problem(file.name, error.line, "", error.reason)


def _read(file: SourceFile, text: str) -> Iterable[Record | Problem]:
    found: Iterable[Record | Problem] = import_module(_MODULES[file.reader]).read(file, text)
    return found


def _text(file: SourceFile) -> str:
    try:
        data = file.path.read_bytes()
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}; check that it is there and its permissions") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable("is not UTF-8 text from here on; save the file as UTF-8", line) from None
    if "\0" in text:
        raise Unreadable("holds NUL characters; it is not a text file", text.count("\n", 0, text.index("\0")) + 1)
    return text


def _renamed(record: Record, file: SourceFile) -> Record:
    if not (file.source.mapping or file.source.defaults):
        return record
    values, lines = dict(record.values), dict(record.lines)
    for ours, theirs in file.source.mapping.items():
        if theirs in values:
            values[ours] = values.pop(theirs)
            lines[ours] = lines.pop(theirs, record.line)
    for name, value in file.source.defaults.items():
        if values.get(name) in (None, ""):
            values[name] = value
    return Record(record.file, record.line, values, lines)
