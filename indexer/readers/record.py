"""What a reader gives: a record for each document, or the reason why the file cannot be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from search.errors import Problem


@dataclass(frozen=True, slots=True)
class Record:
    """What a file says of one document: plain values by key, and the 1-based lines on which they stand.

    `keys` gives the file's own name of a key that was mapped to one of ours; `filled` are the keys that a default filled. In
    a `flat` record (CSV, spreadsheets) several values stand in one text, separated by `;`. `words_left_out` counts the words
    that a reader left out of the file because they are around its text; where it had to guess which are (`is_guessed`), lines
    that most files of the source share are left out too, when all are read.
    """

    file: str
    line: int
    values: dict[str, Any]
    lines: dict[str, int] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    filled: frozenset[str] = frozenset()
    flat: bool = False
    words_left_out: int = 0
    is_guessed: bool = False

    def line_of(self, name: str) -> int:
        """The line on which the value of this key stands."""
        return self.lines.get(name, self.line)

    def problem(self, name: str, message: str, *, warning: bool = False) -> Problem:
        """A mistake in, or a warning about, the value of this key; named as the file names it."""
        return Problem(self.file, self.line_of(name), self.keys.get(name, name), message, "warning" if warning else "error")


class Unreadable(Exception):
    """The file as a whole cannot be read. `line` is 1-based, 0 where no line is meant."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
