"""All files of the corpus as readings: those remembered, and the others read, on both cores where there are many."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext

from indexer.dump_reading import read_dump
from indexer.file_reading import read_file
from indexer.memory import MOST_BYTES, ReadingMemory, decode_reading, encode_reading, stat_of
from indexer.read_documents import FileReading, ReadDocument
from indexer.sources import SourceFile
from indexer.spool import Spool
from indexer.spooled_documents import SpooledReading
from search.config.settings import Config
from search.second_process import SecondProcess

ReadingProgress = Callable[[int, int, int], None]
"""Called with (files done, files in all, records read) while reading."""

_WORTH_A_SECOND_PROCESS = 2_000_000
"""Bytes to be read from which on a second process, half a second to start, makes reading faster."""
_SHARE = 20
"""Files that the second process reads at a time."""


def read_files(
    files: Sequence[SourceFile],
    config: Config,
    spool: Spool,
    memory: ReadingMemory | None = None,
    progress: ReadingProgress | None = None,
) -> list[SpooledReading]:
    """Return the reading of every file, in their order, with the documents in the spool."""
    found: list[SpooledReading | None] = []
    for file in files:
        recalled = memory.recall(file) if memory else None
        found.append(SpooledReading(spool).finish(recalled) if recalled else None)
    sizes = {number: stat_of(files[number])[0] for number, reading in enumerate(found) if reading is None}
    missing = sorted(sizes, key=lambda number: sizes[number] <= MOST_BYTES)  # large files are read here, the others anywhere
    counter = _Counter(len(files), len(files) - len(missing), progress)
    counter.report()
    is_large = sum(sizes.values()) >= _WORTH_A_SECOND_PROCESS and len(missing) > 1 and _cores() > 1
    with SecondProcess() if is_large else nullcontext() as second:
        for number, reading in _Reader(files, config, spool, memory, counter).read(missing, sizes, second):
            found[number] = reading
    if memory is not None:
        memory.save()
    return [reading for reading in found if reading is not None]


class _Counter:
    """How far reading is."""

    def __init__(self, files: int, done: int, progress: ReadingProgress | None) -> None:
        self.files = files
        self.done = done
        self.records = 0
        self.progress = progress

    def report(self, inside: int = 0) -> None:
        if self.progress is not None:
            self.progress(self.done, self.files, self.records + inside)

    def add(self, reading: FileReading) -> None:
        self.done += 1
        self.records += reading.records
        self.report()


class _Reader:
    """Reads the files that are not remembered."""

    def __init__(
        self, files: Sequence[SourceFile], config: Config, spool: Spool, memory: ReadingMemory | None, counter: _Counter
    ) -> None:
        self.files = files
        self.config = config
        self.spool = spool
        self.memory = memory
        self.counter = counter

    def read(
        self, missing: list[int], sizes: Mapping[int, int], second: SecondProcess | None
    ) -> Iterator[tuple[int, SpooledReading]]:
        """Read files from the front; the second process takes a share from the end whenever it is free, until the two meet."""
        front, back = 0, len(missing)
        share: list[int] = []
        while front < back or share:
            if second and share and (front >= back or second.has_answered()):
                for number, (encoded, stat) in zip(share, second.answer(), strict=True):
                    yield number, self._keep(number, decode_reading(encoded), encoded, stat)
                share = []
            if second and not share and front < back - 1:
                share = _take_share(missing[front + 1 : back], sizes)
                if share:
                    second.ask(read_encoded, [self.files[number] for number in share], self.config)
                    back -= len(share)
            if front < back:
                yield missing[front], self._read_here(missing[front])
                front += 1

    def _read_here(self, number: int) -> SpooledReading:
        file = self.files[number]
        stat = stat_of(file)
        if stat[0] > MOST_BYTES:
            spooled = SpooledReading(self.spool)
            reading = read_one(file, self.config, self.counter.report, spooled.add)
            self.counter.add(reading)
            return spooled.finish(reading)
        reading = read_one(file, self.config, self.counter.report)
        return self._keep(number, reading, encode_reading(reading) if self.memory is not None else b"", stat)

    def _keep(self, number: int, reading: FileReading, encoded: bytes, stat: tuple[int, int, int]) -> SpooledReading:
        if self.memory is not None:
            self.memory.remember(self.files[number], encoded, stat)
        self.counter.add(reading)
        return SpooledReading(self.spool).finish(reading)


def _take_share(numbers: Sequence[int], sizes: Mapping[int, int]) -> list[int]:
    """The last of some files, as many as the second process reads at a time."""
    size = 0
    for taken in range(1, min(_SHARE, len(numbers)) + 1):
        size += sizes[numbers[-taken]]
        if size > MOST_BYTES:
            return list(numbers[len(numbers) - taken + 1 :])
    return list(numbers[-_SHARE:])


def read_encoded(files: Sequence[SourceFile], config: Config) -> list[tuple[bytes, tuple[int, int, int]]]:
    """Return the encoded reading of each file, and its size, time and inode before it was read."""
    stats = [stat_of(file) for file in files]
    return [(encode_reading(read_one(file, config)), stat) for file, stat in zip(files, stats, strict=True)]


def read_one(
    file: SourceFile,
    config: Config,
    tick: Callable[[int], None] | None = None,
    keep: Callable[[ReadDocument], None] | None = None,
) -> FileReading:
    """Read one file; a dump of an archive holds finished documents."""
    return read_dump(file, tick, keep) if file.reader == "dump" else read_file(file, config, tick, keep)


def _cores() -> int:
    """Cores that this process may use; not every system says how many of all there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
