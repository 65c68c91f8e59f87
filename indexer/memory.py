"""What reading the files of the corpus gave, remembered until they change, so that only changed files are read again.

One file beside the index, of MessagePack: the documents, as a spool keeps them, then for each file of the corpus how to tell
that it is unchanged, and all else of its reading. So a document is neither decoded nor copied before somebody wants it. The
file may be deleted at any time. Its version covers this program and every setting that shapes a reading.
"""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import suppress
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct

from indexer.read_documents import FileReading
from indexer.sources import NO_STAT, SourceFile, Stat, stat_of
from indexer.spool import Spool, frame
from search.config.settings import Config

_MAGIC = b"finding-aid readings, 2\n"
_SUM_BYTES = 16
_HEAD_BYTES = len(_MAGIC) + _SUM_BYTES + 8
"""What the file begins with: its kind, the sum of all that follows, and where the list of files begins."""
_MARGIN = 2_000_000_000
"""Nanoseconds. The times of some file systems are this coarse: a file as new as the memory may have changed after it."""
MOST_BYTES = 16 << 20
"""Larger files are not remembered: storing their documents costs as much as reading them again."""
_WORTH_BYTES = 200_000
"""Total size of files from which a memory is worth writing."""


class _Entry(Struct, frozen=True, array_like=True):
    """How to tell that a file is unchanged, and its reading, whose documents are in the memory's file."""

    setting: str
    stat: Stat
    sidecar: Stat
    digest: bytes
    reading: FileReading


class _Contents(Struct, array_like=True):
    """What the memory's file holds beside documents; `written_at` are nanoseconds."""

    version: str
    written_at: int
    entries: dict[str, _Entry]


class ReadingMemory:
    """The readings of one archive. Where the memory cannot be read or written, every file is read again.

    `file` has the documents of the readings that are recalled; a spool that begins with it closes it.
    """

    def __init__(self, config: Config, *, distrust: bool = False, least_bytes: int = _WORTH_BYTES) -> None:
        self._path = config.index_path / "readings"
        self._version = _version_of(config)
        self._distrust = distrust
        self._least_bytes = least_bytes
        self._started = time.time_ns()
        self._current: dict[str, _Entry] = {}
        self._is_changed = False
        self._source_sums: dict[int, str] = {}
        self.file, known = _open(self._path, self._version)
        self._known, self._written_at = known.entries, known.written_at

    def recall(self, file: SourceFile) -> FileReading | None:
        """Return the reading of a file that has not changed since, None where it must be read."""
        entry = self._known.get(file.name)
        if entry is None or entry.setting != self._setting_of(file):
            return None
        valid_until = entry.reading.valid_until
        if valid_until and valid_until <= date.today().isoformat():
            return None
        try:
            stat, sidecar = file.stat, _stat_of(file.sidecar)
            is_trusted = not self._distrust and max(stat[1], sidecar[1]) < self._written_at - _MARGIN
            if (stat, sidecar) != (entry.stat, entry.sidecar) or not is_trusted:
                if stat[0] != entry.stat[0] or _digest_of(file) != entry.digest:
                    return None
                entry = _Entry(entry.setting, stat, sidecar, entry.digest, entry.reading)
                self._is_changed = True
        except OSError:
            return None
        self._current[file.name] = entry
        return entry.reading

    def remember(self, file: SourceFile, reading: FileReading) -> None:
        """Keep the reading of a file, which was looked at (`file.stat`) before it was read."""
        with suppress(OSError):
            if file.stat[0] <= MOST_BYTES:
                setting, sidecar = self._setting_of(file), _stat_of(file.sidecar)
                self._current[file.name] = _Entry(setting, file.stat, sidecar, _digest_of(file), reading)
                self._is_changed = True

    def save(self, spool: Spool) -> None:
        """Write what was recalled and remembered, where that is worth it and the folder can be written. The spool has the
        documents.
        """
        gone = self._known.keys() - self._current.keys()
        size = sum(entry.stat[0] for entry in self._current.values())
        if not (self._is_changed or gone) or size < self._least_bytes:
            return
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            new = self._path.with_name(f"readings.{os.getpid()}.new")
            try:
                with new.open("wb") as target:
                    self._write(target, spool)
                new.replace(self._path)
            finally:
                new.unlink(missing_ok=True)

    def _write(self, target: BinaryIO, spool: Spool) -> None:
        place = target.write(bytes(_HEAD_BYTES))
        total = _new_sum()

        def write(data: bytes) -> int:
            nonlocal place
            framed = frame(data)
            total.update(framed)
            before, place = place, place + target.write(framed)
            return before

        entries = {
            name: _Entry(one.setting, one.stat, one.sidecar, one.digest, one.reading.move(spool.read, write))
            for name, one in self._current.items()
        }
        start = write(_encoder.encode(_Contents(self._version, self._started, entries)))
        target.seek(0)
        target.write(_MAGIC + total.digest() + start.to_bytes(8, "little"))

    def _setting_of(self, file: SourceFile) -> str:
        """Return what in the configuration shapes the reading of this file alone."""
        if file.number not in self._source_sums:
            source = file.source.model_dump_json().encode("utf-8", "surrogateescape")
            self._source_sums[file.number] = hashlib.blake2b(source, digest_size=8).hexdigest()
        sidecar = file.sidecar.name if file.sidecar else ""
        return f"{file.reader} {self._source_sums[file.number]} {sidecar} {file.stem}"


_encoder, _decoder = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(_Contents)


def _open(path: Path, version: str) -> tuple[BinaryIO | None, _Contents]:
    """Return the memory's file and what it holds; nothing where there is none of this version, or it is damaged."""
    with suppress(OSError, ValueError):
        file = path.open("rb")
        with suppress(OSError, msgspec.DecodeError):
            head = file.read(_HEAD_BYTES)
            known_sum, start = head[len(_MAGIC) : -8], int.from_bytes(head[-8:], "little")
            if head.startswith(_MAGIC) and hashlib.file_digest(file, _new_sum).digest() == known_sum:
                file.seek(start + 4)
                contents = _decoder.decode(file.read())
                if contents.version == version:
                    return file, contents
        file.close()
    return None, _Contents(version, 0, {})


def _new_sum() -> hashlib.blake2b:
    return hashlib.blake2b(digest_size=_SUM_BYTES)


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
    """Changes with this program, the settings that shape every reading, and the year: dates far ahead of it are not read."""
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
