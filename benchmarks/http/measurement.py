"""Measure each kind of request at each number of connections, in rounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import corpus
from benchmarks.http.client import Load, ask, request
from benchmarks.http.servers import Server, archive_server, floor
from benchmarks.measurement import run_worker, summary
from benchmarks.questions import Question
from search.model.query import Query, Selection
from webui.addresses.parameters import to_url

CONNECTIONS = (1, 8, 32)
PAGE, PACKED, UNCHANGED, API, FLOOR = "page", "page, gzip", "page, unchanged", "API", "floor"
"""Kinds of request: the page of results, the same compressed, the same where the client has it already (304), as JSON, and a
constant page of Flask's."""


@dataclass(frozen=True, slots=True)
class Cost:
    """One kind of request at one number of connections. `client` is the share of the time in which the client was busy.

    `mean_ms` is a request with its search, `search_ms` the search in it, by the count of the server itself: in a process that
    does nothing but search, the same queries take a fifth less, because its code and data stay in the processor's cache.
    """

    per_second: float
    mean_ms: float
    search_ms: float
    p50_ms: float
    p99_ms: float
    kilobytes: float
    client: float


@dataclass
class Result:
    """The figures at one size: medians over the rounds."""

    documents: int
    asked: int = 0
    costs: dict[str, dict[int, Cost]] = field(default_factory=dict)
    memory: dict[str, dict[str, float]] = field(default_factory=dict)
    """Megabytes of each server process after all queries."""

    def less_search(self, kind: str) -> float:
        """Return the mean milliseconds that a request takes on one connection, less its search."""
        return self.costs[kind][1].mean_ms - self.costs[kind][1].search_ms

    def times_floor(self, kind: str) -> float:
        return self.less_search(kind) / self.less_search(FLOOR)

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"times_floor": {kind: self.times_floor(kind) for kind in (PAGE, PACKED, API)}}


def query(question: Question) -> Query:
    chosen = (Selection("type", question.types), Selection("year", question.years)) if question.types else ()
    return Query(question.text, chosen)


def measure(
    size: int, questions: Sequence[Question], rounds: int, workers: int, folder: Path, say: Callable[[str], None]
) -> Result:
    """Build an archive of `size` documents in `folder`, serve it, and measure it."""
    run_worker("build", "findingaid", folder, size)
    config = corpus.config(folder)
    config.path.write_text("sources: [{path: docs.jsonl}]\nindex: {path: index}\n", encoding="utf-8")
    say(f"{size:,} documents: built")
    queries = [query(question) for question in questions]
    result = Result(size, len(queries))
    costs: dict[str, dict[int, list[Cost]]] = defaultdict(lambda: defaultdict(list))
    with archive_server(config.path, workers) as ours, floor(workers) as other:
        requests = _requests(ours, queries)
        for number in range(rounds):
            for connections in CONNECTIONS:
                for kind, sent in requests.items():
                    searched = ours.search_seconds()
                    load = ask((other if kind == FLOOR else ours).port, sent, connections)
                    costs[kind][connections].append(_cost(kind, load, ours.search_seconds() - searched))
            say(f"{size:,} documents: round {number + 1} of {rounds}")
        result.memory = ours.memory()
    result.costs = {kind: {count: _median(rounds) for count, rounds in by_count.items()} for kind, by_count in costs.items()}
    return result


def _requests(server: Server, queries: Sequence[Query]) -> dict[str, list[bytes]]:
    """Return the requests of each kind. Every page is requested once before, so that its ETag is known and caches are warm."""
    pages = [to_url("/search", query) for query in queries]
    first = ask(server.port, [request(path, {}) for path in pages], min(8, len(pages)))
    tagged = zip(pages, first.answers, strict=False)
    return {
        FLOOR: [request("/", {}) for _ in pages],
        PAGE: [request(path, {}) for path in pages],
        PACKED: [request(path, {"Accept-Encoding": "gzip"}) for path in pages],
        UNCHANGED: [request(path, {"If-None-Match": answer.etag}) for path, answer in tagged],
        API: [request(to_url("/api/v1/search", query), {}) for query in queries],
    }


def _cost(kind: str, load: Load, search_seconds: float) -> Cost:
    expected = 304 if kind == UNCHANGED else 200
    wrong = [answer.status for answer in load.answers if answer.status != expected]
    if wrong:
        raise RuntimeError(f"{kind}: {len(wrong)} answers had the status {wrong[0]}, not {expected}")
    times = summary(answer.ms for answer in load.answers)
    size = median(answer.size for answer in load.answers)
    search_ms = 1000 * search_seconds / len(load.answers)
    return Cost(
        len(load.answers) / load.seconds, times["mean_ms"], search_ms, times["p50_ms"], times["p99_ms"], size / 1000, load.busy
    )


def _median(rounds: Sequence[Cost]) -> Cost:
    return Cost(*(median(numbers) for numbers in zip(*(asdict(cost).values() for cost in rounds), strict=True)))
