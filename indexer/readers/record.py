"""The result of a reader: a record for each document, or the reason why the file cannot be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

from search.errors import LineError, Problem


class Place(Struct, frozen=True, omit_defaults=True):
    """Where the values of a document are: the file, the 1-based line of the record and of each of its keys.

    `keys` has the file's own name for each key that was mapped to one of ours.
    """

    file: str
    line: int
    lines: dict[str, int] = {}
    keys: dict[str, str] = {}

    def line_of(self, name: str) -> int:
        """Return the line of the value of this key."""
        return self.lines.get(name, self.line)

    def problem(self, name: str, message: str, *, warning: bool = False) -> Problem:
        """Return a mistake in the value of this key, or a warning about it; it is named as the file names it."""
        return Problem(self.file, self.line_of(name), self.keys.get(name, name), message, "warning" if warning else "error")


@dataclass(frozen=True, slots=True)
class Record:
    """The values that a file states for one document, by key, and their 1-based lines.

    `keys` and `filled` come from the source's settings: the file's own names of mapped keys, and the keys that a default
    filled. In a flat record (CSV, spreadsheets) several values are in one text, separated by `;`. `is_whole_file` says that
    the file contains only this record, which then has an id and perhaps a date from the file's name. `hints` are plain values
    kept beside the document, for steps that compare several files. `words_left_out` counts the words around the text that a
    reader omitted; if it had to guess which (`is_guessed`), lines that most files of the source share are removed later. From
    the day `valid_until` (an ISO date) on, the file must be read again.
    """

    file: str
    line: int
    values: dict[str, Any]
    lines: dict[str, int] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    filled: frozenset[str] = frozenset()
    is_flat: bool = False
    is_whole_file: bool = False
    words_left_out: int = 0
    is_guessed: bool = False
    hints: dict[str, Any] = field(default_factory=dict)
    valid_until: str = ""

    @property
    def place(self) -> Place:
        """Where the values are."""
        return Place(self.file, self.line, self.lines, self.keys)


class Unreadable(LineError):
    """The file as a whole cannot be read."""
