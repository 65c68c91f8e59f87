"""Readings of all files of the corpus: remembered ones, and the others read, by two processes if there are many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext

from indexer.dump_reading import read_dump
from indexer.file_reading import read_file
from indexer.memory import MOST_BYTES, ReadingMemory
from indexer.read_documents import FileReading
from indexer.sources import SourceFile
from indexer.spool import Spool
from search.config.settings import Config
from search.second_process import SecondProcess, has_another_core

ReadingProgress = Callable[[int, int, int], None]
"""Called with (files done, files in all, records read) while reading."""

_WORTH_A_SECOND_PROCESS = 2_000_000
"""Bytes to read from which a second process, which takes half a second to start, makes reading faster."""
_SHARE = 20
"""Number of files the second process reads at a time."""


def read_files(
    files: Sequence[SourceFile],
    config: Config,
    spool: Spool,
    memory: ReadingMemory | None = None,
    progress: ReadingProgress | None = None,
) -> list[FileReading]:
    """Return the reading of every file, in their order, with the documents in the spool."""
    found = [memory.recall(file) if memory else None for file in files]
    sizes = {number: files[number].stat[0] for number, reading in enumerate(found) if reading is None}
    missing = sorted(sizes, key=lambda number: sizes[number] <= MOST_BYTES)  # large files first, for this process
    counter = _Counter(len(files), len(files) - len(missing), progress)
    counter.report()
    is_large = sum(sizes.values()) >= _WORTH_A_SECOND_PROCESS and len(missing) > 1 and has_another_core()
    with SecondProcess() if is_large else nullcontext() as second:
        for number, reading in _read_missing(missing, sizes, files, config, spool, counter, second):
            found[number] = reading
            counter.add(reading)
            if memory is not None:
                memory.remember(files[number], reading)
    if memory is not None:
        memory.save(spool)
    return [reading for reading in found if reading is not None]


class _Counter:
    """Counts what has been read and reports it."""

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


def _read_missing(
    missing: list[int],
    sizes: Mapping[int, int],
    files: Sequence[SourceFile],
    config: Config,
    spool: Spool,
    counter: _Counter,
    second: SecondProcess | None,
) -> Iterator[tuple[int, FileReading]]:
    """Read files from the front; the second process takes a share from the end whenever it is free, until the two meet.

    `missing` are the numbers of the files that are not remembered. Yields the number of each, and its reading.
    """
    front, back = 0, len(missing)
    share: list[int] = []
    while front < back or share:
        if second and share and (front >= back or second.has_answered()):
            readings, documents = second.answer()
            for number, reading in zip(share, readings, strict=True):
                yield number, reading.move(documents.__getitem__, spool.add)
            share = []
        if second and not share and front < back - 1:
            share = _take_share(missing[front + 1 : back], sizes)
            if share:
                second.ask(read_elsewhere, [files[number] for number in share], config)
                back -= len(share)
        if front < back:
            yield missing[front], read_one(files[missing[front]], config, spool, counter.report)
            front += 1


def _take_share(numbers: Sequence[int], sizes: Mapping[int, int]) -> list[int]:
    """Return the last files of a list, as many as the second process reads at a time."""
    size = 0
    for taken in range(1, min(_SHARE, len(numbers)) + 1):
        size += sizes[numbers[-taken]]
        if size > MOST_BYTES:
            return list(numbers[len(numbers) - taken + 1 :])
    return list(numbers[-_SHARE:])


def read_elsewhere(files: Sequence[SourceFile], config: Config) -> tuple[list[FileReading], list[bytes]]:
    """Return the reading of each file, and their documents in the order of their numbers."""
    spool, documents = Spool(()), list[bytes]()

    def write(document: bytes) -> int:
        documents.append(document)
        return len(documents) - 1

    return [read_one(file, config, spool).move(spool.read, write) for file in files], documents


def read_one(file: SourceFile, config: Config, spool: Spool, tick: Callable[[int], None] | None = None) -> FileReading:
    """Read one file; a dump of an archive holds finished documents."""
    return read_dump(file, config, spool, tick) if file.reader == "dump" else read_file(file, config, spool, tick)
