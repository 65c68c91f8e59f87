"""Which files of the corpus are read, and by which reader."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from search.config.settings import Config, Source
from search.errors import Problem

READER_BY_SUFFIX = {
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".csv": "csv",
    ".tsv": "csv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".xlsx": "xlsx",
    ".xls": "xlsx",
    ".ods": "xlsx",
    ".pdf": "pdf",
    ".docx": "docx",
}
MAX_BYTES = {"jsonl": 4 << 30, "csv": 256 << 20, "json": 256 << 20, "pdf": 512 << 20, "docx": 64 << 20, "xlsx": 64 << 20}
"""JSON Lines are read line by line; the others are held in memory whole."""
MAX_PARSED_BYTES = 4 << 20
"""HTML, Markdown and YAML are parsed in Python at about half a megabyte a second: a larger file would take ten seconds."""
_WITH_SIDECAR = ("pdf", "docx")
_SIDECARS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file: where it is, its name relative to the configuration, what the configuration says of it, and its reader.

    `stem` is its name below its source's folder without the ending: the id of a document that states none is made from it.
    `number` is the place of its source in the configuration, from 0. `sidecar` is a YAML file of the same name that states
    what a PDF or Word file does not.
    """

    path: Path
    name: str
    source: Source
    reader: str
    stem: str = ""
    number: int = 0
    sidecar: Path | None = None


def list_source_files(config: Config) -> tuple[list[SourceFile], list[Problem]]:
    """Return all files that the sources name, each once and by the first source that names it, and the mistakes met."""
    files: dict[str, SourceFile] = {}
    problems: list[Problem] = []
    apart = {os.path.realpath(path) for path in (config.path, *(config.folder / name for name in config.facts))}
    for number, source in enumerate(config.sources):
        place = _Place(config.folder, source.path, config.index_path)
        readable, before = False, len(problems)
        for path in place.files(problems):
            real = os.path.realpath(path)
            reader = "listing" if source.listing else source.reader or READER_BY_SUFFIX.get(path.suffix.lower(), "")
            if place.is_many and (real in apart or _is_sidecar(path)):
                continue
            problem = place.problem(path, real, reader)
            if problem is not None:
                problems.append(problem)
            else:
                stem = path.relative_to(place.root).with_suffix("").as_posix() if place.is_many else path.stem
                file = SourceFile(path, place.name(path), source, reader, stem, number, _sidecar_of(path, reader))
                files.setdefault(real, file)
            readable = True
        if not readable and not any(problem.severity == "error" for problem in problems[before:]):
            problems.append(Problem(source.path, 0, f"sources.{number}.path", place.nothing()))
    return list(files.values()), problems


class _Place:
    """What a source's path means: one file, or those below a folder that match a pattern."""

    def __init__(self, folder: Path, path: str, index: Path) -> None:
        parts = Path(path).parts
        fixed = next((number for number, part in enumerate(parts) if re.search(r"[*?[]", part)), len(parts))
        self.folder = folder
        self.index = os.path.normpath(index)
        self.root = Path(os.path.normpath(folder / Path(*parts[:fixed])))
        self.pattern = parts[fixed:] or (("**", "*") if self.root.is_dir() else ())
        self.is_many = bool(self.pattern)
        inside = self.root.is_relative_to(os.path.normpath(folder))
        self.allowed = os.path.realpath(folder if inside else self.root if self.is_many else self.root.parent)

    def name(self, path: Path) -> str:
        return self.relative(path).encode("utf-8", "backslashreplace").decode()

    def relative(self, path: Path) -> str:
        return Path(os.path.relpath(path, self.folder)).as_posix()

    def nothing(self) -> str:
        """Why no file is read."""
        if self.is_many and self.root.is_dir():
            return "there is no file in this folder that is read; put one there, or correct the path"
        return "there is no such file; correct the path, which is relative to the configuration"

    def files(self, problems: list[Problem]) -> Iterator[Path]:
        if not self.is_many:
            if os.path.lexists(self.root):
                yield self.root
            return
        wanted = _regex(self.pattern)
        yield from (path for path in self._walk(problems) if wanted.fullmatch(path.relative_to(self.root).as_posix()))

    def _walk(self, problems: list[Problem]) -> Iterator[Path]:
        """Every file below the root in order of name, but hidden ones and the index; links to folders are named, not followed."""

        def unreadable(error: OSError) -> None:
            reason = f"cannot be read: {error.strerror}; check its permissions"
            problems.append(Problem(self.name(Path(error.filename)), 0, "", reason))

        for folder, folders, names in os.walk(self.root, onerror=unreadable):
            folders[:] = sorted(name for name in folders if not (name.startswith(".") or self._is_index(folder, name)))
            for name in folders:
                if os.path.islink(os.path.join(folder, name)):
                    message = "is a link to a folder, which is not followed; name the folder as a source of its own"
                    problems.append(Problem(self.name(Path(folder, name)), 0, "", message, "warning"))
            yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))

    def _is_index(self, folder: str, name: str) -> bool:
        return os.path.normpath(os.path.join(folder, name)) == self.index

    def problem(self, path: Path, real: str, reader: str) -> Problem | None:
        """Why the file is not read, None when it is."""
        name = self.name(path)
        if not Path(real).is_relative_to(self.allowed):
            return Problem(name, 0, "", "is a link out of the archive’s folder; copy the file into it")
        if not _is_text(self.relative(path)):  # where the archive lies is on no page
            return Problem(name, 0, "", "has a name that is not UTF-8, so no page can show it; rename the file")
        if not os.path.isfile(real):
            return Problem(name, 0, "", "is not a file that can be read, or a link to nothing; remove it")
        if not reader:
            known = " ".join(READER_BY_SUFFIX)
            message = f'is not read: no reader for "{path.suffix or path.name}", only for {known}; name one with `reader`'
            return Problem(name, 0, "", message, "warning" if self.is_many else "error")
        limit = MAX_BYTES.get(reader, MAX_PARSED_BYTES)
        if os.stat(real).st_size > limit:
            return Problem(name, 0, "", f"has more than {limit >> 20} MB; split it, or write it as JSON Lines")
        return None


def _sidecar_of(path: Path, reader: str) -> Path | None:
    candidates = [path.with_suffix(ending) for ending in _SIDECARS] if reader in _WITH_SIDECAR else []
    return next((sidecar for sidecar in candidates if sidecar.is_file()), None)


def _is_sidecar(path: Path) -> bool:
    return path.suffix.lower() in _SIDECARS and any(path.with_suffix(f".{reader}").exists() for reader in _WITH_SIDECAR)


def _is_text(name: str) -> bool:
    """Whether a file's name is UTF-8; Python keeps other bytes as lone surrogates."""
    return not re.search("[\ud800-\udfff]", name)


def _regex(pattern: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern of path parts, `**` for any number of folders, as a regular expression over the path."""
    parts = ["(?:.+/)?" if part == "**" else _part_regex(part) + "/" for part in pattern]
    return re.compile("(?s:" + "".join(parts).removesuffix("/") + ")")


def _part_regex(part: str) -> str:
    """One part of a pattern: `*`, `?` and `[...]` stand for characters of one name, never for a slash."""
    written = []
    for piece in re.findall(r"\[!?\]?[^\]]*\]|.", part, re.DOTALL):
        if piece == "*":
            written.append("[^/]*")
        elif piece == "?":
            written.append("[^/]")
        elif len(piece) > 1:
            negated, chosen = ("^", piece[2:-1]) if piece[1] == "!" else ("", piece[1:-1])
            chosen = chosen.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace("^", "\\^")
            written.append(_class_or_literal(f"(?!/)[{negated}{chosen}]", piece))
        else:
            written.append(re.escape(piece))
    return "".join(written)


def _class_or_literal(character_class: str, piece: str) -> str:
    """A class of characters, or the piece as it stands where it is none, as in [z-a]."""
    try:
        re.compile(character_class)
    except re.error:
        return re.escape(piece)
    return character_class


def covers(named: str, path: str) -> bool:
    """Whether a file, folder or pattern named in a problem is, holds or matches this path."""
    return path == named or path.startswith(named.rstrip("/") + "/") or _regex(Path(named).parts).fullmatch(path) is not None
