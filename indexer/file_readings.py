"""All files of the corpus as readings: those remembered, and the others read, on both cores where there are many."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import nullcontext

from indexer.dump_reading import read_dump
from indexer.file_reading import FileReading, read_file
from indexer.memory import ReadingMemory, decode_reading, encode_reading, stat_of
from indexer.sources import SourceFile
from search.config.settings import Config
from search.second_process import SecondProcess

ReadingProgress = Callable[[int, int, int], None]
"""Called with (files done, files in all, records read) while reading."""

_WORTH_A_SECOND_PROCESS = 2_000_000
"""Bytes to be read from which on a second process, half a second to start, makes reading faster."""
_SHARE = 20
"""Files that the second process reads at a time."""


def read_files(
    files: Sequence[SourceFile], config: Config, memory: ReadingMemory | None = None, progress: ReadingProgress | None = None
) -> list[FileReading]:
    """Return the reading of every file, in their order."""
    found: list[FileReading | None] = [memory.recall(file) if memory else None for file in files]
    missing = [number for number, reading in enumerate(found) if reading is None]
    counter = _Counter(len(files), len(files) - len(missing), progress)
    counter.report()
    size = sum(stat_of(files[number])[0] for number in missing)
    is_large = size >= _WORTH_A_SECOND_PROCESS and len(missing) > 1 and _cores() > 1
    with SecondProcess() if is_large else nullcontext() as second:
        for number, reading, encoded, stat in _read(files, missing, config, second, counter, memory is not None):
            found[number] = reading
            if memory is not None:
                memory.remember(files[number], encoded, stat)
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

    def add(self, readings: Sequence[FileReading]) -> None:
        self.done += len(readings)
        self.records += sum(reading.records for reading in readings)
        self.report()


_Read = tuple[int, FileReading, bytes, tuple[int, int, int]]


def _read(
    files: Sequence[SourceFile],
    missing: list[int],
    config: Config,
    second: SecondProcess | None,
    counter: _Counter,
    is_remembered: bool,
) -> list[_Read]:
    """Read files from the front; the second process takes a share from the end whenever it is free, until the two meet."""
    results: list[_Read] = []
    front, back = 0, len(missing)
    share: list[int] = []

    def collect() -> None:
        answers = second.answer() if second else []
        decoded = [decode_reading(encoded) for encoded, _ in answers]
        results.extend((number, reading, *answer) for number, reading, answer in zip(share, decoded, answers, strict=True))
        counter.add(decoded)
        share.clear()

    while front < back or share:
        if second and share and (front >= back or second.has_answered()):
            collect()
        if second and not share and front < back - 1:
            share += missing[max(front + 1, back - _SHARE) : back]
            second.ask(read_encoded, [files[number] for number in share], config)
            back -= len(share)
        if front < back:
            number = missing[front]
            stat = stat_of(files[number])
            reading = read_one(files[number], config, counter.report)
            results.append((number, reading, encode_reading(reading) if is_remembered else b"", stat))
            counter.add([reading])
            front += 1
    return results


def read_encoded(files: Sequence[SourceFile], config: Config) -> list[tuple[bytes, tuple[int, int, int]]]:
    """Return the encoded reading of each file, and its size, time and inode before it was read."""
    stats = [stat_of(file) for file in files]
    return [(encode_reading(read_one(file, config)), stat) for file, stat in zip(files, stats, strict=True)]


def read_one(file: SourceFile, config: Config, tick: Callable[[int], None] | None = None) -> FileReading:
    """Read one file; a dump of an archive holds finished documents."""
    return read_dump(file, tick) if file.reader == "dump" else read_file(file, config, tick)


def _cores() -> int:
    """Cores that this process may use; not every system says how many of all there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
