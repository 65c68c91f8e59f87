"""Build each engine’s index, then ask all engines the same queries in turns, each engine in its own process."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean, median
from typing import Any

from benchmarks.peak_memory import wait_and_watch
from benchmarks.questions import Question, questions_without_result

OURS = "findingaid"
BLOCK = 43
"""Queries that one engine answers before the next engine’s turn: short, because the machine’s speed drifts."""
PASSES = ("first", "later")
"""A fresh process is asked every query, and then every query again."""
SAMPLED = {"whoosh": 1000, "fts5": 30_000, "fts5_own": 30_000}
"""With more documents an engine runs only a proportional share of the queries, since all would take hours."""


@dataclass
class Result:
    """The figures of one engine at one size. Times are in milliseconds, sizes in megabytes."""

    engine: str
    documents: int
    version: str = ""
    build_docs_per_s: float = 0.0
    build_rss_mb: float = 0.0
    index_mb: float = 0.0
    open_ms: float = 0.0
    anonymous_mb: float = 0.0
    mapped_mb: float = 0.0
    update_ms: float = 0.0
    asked: int = 0
    equal_totals: float = 1.0
    equal_counts: float = 1.0
    times: dict[str, dict[str, float]] = field(default_factory=dict)
    """By pass: mean_ms, p50_ms, p95_ms and p99_ms, each the median over the runs."""
    kinds: dict[str, float] = field(default_factory=dict)
    """Mean of the second pass by kind of query."""
    without_result: dict[str, dict[str, float]] = field(default_factory=dict)
    """For queries whose words are not in the archive, by kind: mean_ms, p50_ms, p95_ms and p99_ms of the second pass."""

    def as_json(self) -> dict[str, Any]:
        """Return the figures by name. Times without a prefix are those of the second pass."""
        plain = (
            "build_docs_per_s",
            "build_rss_mb",
            "update_ms",
            "index_mb",
            "open_ms",
            "mapped_mb",
            "asked",
            "equal_totals",
            "equal_counts",
        )
        first = {f"first_{name}": value for name, value in self.times["first"].items()}
        numbers = self.times["later"] | {"rss_mb": self.anonymous_mb} | {name: getattr(self, name) for name in plain} | first
        rounded = {name: round(value, 4) for name, value in numbers.items()}
        kinds = {kind: round(value, 4) for kind, value in self.kinds.items()}
        without = {kind: {name: round(value, 4) for name, value in of.items()} for kind, of in self.without_result.items()}
        return rounded | {"kinds": kinds, "without_result": without, "version": self.version}


def _python(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "benchmarks.worker", *map(str, arguments)]


def run_worker(*arguments: object) -> dict[str, Any]:
    """Run a worker that builds or updates, and return its answer, with the most memory that its processes had together."""
    with subprocess.Popen(_python(*arguments), stdout=subprocess.PIPE, text=True) as process:
        peak = wait_and_watch(process)
        assert process.stdout
        said = process.stdout.read()
    if process.returncode:
        raise RuntimeError(f"a process that measures ended with exit code {process.returncode}; its message is above")
    answer: dict[str, Any] = json.loads(said)
    return answer | {"peak_mb": peak}


class Served:
    """One engine that answers queries in its own process. `opened` is what it said when its index was open."""

    def __init__(self, name: str, folder: Path) -> None:
        self.process = subprocess.Popen(_python("serve", name, folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.opened = self._answer()

    def ask(self, questions: Sequence[Question]) -> dict[str, Any]:
        """Return times, totals and checksums of the facet counts of these queries, and the memory of the process."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps([(asked.text, asked.types, asked.years) for asked in questions]) + "\n")
        self.process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"a serving process ended with exit code {self.process.wait()}; its message is above")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        """End the process."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


@dataclass
class _Run:
    """The answers of one engine in one run."""

    opened: dict[str, Any]
    ms: dict[str, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))
    totals: dict[int, int] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)
    anonymous: float = 0.0
    mapped: float = 0.0

    def add(self, turn: str, numbers: Sequence[int], answer: dict[str, Any]) -> None:
        """Add the answer to the questions of these numbers. Raises RuntimeError if a hit lacks what the other engines show."""
        if answer["complete"] != len(numbers):
            raise RuntimeError(
                f"{self.opened['version']} returned a hit without id, title or snippet, so it did less work than the others"
            )
        self.ms[turn].update(zip(numbers, answer["ms"], strict=True))
        self.totals.update(zip(numbers, answer["totals"], strict=True))
        self.counts.update(zip(numbers, answer["counts"], strict=True))
        self.anonymous = max(self.anonymous, answer["anonymous"])
        self.mapped = max(self.mapped, answer["mapped"])


def measure(
    engines: Sequence[str], size: int, questions: Sequence[Question], runs: int, folder: Path, say: Callable[[str], None]
) -> dict[str, Result]:
    """Measure each engine at one size. Its index is built in `folder` and removed at the end.

    Totals and counts are compared with ours; without ours, with those of the engine that is asked most.
    """
    results = {name: Result(name, size) for name in engines}
    for name, result in results.items():
        built = run_worker("build", name, folder / name, size)
        result.build_docs_per_s, result.index_mb = size / built["seconds"], built["bytes"] / 2**20
        result.build_rss_mb = built["peak_mb"]
        say(f"{size:,} documents in {name}: {result.build_docs_per_s:,.0f} a second")
    asked_by = {name: range(0, len(questions), max(1, size // SAMPLED.get(name, size))) for name in engines}
    reference = OURS if OURS in engines else max(engines, key=lambda name: len(asked_by[name]))
    done: dict[str, list[_Run]] = {name: [] for name in engines}
    for number in range(runs):
        for name, run in _one_run(engines, questions, asked_by, folder).items():
            done[name].append(run)
        say(f"{size:,} documents: run {number + 1} of {runs}")
    for name, result in results.items():
        _conclude(result, done[name], done[reference][0], questions)
        if name == OURS:
            result.without_result = _ask_without_result(name, folder / name, len(questions) // 20 + 1)
        result.update_ms = median(run_worker("update", name, folder / name, size)["ms"])
        shutil.rmtree(folder / name)
    return results


def _ask_without_result(name: str, folder: Path, each: int) -> dict[str, dict[str, float]]:
    """Time queries that find nothing as typed, on our engine: only it corrects them, asks for most words or offers others."""
    asked = questions_without_result(each)
    served = Served(name, folder)
    try:
        served.ask(asked)
        times = served.ask(asked)["ms"]
    finally:
        served.close()
    kinds = dict.fromkeys(question.kind for question in asked)
    return {kind: summary(ms for ms, asked_one in zip(times, asked, strict=True) if asked_one.kind == kind) for kind in kinds}


def _one_run(engines: Sequence[str], questions: Sequence[Question], asked_by: dict[str, range], folder: Path) -> dict[str, _Run]:
    """Ask each engine its questions twice, block by block in turns. `asked_by` has the numbers of each engine's questions."""
    served = {name: Served(name, folder / name) for name in engines}
    try:
        runs = {name: _Run(served[name].opened) for name in engines}
        for turn in PASSES:
            for number, start in enumerate(range(0, len(questions), BLOCK)):
                first = number % len(engines)
                for name in (*engines[first:], *engines[:first]):  # so that no engine always follows the same one
                    numbers = [n for n in range(start, min(start + BLOCK, len(questions))) if n in asked_by[name]]
                    if numbers:
                        runs[name].add(turn, numbers, served[name].ask([questions[n] for n in numbers]))
        return runs
    finally:
        for process in served.values():
            process.close()


def _conclude(result: Result, runs: Sequence[_Run], reference: _Run, questions: Sequence[Question]) -> None:
    """Fill the result of one engine from its runs: medians, and the share of its answers that equal those of the reference."""
    last = runs[-1]
    result.version = last.opened["version"]
    result.open_ms = median(run.opened["open_ms"] for run in runs)
    result.anonymous_mb, result.mapped_mb = median(run.anonymous for run in runs), median(run.mapped for run in runs)
    result.asked = len(last.totals)
    both = last.totals.keys() & reference.totals.keys()
    result.equal_totals = fmean(reference.totals[number] == last.totals[number] for number in both)
    result.equal_counts = fmean(reference.counts[number] == last.counts[number] for number in both)
    result.times = {turn: _median_of([summary(run.ms[turn].values()) for run in runs]) for turn in PASSES}
    for kind in dict.fromkeys(question.kind for question in questions):
        means = [[ms for number, ms in run.ms["later"].items() if questions[number].kind == kind] for run in runs]
        result.kinds[kind] = median(fmean(of_kind) for of_kind in means) if means[0] else 0.0


def _median_of(summaries: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: median(each[name] for each in summaries) for name in summaries[0]}


def summary(milliseconds: Iterable[float]) -> dict[str, float]:
    """Return mean and percentiles by nearest rank: the smallest of the times that so many per cent of them do not exceed."""
    times = sorted(milliseconds)
    ranks = {f"p{percent}_ms": times[-(-percent * len(times) // 100) - 1] for percent in (50, 95, 99)}
    return {"mean_ms": fmean(times)} | ranks
