"""The errors this program raises on purpose, as one tree, and the form in which mistakes of editors are reported.

    FindingAidError
    ├── ConfigError           config.yaml cannot be used: problems, each with file and line
    ├── IndexProblem          the published index
    │   ├── IndexMissing      nothing has been published yet
    │   ├── IndexOutdated     built with another schema, analysis or language
    │   └── IndexDamaged      files are missing or their sums differ
    ├── PublishLocked         another process is publishing
    ├── PublishRefused        publishing would lose documents
    └── EngineUnavailable     the engine does not answer, or only in part: try again later

Every message names the thing, the reason and the fix. Any other exception is a bug.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a file an editor wrote. `line` is 1-based, 0 where the whole file is meant."""

    path: str
    line: int
    field: str
    message: str
    severity: Literal["error", "warning"] = "error"

    @property
    def place(self) -> str:
        """The file, and the line where one is meant."""
        return f"{self.path}:{self.line}" if self.line else self.path

    def __str__(self) -> str:
        warning = "warning: " if self.severity == "warning" else ""
        return f"{self.place}: {warning}{self.field + ': ' if self.field else ''}{self.message}"


def advise_nearest(name: str, known: Iterable[str], otherwise: str) -> str:
    """Return advice on a name that is not known: the nearest one that is, or what to do where none is near."""
    near = difflib.get_close_matches(name, known, 1)
    return f'did you mean "{near[0]}"?' if near else otherwise


def describe_value(value: object) -> str:
    """Return what was found in a file where something else was expected, in words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "a list" if isinstance(value, (list, tuple)) else "a mapping" if isinstance(value, dict) else f'"{value}"'


def explain_error(error: Exception) -> str:
    """Return an error as a sentence with the thing, the reason and the fix."""
    if isinstance(error, OSError) and error.strerror:
        reason = f"{error.strerror[:1].lower()}{error.strerror[1:]}"
        if not error.filename:  # a file that was open already, as when the disk is full
            return f"{reason}; check the disk that is written to"
        return f"{error.filename}: {reason}; check the path, its permissions and the disk"
    return str(error)


class LineError(Exception):
    """Something in a text that cannot be read. `line` is 1-based, 0 where no line is meant."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


class FindingAidError(Exception):
    """Root of everything this program raises on purpose."""


class ConfigError(FindingAidError):
    """The configuration cannot be used; `problems` holds every mistake, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class IndexProblem(FindingAidError):
    """The published index cannot be used as it is."""


class IndexMissing(IndexProblem):
    """No generation has been published."""


class IndexOutdated(IndexProblem):
    """The published generation was built with another schema, analysis or language; or, for an update, configuration."""


REMEDY = "run `python -m indexer rollback` or `python -m indexer build`"
"""What to do where the current generation is damaged."""


class IndexDamaged(IndexProblem):
    """A published file is missing, or is not what the manifest says."""


class ReadingsDamaged(FindingAidError):
    """The remembered readings of the corpus's files are damaged."""

    def __init__(self) -> None:
        fix = "run the command again; if that does not help, delete `readings` in the folder of the index"
        super().__init__(f"the remembered readings of files are damaged; {fix}")


class PublishLocked(FindingAidError):
    """Another process holds the publish lock."""


class PublishRefused(FindingAidError):
    """Publishing was refused because documents would be lost and the editor has not allowed that."""


class EngineUnavailable(FindingAidError):
    """The engine cannot answer completely at present. `retry_after` is in seconds."""

    def __init__(self, message: str, retry_after: int = 5) -> None:
        super().__init__(message)
        self.retry_after = retry_after
