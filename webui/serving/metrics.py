"""What operators watch, in the text format of Prometheus (version 0.0.4).

The counts of all processes are in shared memory. Each process writes to a row of its own, so none waits for another, and
the process that answers /metrics adds up all rows. All counts are 0 when the server starts.
"""

from __future__ import annotations

import mmap
import threading
import time
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from itertools import accumulate
from typing import cast

from flask import Blueprint, Flask, Response, current_app

from search.errors import FindingAidError
from search.model.query import Query
from search.model.results import ResultPage
from webui.addresses.request import archive

_ROWS = 256
"""Rows: a server has at most 64 processes at a time, and one that replaces another takes the next row."""
_BYTES = 8
"""Bytes of a count."""
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
_FILTERS = (0.0, 1.0, 2.0, 3.0, 5.0, 10.0)
"""Upper bounds of the histograms: seconds of a search, and filters chosen in it."""
_STATUSES = ("2xx", "3xx", "4xx", "5xx")
_OUTCOMES = ("found", "nothing")

blueprint = Blueprint("metrics", __name__)


class _Histogram:
    """Counts of values by upper bound, and their sum. `first` is its first column in the shared memory."""

    def __init__(self, first: int, bounds: Sequence[float]) -> None:
        self.first = first
        self.bounds = bounds
        self.width = len(bounds) + 2

    def lines(self, name: str, label: str, totals: Sequence[float]) -> Iterator[str]:
        own = totals[self.first : self.first + self.width]
        for bound, count in zip((*map(str, self.bounds), "+Inf"), accumulate(own[:-1]), strict=True):
            yield f'{name}_bucket{{{label}le="{bound}"}} {count:.0f}'
        labels = f"{{{label.rstrip(',')}}}" if label else ""
        yield f"{name}_sum{labels} {own[-1]:.6f}"
        yield f"{name}_count{labels} {self.count(totals):.0f}"

    def count(self, totals: Sequence[float]) -> float:
        return sum(totals[self.first : self.first + self.width - 1])


class Metrics:
    """The counts of one server. Created before its processes, so that they share it. Thread-safe."""

    def __init__(self) -> None:
        end = len(_STATUSES)
        self._found: dict[str, _Histogram] = {}
        for outcome in _OUTCOMES:
            self._found[outcome] = _Histogram(end, _SECONDS)
            end += self._found[outcome].width
        self._filters = _Histogram(end, _FILTERS)
        self._width = end + self._filters.width
        self._shared = memoryview(mmap.mmap(-1, _ROWS * self._width * _BYTES)).cast("d")
        self._begins = 0
        self._lock = threading.Lock()

    def begin(self, number: int) -> None:
        """Choose the row of this process. Each process of a server calls this once, with a number of its own."""
        self._begins = number % _ROWS * self._width

    def count_answer(self, status: int) -> None:
        """Count one answered request by its HTTP status."""
        with self._lock:
            self._shared[self._begins + min(max(status // 100 - 2, 0), len(_STATUSES) - 1)] += 1

    def record_search(self, seconds: float, page: ResultPage) -> None:
        """Count a search that a visitor or a program asked for."""
        chosen = sum(len(one.include) + len(one.exclude) for one in page.query.selections)
        with self._lock:
            self._observe(self._found["found" if page.total else "nothing"], seconds)
            self._observe(self._filters, chosen)

    def _observe(self, histogram: _Histogram, value: float) -> None:
        begins = self._begins + histogram.first
        self._shared[begins + bisect_left(histogram.bounds, value)] += 1
        self._shared[begins + histogram.width - 1] += value

    def lines(self) -> Iterator[str]:
        """Yield the lines of all metrics in the text format of Prometheus, summed over all processes."""
        totals = [sum(self._shared[column :: self._width]) for column in range(self._width)]
        yield from _about("http_requests_total", "counter", "Requests answered, by class of status.")
        for status, total in zip(_STATUSES, totals, strict=False):
            yield f'http_requests_total{{status="{status}"}} {total:.0f}'
        yield from _about("search_seconds", "histogram", "Time to answer a search, by whether it found anything.")
        for outcome, histogram in self._found.items():
            yield from histogram.lines("search_seconds", f'outcome="{outcome}",', totals)
        yield from _about("search_results_zero_total", "counter", "Searches that found nothing.")
        yield f"search_results_zero_total {self._found['nothing'].count(totals):.0f}"
        yield from _about("filters_per_search", "histogram", "Values of facets chosen in a search.")
        yield from self._filters.lines("filters_per_search", "", totals)


def search_and_record(query: Query, facets: Collection[str] | None = None, all_matches: bool = False) -> ResultPage:
    """Answer a visitor's or program's search, and count it. Raises what `Archive.search` raises."""
    start = time.perf_counter()
    page = archive().search(query, facets, all_matches)
    _metrics().record_search(time.perf_counter() - start, page)
    return page


def install(app: Flask) -> None:
    """Measure the requests of an application."""
    app.extensions["metrics"] = Metrics()

    @app.after_request
    def count(response: Response) -> Response:
        _metrics().count_answer(response.status_code)
        return response


@blueprint.get("/metrics")
def metrics() -> Response:
    """Answer with all metrics in the text format of Prometheus."""
    body = "\n".join((*_metrics().lines(), *_index_lines(), ""))
    response = Response(body, content_type="text/plain; version=0.0.4; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response


def _metrics() -> Metrics:
    return cast(Metrics, current_app.extensions["metrics"])


def _index_lines() -> Iterator[str]:
    """Yield the metrics of the index; none if there is no index, for which `/readyz` gives the reason."""
    try:
        generation = archive().engine.current()
    except FindingAidError:
        return
    built = datetime.fromisoformat(generation.built_at).astimezone(UTC).timestamp()
    yield from _about("index_documents", "gauge", "Documents in the generation that answers.")
    yield f"index_documents {generation.documents}"
    yield from _about("index_age_seconds", "gauge", "Time since that generation was built.")
    yield f"index_age_seconds {max(time.time() - built, 0):.0f}"


def _about(name: str, kind: str, help_text: str) -> tuple[str, str]:
    return f"# HELP {name} {help_text}", f"# TYPE {name} {kind}"
