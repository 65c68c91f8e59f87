"""Find the files of the corpus, and the reader of each."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from indexer.formats import FORMATS, READER_BY_ENDING
from indexer.page_files import is_html_page
from indexer.patterns import path_regex
from search.config.settings import Config, Source
from search.errors import Problem

_WITH_SIDECAR = tuple(ending for one in FORMATS.values() if one.has_sidecar for ending in one.endings)
_SIDECARS = (".yaml", ".yml")


Stat = tuple[int, int, int]
"""The size of a file, its time of change in nanoseconds, and its inode."""
NO_STAT: Stat = (0, 0, 0)


def stat_of(found: os.stat_result) -> Stat:
    """Return the values by which a change of a file is noticed."""
    return found.st_size, found.st_mtime_ns, found.st_ino


class SourceFile(NamedTuple):
    """One file: its path, its name relative to the configuration, its settings and its reader.

    `stem` is its name below its source's folder without the ending: the id of a document that states none is made from it.
    `number` is the place of its source in the configuration, from 0. `sidecar` is a YAML file of the same name that states
    what a PDF or Word file does not.
    """

    location: str | Path
    name: str
    source: Source
    reader: str
    stem: str = ""
    number: int = 0
    sidecar: Path | None = None
    stat: Stat = NO_STAT

    @property
    def path(self) -> Path:
        """Where the file is."""
        return Path(self.location)


def list_source_files(config: Config) -> tuple[list[SourceFile], list[Problem]]:
    """Return every file that a source names, each once, as a file of the first such source; and the mistakes found."""
    files: dict[str, SourceFile] = {}
    problems: list[Problem] = []
    no_sources = {os.path.realpath(path) for path in (config.path, *(config.folder / name for name in config.facts))}
    for number, source in enumerate(config.sources):
        place = _Place(config.folder, source.path, config.index_path)
        readable, before = False, len(problems)
        for found in place.files(problems):
            if place.is_many and (found.real in no_sources or _is_sidecar(found)):
                continue
            by_ending = READER_BY_ENDING.get(found.suffix.lower(), "")
            reader = "listing" if source.listing else source.reader or by_ending
            problem = place.find_problem(found, reader)
            if problem is None and reader == "html" and place.takes_any_ending and not _is_page(found, by_ending):
                problem = Problem(place.name(found.below), 0, "", _explain_other_file(found), "warning")
            if problem is not None:
                problems.append(problem)
            elif found.real not in files:
                stem = (found.below if place.is_many else os.path.basename(found.path)).removesuffix(found.suffix)
                sidecar = _find_sidecar(Path(found.path)) if reader and FORMATS[reader].has_sidecar else None
                seen = stat_of(found.stat) if found.stat else NO_STAT
                files[found.real] = SourceFile(found.path, place.name(found.below), source, reader, stem, number, sidecar, seen)
            readable = True
        if not readable and not any(problem.severity == "error" for problem in problems[before:]):
            problems.append(Problem(source.path, 0, f"sources.{number}.path", place.explain_missing()))
    return _distinguish_stems(files.values()), problems


def _distinguish_stems(files: Collection[SourceFile]) -> list[SourceFile]:
    """Return the files with their whole names as stems of section pages (`_index.md`) that several sources have."""
    sources: dict[str, set[int]] = {}
    for file in files:
        if os.path.basename(file.stem).startswith("_"):
            sources.setdefault(file.stem, set()).add(file.number)
    repeated = {stem for stem, numbers in sources.items() if len(numbers) > 1}
    return [file._replace(stem=os.path.splitext(file.name)[0]) if file.stem in repeated else file for file in files]


class _Found(NamedTuple):
    """A file: its path, the same without links (`real`), and from the folder of its source on, with slashes (`below`); its
    ending; and its stat, None if it is no file that can be read."""

    path: str
    real: str
    below: str
    suffix: str
    stat: os.stat_result | None


class _Place:
    """What a source's path means: one file, or those below a folder that match a pattern."""

    def __init__(self, folder: Path, path: str, index: Path) -> None:
        parts = Path(path).parts
        fixed = next((number for number, part in enumerate(parts) if re.search(r"[*?[]", part)), len(parts))
        self.folder = folder
        self.index = os.path.normpath(index)
        root = Path(os.path.normpath(folder / Path(*parts[:fixed])))
        self.root = str(root)
        self.pattern = parts[fixed:] or (("**", "*") if root.is_dir() else ())
        self.is_many = bool(self.pattern)
        self.takes_any_ending = self.is_many and not self.pattern[-1].strip("*")
        inside = root.is_relative_to(os.path.normpath(folder))
        self._allowed = os.path.realpath(folder if inside else root if self.is_many else root.parent)
        self._below_allowed = self._allowed if self._allowed.endswith(os.sep) else self._allowed + os.sep
        self._root_name = Path(os.path.relpath(root, folder)).as_posix()

    def name(self, below: str) -> str:
        """Return the path of a file `below` the folder, relative to the configuration, as messages and documents name it."""
        return self._relative(below).encode("utf-8", "backslashreplace").decode()

    def _relative(self, below: str) -> str:
        return below if self._root_name == "." else f"{self._root_name}/{below}" if below else self._root_name

    def _below(self, path: str) -> str:
        return path[len(self.root) :].lstrip("/" if os.sep == "/" else "/\\").replace(os.sep, "/")

    def explain_missing(self) -> str:
        """Return the mistake of a source that names no file."""
        if self.is_many and os.path.isdir(self.root):
            return "there is no file in this folder that is read; put one there, or correct the path"
        if re.search(r"\{[^{}]*,[^{}]*\}", f"{self.root}{self.pattern}"):
            return "there is no such file, and braces are no pattern; write a source for each of the paths in them"
        if "\\" in self.root:
            return "there is no such file; write / between folders, as in reports/2019"
        return "there is no such file; correct the path, which is relative to the configuration"

    def files(self, problems: list[Problem]) -> Iterator[_Found]:
        """Yield the files; what cannot be read, or is not followed, is added to the problems."""
        if not self.is_many:
            if os.path.lexists(self.root):
                ending = os.path.splitext(self.root)[1]
                yield _Found(self.root, os.path.realpath(self.root), "", ending, _stat_if_readable(Path(self.root)))
            return
        if not os.path.lexists(self.root):
            return
        wanted = path_regex(self.pattern)
        yield from (found for found in self._walk(problems) if wanted.fullmatch(found.below))

    def _walk(self, problems: list[Problem]) -> Iterator[_Found]:
        """Yield every file below the root by name, without hidden files and the index. Links to folders are reported."""

        waiting = [self.root]
        while waiting:
            folder = waiting.pop()
            below = self._below(folder)
            try:
                with os.scandir(folder) as entries:
                    found = sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda one: one.name)
            except OSError as error:
                problems.append(Problem(self.name(below), 0, "", f"cannot be read: {error.strerror}; check its permissions"))
                continue
            folders = [entry for entry in found if _is_folder(entry) and os.path.normpath(entry.path) != self.index]
            for entry in folders:
                if entry.is_symlink():
                    message = "is a link to a folder, which is not followed; name the folder as a source of its own"
                    problems.append(Problem(self.name(self._below(entry.path)), 0, "", message, "warning"))
            real_folder, below = os.path.join(os.path.realpath(folder), ""), f"{below}/" if below else ""
            for entry in found:
                if not _is_folder(entry):
                    name = entry.name
                    real = os.path.realpath(entry.path) if entry.is_symlink() else real_folder + name
                    yield _Found(entry.path, real, below + name, os.path.splitext(name)[1], _stat_if_readable(entry))
            waiting += [entry.path for entry in reversed(folders) if not entry.is_symlink()]

    def find_problem(self, found: _Found, reader: str) -> Problem | None:
        """Return why the file is not read, None when it is."""
        if found.real != self._allowed and not found.real.startswith(self._below_allowed):
            return Problem(self.name(found.below), 0, "", "is a link out of the archive’s folder; copy the file into it")
        name = self.name(found.below)
        if re.search("[\ud800-\udfff]", self._relative(found.below)):  # as Python keeps bytes that are not UTF-8
            return Problem(name, 0, "", "has a name that is not UTF-8, so no page can show it; rename the file")
        if found.stat is None:
            return Problem(name, 0, "", "is not a file that can be read, or a link to nothing; remove it")
        if not reader:
            known = " ".join(READER_BY_ENDING)
            kind = found.suffix or os.path.basename(found.path)
            message = f'is not read: no reader for "{kind}", only for {known}; name one with `reader`'
            return Problem(name, 0, "", message, "warning" if self.is_many else "error")
        limit = FORMATS[reader].max_bytes
        if found.stat.st_size > limit:
            return Problem(name, 0, "", f"has more than {limit >> 20} MB; split it, or write it as JSON Lines")
        return None


def _stat_if_readable(path: Path | os.DirEntry[str]) -> os.stat_result | None:
    """Return the size and times of a regular file; None if there is none, or it cannot be read."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found if stat.S_ISREG(found.st_mode) else None


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether this is a folder or a link to one. A link that leads to itself is not."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _find_sidecar(path: Path) -> Path | None:
    return next((sidecar for ending in _SIDECARS if (sidecar := path.with_suffix(ending)).is_file()), None)


def _is_sidecar(found: _Found) -> bool:
    if found.suffix.lower() not in _SIDECARS:
        return False
    stem = found.path.removesuffix(found.suffix)
    return any(os.path.exists(stem + ending) for ending in _WITH_SIDECAR)


def _is_page(found: _Found, reader_by_ending: str) -> bool:
    """Whether a file of a saved site is a page, by its ending or else by its first bytes."""
    return reader_by_ending == "html" or (not reader_by_ending and is_html_page(found.path))


def _explain_other_file(found: _Found) -> str:
    kind = found.suffix or os.path.basename(found.path)
    pattern = f"**/*{found.suffix}" if found.suffix else f"**/{kind}"
    return f'is not read: "{kind}" is no ending of pages; to read such files too, name them, as in {{path: "{pattern}"}}'
