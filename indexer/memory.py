"""Remember the readings of the corpus's files, so that only changed files are read again.

There are two files beside the index. One has the documents as frames of a spool; those of changed files are appended. The
other, `readings`, has in MessagePack for each file of the corpus its size, times and digest, and the rest of its reading. So a
document is decoded or copied only when it is used. If either file is missing, every file is read again. Their version is a hash
of this program and of the settings that change a reading.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from indexer.read_documents import FileReading
from indexer.sources import NO_STAT, SourceFile, Stat, stat_of
from indexer.spool import Spool, frame
from search.config.settings import Config

_MAGIC = b"finding-aid readings, 3\n"
_SUM_BYTES = 16
"""Length of the hash at the start of `readings`; it is of all that follows."""
_DOCUMENTS = "readings.documents."
_MOST_UNUSED = 0.5
"""The share of the documents' file that earlier versions of documents, and documents of deleted files, may take. Above it, the
file is written again."""
_MARGIN = 2_000_000_000
"""Nanoseconds. Some file systems keep times this coarsely: a file as recent as the memory may have changed after it was read."""
MOST_BYTES = 16 << 20
"""Larger files are not remembered: storing their documents costs as much as reading them again."""
_WORTH_BYTES = 200_000
"""Total size of files below which reading them again takes less time than writing a memory."""


class _Entry(Struct, frozen=True, array_like=True):
    """The state of a file when it was read, and its reading, whose documents take `size` bytes of the memory."""

    setting: str
    stat: Stat
    sidecar: Stat
    digest: bytes
    size: int
    reading: FileReading


class _Contents(Struct, array_like=True):
    """The content of `readings`. `written_at` is in nanoseconds. `documents` names the file of documents, which ends at `end`."""

    version: str
    written_at: int = 0
    documents: str = ""
    end: int = 0
    entries: dict[str, _Entry] = {}


class ReadingMemory:
    """The readings of one archive. Where the memory cannot be read or written, every file is read again."""

    def __init__(self, config: Config, *, distrust: bool = False, least_bytes: int = _WORTH_BYTES) -> None:
        self._path = config.index_path / "readings"
        self._folder = config.folder
        self._version = _version_of(config)
        self._distrust = distrust
        self._least_bytes = least_bytes
        self._started = time.time_ns()
        self._recalled: dict[str, _Entry] = {}
        self._new: dict[str, _Entry] = {}
        self._is_changed = False
        self._source_sums: dict[int, str] = {}
        self._sum = _read_sum(self._path)
        self._known = _load(self._path, self._version)
        self._file = self._open_documents()

    def _open_documents(self) -> BinaryIO | None:
        if self._known.documents:
            with suppress(OSError):
                return self._path.with_name(self._known.documents).open("rb")
        self._known = _Contents(self._version)
        return None

    def open_spool(self) -> Spool:
        """Return a new spool that has the documents of the readings that are recalled."""
        return Spool((self._path.parent, self._folder), self._file, self.forget)

    def recall(self, file: SourceFile) -> FileReading | None:
        """Return the reading of a file that has not changed since, None where it must be read."""
        entry = self._known.entries.get(file.name)
        if entry is None or entry.setting != self._setting_of(file):
            return None
        valid_until = entry.reading.valid_until
        if valid_until and valid_until <= date.today().isoformat():
            return None
        try:
            stat, sidecar = file.stat, _stat_of(file.sidecar)
            is_trusted = not self._distrust and max(stat[1], sidecar[1]) < self._known.written_at - _MARGIN
            if (stat, sidecar) != (entry.stat, entry.sidecar) or not is_trusted:
                if stat[0] != entry.stat[0] or _digest_of(file) != entry.digest:
                    return None
                entry = replace(entry, stat=stat, sidecar=sidecar)
                self._is_changed = True
        except OSError:
            return None
        self._recalled[file.name] = entry
        return entry.reading

    def remember(self, file: SourceFile, reading: FileReading) -> None:
        """Keep the reading of a file, whose state (`file.stat`) is from before it was read."""
        with suppress(OSError):
            if file.stat[0] <= MOST_BYTES:
                setting, sidecar = self._setting_of(file), _stat_of(file.sidecar)
                self._new[file.name] = _Entry(setting, file.stat, sidecar, _digest_of(file), 0, reading)

    def save(self, spool: Spool) -> None:
        """Write the readings, whose documents are in the spool, if the files are large enough and the folder can be written."""
        current = self._recalled | self._new
        is_same = not (self._is_changed or self._new or self._known.entries.keys() - current.keys())
        if is_same or sum(entry.stat[0] for entry in current.values()) < self._least_bytes:
            return
        with suppress(OSError), self._lock():
            if _read_sum(self._path) != self._sum:
                return  # another command has saved its readings meanwhile
            used = sum(entry.size for entry in self._recalled.values())
            if self._file and used >= self._known.end * (1 - _MOST_UNUSED):
                self._continue(spool)
            else:
                self._begin(current, spool)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """Lock the folder of the memory against other commands that save theirs. Raises OSError if one does."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        finally:
            os.close(folder)

    def _begin(self, current: Mapping[str, _Entry], spool: Spool) -> None:
        """Write all documents to a new file."""
        path = self._path.with_name(f"{_DOCUMENTS}{secrets.token_hex(4)}")
        try:
            with path.open("xb") as target:
                entries = _copy(current, spool, target)
                target.flush()
                self._write_list(path.name, target.tell(), entries)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        for other in self._path.parent.glob(f"{_DOCUMENTS}*"):
            if other != path:
                other.unlink(missing_ok=True)

    def _continue(self, spool: Spool) -> None:
        """Append the documents of changed files."""
        path, end = self._path.with_name(self._known.documents), self._known.end
        try:
            with path.open("r+b") as target:
                target.truncate(end)
                target.seek(end)
                entries = self._recalled | _copy(self._new, spool, target)
                target.flush()
                self._write_list(path.name, target.tell(), entries)
        except BaseException:
            os.truncate(path, end)
            raise

    def _write_list(self, documents: str, end: int, entries: dict[str, _Entry]) -> None:
        encoded = _encoder.encode(_Contents(self._version, self._started, documents, end, entries))
        new = self._path.with_suffix(".new")
        try:
            new.write_bytes(_MAGIC + _sum_of(encoded) + encoded)
            new.replace(self._path)
        finally:
            new.unlink(missing_ok=True)

    def forget(self) -> None:
        """Remove the memory, so that every file is read again."""
        with suppress(OSError):
            self._path.unlink()

    def _setting_of(self, file: SourceFile) -> str:
        """Return the settings that change the reading of this file."""
        if file.number not in self._source_sums:
            source = file.source.model_dump_json().encode("utf-8", "surrogateescape")
            self._source_sums[file.number] = hashlib.blake2b(source, digest_size=8).hexdigest()
        sidecar = file.sidecar.name if file.sidecar else ""
        return f"{file.reader} {self._source_sums[file.number]} {sidecar} {file.stem}"


_encoder, _decoder = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(_Contents)


def _load(path: Path, version: str) -> _Contents:
    """Return the content of a memory; empty if it is missing, damaged or of another version."""
    with suppress(OSError, msgspec.DecodeError):
        found = path.read_bytes()
        known_sum, encoded = found[len(_MAGIC) :][:_SUM_BYTES], memoryview(found)[len(_MAGIC) + _SUM_BYTES :]
        if found.startswith(_MAGIC) and _sum_of(encoded) == known_sum:
            contents = _decoder.decode(encoded)
            if contents.version == version:
                return contents
    return _Contents(version)


def _read_sum(path: Path) -> bytes:
    """Return the magic bytes and the hash at the start of `readings`; b"" if it is missing."""
    with suppress(OSError), path.open("rb") as file:
        return file.read(len(_MAGIC) + _SUM_BYTES)
    return b""


def _copy(entries: Mapping[str, _Entry], spool: Spool, target: BinaryIO) -> dict[str, _Entry]:
    """Write the documents of readings to a file; return the readings with the new positions of their documents."""
    place = target.tell()

    def write(data: bytes) -> int:
        nonlocal place
        before, place = place, place + target.write(frame(data))
        return before

    copied = {}
    for name, one in entries.items():
        start = place
        reading = one.reading.move(spool.read, write)
        copied[name] = replace(one, size=place - start, reading=reading)
    return copied


def _sum_of(encoded: bytes | memoryview) -> bytes:
    return hashlib.blake2b(encoded, digest_size=_SUM_BYTES).digest()


def _stat_of(path: Path | None) -> Stat:
    return stat_of(os.stat(path)) if path else NO_STAT


def _digest_of(file: SourceFile) -> bytes:
    """Return a hash of the content of a file and its sidecar."""
    total = hashlib.blake2b(digest_size=16)
    for path in filter(None, (file.path, file.sidecar)):
        with path.open("rb") as content:
            total.update(hashlib.file_digest(content, "blake2b").digest())
    return total.digest()


def _version_of(config: Config) -> str:
    """Return a hash of this program, the settings that change every reading, and the year (dates far ahead are not read)."""
    settings = config.model_dump_json(include={"fields", "language"})
    total = hashlib.blake2b(f"{settings} {date.today().year}".encode(), digest_size=16)
    total.update(_program_sum())
    return total.hexdigest()


@lru_cache(maxsize=1)
def _program_sum() -> bytes:
    total = hashlib.blake2b(digest_size=16)
    root = Path(__file__).parents[1]
    for folder in ("indexer", "search"):
        for path in sorted((root / folder).rglob("*.py")):
            total.update(path.read_bytes())
    return total.digest()
