"""What reading the files of the corpus gave, remembered until they change, so that only changed files are read again.

One file beside the index, of MessagePack: a header, then for each file of the corpus how to tell that it is unchanged, and its
reading. It may be deleted at any time. Its version covers this program and every setting that shapes a reading.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct

from indexer.read_documents import FileReading
from indexer.sources import SourceFile
from indexer.spool import Spool
from search.config.settings import Config

_MAGIC = b"finding-aid readings\n"
_MARGIN = 2_000_000_000
"""Nanoseconds: file systems keep times as coarse as this, so a file as new as the memory may have changed since."""
MOST_BYTES = 16 << 20
"""Larger files are read each time, a document at a time: to remember their documents costs as much as to read them."""
_WORTH_BYTES = 200_000
"""Bytes of files from which on a memory is written at all."""


class _Entry(Struct, frozen=True, array_like=True):
    """How to tell that a file is unchanged, and where its reading is in the memory's file."""

    name: str
    setting: str
    stat: tuple[int, int, int]
    sidecar: tuple[int, int, int]
    digest: bytes
    length: int


class ReadingMemory:
    """The readings of one archive. Where the memory cannot be read or written, every file is read again."""

    def __init__(self, config: Config, *, distrust: bool = False, least_bytes: int = _WORTH_BYTES) -> None:
        self._path = config.index_path / "readings"
        self._version = _version_of(config)
        self._distrust = distrust
        self._least_bytes = least_bytes
        self._started = time.time_ns()
        self._known: dict[str, tuple[_Entry, int]] = {}
        self._current: dict[str, tuple[_Entry, int | None]] = {}
        self._payloads = Spool((config.index_path, config.folder))
        self._is_changed = False
        self._written_at = 0
        self._source_sums: dict[int, str] = {}
        self._file = self._open()

    def recall(self, file: SourceFile) -> FileReading | None:
        """Return the reading of a file that has not changed since, None where it must be read."""
        found = self._known.get(file.name)
        if found is None or self._file is None or found[0].setting != self._setting_of(file):
            return None
        entry, offset = found
        try:
            stat, sidecar = _stat_of(file.path), _stat_of(file.sidecar)
            is_trusted = not self._distrust and max(stat[1], sidecar[1]) < self._written_at - _MARGIN
            if (stat, sidecar) != (entry.stat, entry.sidecar) or not is_trusted:
                if stat[0] != entry.stat[0] or _digest_of(file) != entry.digest:
                    return None
                entry = _Entry(entry.name, entry.setting, stat, sidecar, entry.digest, entry.length)
                self._is_changed = True
        except OSError:
            return None
        self._file.seek(offset)
        payload = self._file.read(entry.length)
        try:
            reading = _decoder.decode(payload)
        except msgspec.DecodeError:
            return None
        if reading.valid_until and reading.valid_until <= date.today().isoformat():
            return None
        self._current[file.name] = entry, None
        return reading

    def remember(self, file: SourceFile, encoded: bytes, stat: tuple[int, int, int]) -> None:
        """Keep the reading of a file, whose `stat` was taken before it was read."""
        with suppress(OSError):
            if stat[0] <= MOST_BYTES:
                entry = _Entry(file.name, self._setting_of(file), stat, _stat_of(file.sidecar), _digest_of(file), len(encoded))
                self._current[file.name] = entry, self._payloads.add(encoded)
                self._is_changed = True

    def save(self) -> None:
        """Write what was recalled and remembered, where that is worth it and the folder can be written."""
        gone = self._known.keys() - self._current.keys()
        if not (self._is_changed or gone) or sum(entry.stat[0] for entry, _ in self._current.values()) < self._least_bytes:
            self.close()
            return
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            new = self._path.with_name(f"readings.{os.getpid()}.new")
            try:
                with new.open("wb") as target:
                    for part in self._parts():
                        target.write(part)
                new.replace(self._path)
            finally:
                new.unlink(missing_ok=True)
        self.close()

    def close(self) -> None:
        """Close the memory's file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _setting_of(self, file: SourceFile) -> str:
        """What in the configuration shapes the reading of this file alone."""
        if file.number not in self._source_sums:
            self._source_sums[file.number] = _sum_of(file.source.model_dump_json())
        return _sum_of(f"{file.reader} {file.stem} {file.sidecar} {self._source_sums[file.number]}")

    def _parts(self) -> Iterator[bytes]:
        header = _encoder.encode((self._version, self._started))
        yield _MAGIC + len(header).to_bytes(4, "little") + header
        for name, (entry, place) in self._current.items():
            if place is not None:
                payload = self._payloads.read(place)
            else:
                assert self._file is not None
                self._file.seek(self._known[name][1])
                payload = self._file.read(entry.length)
            encoded = _encoder.encode(entry)
            yield len(encoded).to_bytes(4, "little") + encoded
            yield payload

    def _open(self) -> BinaryIO | None:
        """The memory's file with its entries listed, None where there is none of this version."""
        try:
            file = self._path.open("rb")
        except OSError:
            return None
        try:
            if file.read(len(_MAGIC)) == _MAGIC:
                version, written_at = msgspec.msgpack.decode(_frame(file), type=tuple[str, int])
                if version == self._version:
                    self._written_at = written_at
                    self._list(file)
                    return file
        except (OSError, EOFError, msgspec.DecodeError):
            self._known.clear()
        file.close()
        return None

    def _list(self, file: BinaryIO) -> None:
        size = os.fstat(file.fileno()).st_size
        while file.tell() < size:
            entry = _entry_decoder.decode(_frame(file))
            offset = file.tell()
            if offset + entry.length > size:
                raise EOFError
            self._known[entry.name] = entry, offset
            file.seek(entry.length, os.SEEK_CUR)


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(FileReading)
_entry_decoder = msgspec.msgpack.Decoder(_Entry)


def encode_reading(reading: FileReading) -> bytes:
    """Return a reading as MessagePack."""
    return _encoder.encode(reading)


def decode_reading(encoded: bytes) -> FileReading:
    """Inverse of `encode_reading`."""
    return _decoder.decode(encoded)


def stat_of(file: SourceFile) -> tuple[int, int, int]:
    """Return size, time of change in nanoseconds and inode of a file; zeros where it is gone."""
    try:
        return _stat_of(file.path)
    except OSError:
        return 0, 0, 0


def _stat_of(path: Path | None) -> tuple[int, int, int]:
    if path is None:
        return 0, 0, 0
    found = os.stat(path)
    return found.st_size, found.st_mtime_ns, found.st_ino


def _digest_of(file: SourceFile) -> bytes:
    """A sum of the content of a file and its sidecar."""
    total = hashlib.blake2b(digest_size=16)
    for path in filter(None, (file.path, file.sidecar)):
        with path.open("rb") as content:
            total.update(hashlib.file_digest(content, "blake2b").digest())
    return total.digest()


def _sum_of(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()


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


def _frame(file: BinaryIO) -> bytes:
    length = int.from_bytes(file.read(4), "little")
    data = file.read(length)
    if len(data) < length or not length:
        raise EOFError
    return data
