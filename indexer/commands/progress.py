"""Show how far a command is: a bar on a terminal, a line every 20 seconds in a log, nothing with `--quiet`."""

from __future__ import annotations

import os
import sys
import time
from typing import TextIO

_BAR = 30
_SECONDS_BETWEEN_DRAWINGS = 0.1
_SECONDS_BETWEEN_LINES = 20.0
_SHORTEST_STEP = 0.5
"""Seconds; a shorter step needs no estimate of the time left."""


class Progress:
    """Shows one step after the other on a stream."""

    def __init__(self, stream: TextIO = sys.stderr, *, is_quiet: bool = False) -> None:
        self._stream = stream
        self._is_quiet = is_quiet
        self._is_terminal = stream.isatty()
        self._colour = self._is_terminal and not os.environ.get("NO_COLOR")
        self._started = self._drawn = time.monotonic()
        self._step = ""
        self._is_drawn = False

    def show_reading(self, done: int, files: int, records: int) -> None:
        """Show how many of the files are read, and how many records were found in them."""
        self._show("reading", done, files, "files", f", {records:,} records" if records else "")

    def show_writing(self, done: int, documents: int) -> None:
        """Show how many of the documents are written."""
        self._show("writing", done, documents, "documents", "")

    def clear(self) -> None:
        """Remove the bar from the terminal."""
        if self._is_drawn:
            print("\r\x1b[K", end="", file=self._stream, flush=True)
            self._is_drawn = False

    def _show(self, step: str, done: int, total: int, unit: str, more: str) -> None:
        if self._is_quiet:
            return
        now = time.monotonic()
        if step != self._step:
            self._step, self._started = step, now
            self._drawn = now - (_SECONDS_BETWEEN_DRAWINGS if self._is_terminal else 0)
        between = _SECONDS_BETWEEN_DRAWINGS if self._is_terminal else _SECONDS_BETWEEN_LINES
        if now - self._drawn < between:
            return
        self._drawn = now
        line = f"{step}: {done:,} of {total:,} {unit}{more}{self._estimate_time_left(now, done, total)}"
        if not self._is_terminal:
            print(line, file=self._stream, flush=True)
            return
        filled = "#" * (_BAR * done // max(total, 1))
        bar = f"\x1b[36m{filled}\x1b[0m" if self._colour else filled
        print(f"\r\x1b[K[{bar}{' ' * (_BAR - len(filled))}] {line}", end="", file=self._stream, flush=True)
        self._is_drawn = True

    def _estimate_time_left(self, now: float, done: int, total: int) -> str:
        passed = now - self._started
        if not done or passed < _SHORTEST_STEP:
            return ""
        seconds = round(passed * (total - done) / done)
        return f", about {seconds // 60} min {seconds % 60} s left" if seconds >= 60 else f", about {seconds} s left"
