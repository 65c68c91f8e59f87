"""Read the history stored with a dump. An archive first built from a dump continues that history."""

from __future__ import annotations

from pathlib import Path

from indexer.sources import SourceFile, list_source_files
from search.changes import Changes, Times
from search.config.settings import Config
from search.errors import Problem, PublishRefused
from search.history import DUMPED_HISTORY, BadLine, History, read_lines


def find_mistake(file: SourceFile) -> Problem | None:
    """Return the mistake in the history of a dump; None if it is correct or missing."""
    found = _read(file)
    return found if isinstance(found, Problem) else None


def read_dumped_history(config: Config) -> History:
    """Return the history stored with the dumps of an archive; empty if there is none. Raises PublishRefused."""
    if all(source.reader != "dump" for source in config.sources):
        return History()
    changes: dict[str, Times] = {}
    gone: dict[str, str] = {}
    for file in list_source_files(config)[0]:
        found = _read(file) if file.reader == "dump" else History()
        if isinstance(found, Problem):
            raise PublishRefused(f"refused: {found}")
        changes = {**dict(found.changes.items()), **changes}
        gone = {**found.gone, **gone}
    return History(Changes.pack(sorted(changes.items())), gone)


def _read(file: SourceFile) -> History | Problem:
    path = file.path.with_name(DUMPED_HISTORY)
    name = str(Path(file.name).with_name(DUMPED_HISTORY))
    fix = "export the archive again, or remove this file to begin a new history"
    try:
        with path.open("rb") as lines:
            return read_lines(lines)
    except FileNotFoundError:
        return History()
    except BadLine as bad:
        return Problem(name, bad.line, "", f"is no line of a history: {bad.reason}; {fix}")
    except OSError as error:
        return Problem(name, 0, "", f"cannot be read: {error.strerror}; {fix}")
