"""Which files of the corpus are read, and by which reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from search.config import Config, Source
from search.errors import Problem

READER_BY_SUFFIX = {
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
MAX_BYTES = 256 << 20
"""A larger file is refused: nothing an editor writes by hand is larger, and it must fit into memory."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file: where it is, its name relative to the configuration, what the configuration says of it, and its reader."""

    path: Path
    name: str
    source: Source
    reader: str


def source_files(config: Config) -> tuple[list[SourceFile], list[Problem]]:
    """All files that the sources name, each once, and what is wrong with those that cannot be read."""
    files: dict[Path, SourceFile] = {}
    problems: list[Problem] = []
    root = config.folder.resolve()
    for number, source in enumerate(config.sources):
        found = list(_matching(config.folder, source.path))
        if not found:
            advice = "there is no such file; correct the path, which is relative to the configuration"
            problems.append(Problem(source.path, 0, f"sources.{number}.path", advice))
        for path in found:
            name = path.relative_to(config.folder).as_posix()
            reader = source.reader or READER_BY_SUFFIX.get(path.suffix.lower(), "")
            reason = _unreadable(path, root, reader)
            if reason:
                problems.append(Problem(name, 0, "", reason))
            else:
                files.setdefault(path.resolve(), SourceFile(path, name, source, reader))
    return list(files.values()), problems


def _matching(folder: Path, pattern: str) -> Iterator[Path]:
    path = folder / pattern
    if path.is_dir():
        yield from sorted(file for file in path.rglob("*") if file.is_file() and file.suffix.lower() in READER_BY_SUFFIX)
    elif any(char in pattern for char in "*?["):
        yield from sorted(file for file in folder.glob(pattern) if file.is_file())
    elif path.is_file():
        yield path


def _unreadable(path: Path, root: Path, reader: str) -> str:
    if not path.resolve().is_relative_to(root):
        return "is a link out of the archive's folder; copy the file into it"
    if not reader:
        return f"no reader for files ending in {path.suffix or 'nothing'}; name one with `reader`"
    if path.stat().st_size > MAX_BYTES:
        return f"has more than {MAX_BYTES >> 20} MB; split it"
    return ""
