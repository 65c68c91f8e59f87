"""Generations on disk: each is built in a folder of its own, checked, synced, and made current in one step.

    index/  publish.lock  CURRENT (the id of the generation that answers)
            <generation>/ manifest.json and the files it names, never written again; for a moment, what will be CURRENT
            building-<pid>/ what a publisher is working on
            verified (files of the current generation that need not be read again before an update)

A file that two generations share is one file with two names (hard link), its sum carried over. Nothing here knows what is
in the files.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Set
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from search.engines.contract import Generation
from search.errors import REMEDY, ConfigError, EngineUnavailable, IndexDamaged, IndexMissing, IndexProblem, Problem, PublishLocked

_MANIFEST = "manifest.json"
_CURRENT = "CURRENT"
_VERIFIED = "verified"
_BUILDING = re.compile(r"building-\d+", re.ASCII)
_GENERATION = re.compile(r"\d{8}T\d{12}-[0-9a-f]{6}", re.ASCII)
"""The ids that `new_generation` makes. Nothing else in the folder is ever removed."""
_SORTS_LAST = "~"
"""Used as the id of the current generation when that cannot be read: it sorts after every id."""
_SYNCED_AT_ONCE = 16
"""Files synced to the disk at the same time: all those of a small update, so that the disk is waited for once."""
_PASSING = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN, errno.EINTR})
"""Errors that say nothing about a file: no more files or memory can be had at the moment."""


@contextmanager
def report_passing_failures(path: Path) -> Iterator[None]:
    """Raise EngineUnavailable for an OSError that may be gone the next time, such as too many open files."""
    try:
        yield
    except OSError as error:
        if error.errno in _PASSING:
            raise EngineUnavailable(f"{path}: cannot be opened at the moment ({error.strerror}); try again") from error
        raise


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation consists of: the size and SHA-256 of each file, and what the engine notes about the content."""

    generation: Generation
    files: Mapping[str, tuple[int, str]]
    content: Mapping[str, Any] = field(default_factory=dict)


class Generations:
    """The generations in one directory."""

    def __init__(self, path: Path, keep: int) -> None:
        self.path = path
        self.keep = keep
        self._current = os.fspath(path / _CURRENT)

    def current_id(self) -> str:
        """Return the id of the current generation. Raises IndexMissing when nothing has been published, or IndexDamaged."""
        try:
            found = (self.path / _CURRENT).read_text(errors="replace").strip()
        except FileNotFoundError:
            raise IndexMissing(f"{self.path}: nothing has been published here yet; run `python -m indexer build`") from None
        except NotADirectoryError:
            raise self._no_folder() from None
        if not _GENERATION.fullmatch(found):
            raise IndexDamaged(f"{self.path / _CURRENT}: names no generation; {REMEDY}")
        return found

    def _no_folder(self) -> ConfigError:
        reason = "is not a folder, or lies in what is none; name another in config.yaml"
        return ConfigError([Problem(str(self.path), 0, "index.path", reason)])

    def current_mark(self) -> tuple[int, int]:
        """Return a value that changes whenever CURRENT does; (0, 0) when there is none. Costs one `stat`."""
        try:
            found = os.stat(self._current)
        except (FileNotFoundError, NotADirectoryError):
            return (0, 0)
        return (found.st_ino, found.st_mtime_ns)

    def open(self, generation_id: str) -> tuple[Path, Manifest]:
        """Return a generation's folder and manifest, after checking the size of every file. Raises IndexDamaged."""
        folder = self.path / generation_id
        try:
            with report_passing_failures(folder):
                data = _unseal((folder / _MANIFEST).read_text())
            files = {name: (int(size), str(digest)) for name, (size, digest) in data["files"].items()}
            manifest = Manifest(Generation(**data["generation"]), files, data["content"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamaged(f"{folder}: the manifest cannot be read ({error}); {REMEDY}") from None
        for name, (size, _) in files.items():
            try:
                found = os.stat(f"{folder}/{name}").st_size  # joining paths takes three times as long as looking
            except OSError:
                found = -1
            if found != size:
                what = "is missing" if found < 0 else f"has {found:,} bytes instead of {size:,}"
                raise IndexDamaged(f"{folder / name}: {what}; {REMEDY}")
        return folder, manifest

    def verify(self, generation_id: str) -> list[str]:
        """Read every file of a generation; return one sentence for each that differs from the manifest."""
        return self._find_differing_files(generation_id, frozenset())[0]

    def find_damage(self, generation_id: str) -> list[str]:
        """Return what `verify` does, without reading again the files that were read for their sums when they were published,
        or that this method has found unharmed before.
        """
        known: set[str] = set()
        with suppress(OSError):
            known.update((self.path / _VERIFIED).read_text(errors="replace").splitlines(keepends=True))
        wrong, verified = self._find_differing_files(generation_id, known)
        if known != verified:
            with suppress(OSError):  # a disk that is full or read-only costs only that they are read again
                (self.path / _VERIFIED).write_text("".join(sorted(verified)))
        return wrong

    def _find_differing_files(self, generation_id: str, known: Set[str]) -> tuple[list[str], Set[str]]:
        """Return a sentence for each file that differs from the manifest, and the keys of all others. `known` are not read."""
        try:
            folder, manifest = self.open(generation_id)
        except IndexDamaged as error:
            return [str(error)], known
        wrong, verified = [], set()
        for name, (size, digest) in manifest.files.items():
            key = _key_of(folder / name, size, digest)
            if key in known or sha256(folder / name) == digest:
                verified.add(key)
            else:
                wrong.append(f"{folder / name}: the content is not what was published; {REMEDY}")
        return wrong, verified

    def list_ids(self) -> list[str]:
        """Return the ids of all generations kept, the current one first, then newest first."""
        found = self._names_to_keep()
        if not found and self.current_mark() == (0, 0):
            return []
        current = self.current_id()
        return [current, *sorted(found - {current}, reverse=True)]

    def ids_to_recover_from(self) -> list[str]:
        """Return the ids of all generations kept: the current one, older ones, newest first, and then newer ones.

        When the current one is not known, all count as older. Nothing is raised.
        """
        current = self._current_or_last()
        return sorted(self._names_to_keep(), key=lambda name: (name <= current, name), reverse=True)

    def _names_to_keep(self) -> set[str]:
        return {path.parent.name for path in self.path.glob(f"*/{_MANIFEST}") if _GENERATION.fullmatch(path.parent.name)}

    def _current_or_last(self) -> str:
        try:
            return self.current_id()
        except IndexProblem:
            return _SORTS_LAST

    @contextmanager
    def publishing(self) -> Iterator[Path]:
        """Hold the publish lock and yield an empty folder to build in; it is removed unless it was published.

        Raises PublishLocked when somebody else holds the lock.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise self._no_folder() from None
        with (self.path / "publish.lock").open("a+") as lock:  # Python opens files so that child processes do not inherit them
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                lock.seek(0)
                holder = lock.read().strip()
                raise PublishLocked(f"{self.path}: process {holder} is publishing; wait for it and try again") from None
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
            for left in self.path.glob("building-*"):  # by a publisher that died
                if _BUILDING.fullmatch(left.name):
                    shutil.rmtree(left)
            building = self.path / f"building-{os.getpid()}"
            building.mkdir()
            try:
                yield building
            finally:
                shutil.rmtree(building, ignore_errors=True)

    def publish(
        self,
        building: Path,
        generation: Generation,
        content: Mapping[str, Any],
        known: Mapping[str, tuple[int, str]],
        check: Callable[[], None],
        replaced: str = "",
    ) -> Generation:
        """Seal, sync and `check` what was built, and make it current. `known` are the sums of files shared with an earlier
        generation.

        The generation `replaced` is removed: one must not go back to it, because it has the same documents.
        """
        names = sorted(os.listdir(building))
        new = [building / name for name in names if name not in known]
        files = {name: known[name] for name in names if name in known}
        with ThreadPoolExecutor(_SYNCED_AT_ONCE) as threads:
            files |= {path.name: sums for path, sums in zip(new, threads.map(_sum, new), strict=True)}
            data = {"generation": asdict(generation), "files": files, "content": content}
            (building / _MANIFEST).write_text(_seal(data))
            (building / _CURRENT).write_text(generation.id + "\n")
            # In any order: no process reads these files before the folder is renamed, when all of them are on the disk.
            synced = threads.map(_sync, (*new, building / _MANIFEST, building / _CURRENT, building))
            check()  # while the disk is waited for
            list(synced)
        with suppress(OSError), (self.path / _VERIFIED).open("a") as verified:
            verified.writelines(_key_of(path, *files[path.name]) for path in new)
        os.rename(building, self.path / generation.id)
        self._replace_current(self.path / generation.id / _CURRENT)
        self._prune(building, replaced)
        return generation

    def switch(self, generation_id: str) -> None:
        """Make a complete generation the current one, by one rename."""
        # In its folder, so that what a process killed here leaves is removed with the generation. No lock is held.
        named = self.path / generation_id / f"{_CURRENT}.{os.getpid()}"
        named.write_text(generation_id + "\n")
        _sync(named)
        self._replace_current(named)

    def _replace_current(self, named: Path) -> None:
        _sync(self.path)  # first the generation, then the file that names it
        os.replace(named, self.path / _CURRENT)
        _sync(self.path)

    def previous(self) -> Generation:
        """Return the newest generation older than the current one. Raises IndexMissing when there is none."""
        current = self._current_or_last()
        older = next((name for name in self.ids_to_recover_from() if name < current), None)
        if older is None:
            raise IndexMissing(f"{self.path}: there is no earlier generation to go back to")
        return self.open(older)[1].generation

    def _prune(self, aside: Path, replaced: str) -> None:
        kept = [name for name in self.list_ids() if name != replaced][: 1 + self.keep]
        for name in self._names_to_keep().difference(kept):
            os.rename(self.path / name, aside)  # a process killed here leaves no half-deleted generation
            shutil.rmtree(aside)


def _seal(data: Any) -> str:
    """Return the manifest as JSON with its own checksum, since it holds the checksums of all other files."""
    return json.dumps({"sha256": hashlib.sha256(json.dumps(data).encode()).hexdigest(), "manifest": data})


def _unseal(text: str) -> Any:
    sealed = json.loads(text)
    if hashlib.sha256(json.dumps(sealed["manifest"]).encode()).hexdigest() != sealed["sha256"]:
        raise ValueError("its checksum is wrong")
    return sealed["manifest"]


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _key_of(path: Path, size: int, digest: str) -> str:
    """Return a line by which a file is known: its number on the disk, when it was last written, its size and its checksum."""
    found = os.stat(path)
    return f"{found.st_ino} {found.st_mtime_ns} {size} {digest}\n"


def _sum(path: Path) -> tuple[int, str]:
    """Return the size and the SHA-256 of a file."""
    return path.stat().st_size, sha256(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
