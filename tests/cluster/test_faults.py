"""A real cluster under faults: never a wrong answer, never a lost document; what cannot be answered says so."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from remote_archives import documents
from waiting import wait_until

from search.archive import Archive
from search.engines.opensearch.engine import OpenSearchEngine
from search.errors import EngineUnavailable
from search.model.query import Query

pytestmark = pytest.mark.cluster


class Visitors:
    """Some threads that search without pause, and what became of it."""

    def __init__(self, archive: Archive, total: int, threads: int = 3) -> None:
        self.archive, self.total = archive, total
        self.answers, self.refused, self.wrong = 0, 0, []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._search) for _ in range(threads)]

    def __enter__(self) -> Visitors:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _search(self) -> None:
        while not self._stop.is_set():
            try:
                page = self.archive.search(Query("version"))
            except EngineUnavailable:
                self.refused += 1
                time.sleep(0.05)
                continue
            self.answers += 1
            if page.total != self.total or len(page.hits) != 10:
                self.wrong.append((page.total, len(page.hits)))


@contextmanager
def visited(cluster, archive) -> Iterator[Visitors]:
    """A thousand documents on three whole nodes, and visitors who have begun to search."""
    archive.engine.build(documents(1_000))
    cluster.wait("green")
    with Visitors(archive, 1_000) as visitors:
        wait_for_answers(visitors)
        yield visitors


def wait_for_answers(visitors: Visitors) -> None:
    """Wait until searches that begin from now on are answered."""
    before = visitors.answers
    wait_until("searches are answered again", lambda: visitors.answers > before + 20)


def test_a_node_killed_during_searches_costs_no_wrong_answer(cluster, archive):
    with visited(cluster, archive) as visitors:
        cluster.kill(2)
        wait_for_answers(visitors)
    assert visitors.wrong == []
    cluster.start_node(2)
    cluster.wait("green")
    assert archive.engine.verify() == []


def test_a_node_that_never_answers_costs_no_wrong_answer(cluster, archive):
    with visited(cluster, archive) as visitors:
        cluster.pause(1)
        try:
            time.sleep(25)  # longer than a request waits for a node
        finally:
            cluster.resume(1)
        wait_for_answers(visitors)
    assert visitors.wrong == []
    cluster.wait("green")
    assert archive.search(Query("version")).total == 1_000


def test_a_node_killed_during_a_build_loses_nothing_and_visitors_keep_the_generation_before(cluster, archive):
    archive.engine.build(documents(500))
    cluster.wait("green")
    killed = threading.Event()

    def progress(done: int, of: int) -> None:
        if done >= 3_000 and not killed.is_set():
            killed.set()
            cluster.kill(0)

    with Visitors(archive, 500, threads=1) as visitors:
        publisher = OpenSearchEngine(archive.config)
        visitors_end = visitors._stop
        generation = publisher.build(
            documents(8_000, "two"), lambda done, of: progress(done, of) or (done == of and visitors_end.set())
        )
    assert killed.is_set()
    assert set(visitors.wrong) <= {(8_000, 10)}
    assert generation.documents == archive.search(Query("two")).total == 8_000
    cluster.start_node(0)
    cluster.wait("green")
    assert publisher.verify() == []
    assert archive.engine.current().id == generation.id


def test_a_cluster_that_is_down_says_so_and_answers_as_before_when_it_is_back(cluster, archive):
    from webui import create_app

    archive.engine.build(documents(300))
    cluster.wait("green")
    for number in range(3):
        cluster.kill(number)
    answer = create_app(archive.config, archive.engine).test_client().get("/search?q=version")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    for number in range(3):
        cluster.start_node(number)
    cluster.wait("green")
    assert archive.search(Query("version")).total == 300
    assert archive.engine.verify() == []
