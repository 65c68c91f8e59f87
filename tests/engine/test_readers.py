"""Readers while generations are published: each answer comes from one whole generation."""

from __future__ import annotations

import random
import sys
import threading
import time
from contextlib import suppress

import archives
import pytest
from waiting import wait_until

from search.archive import Archive
from search.engines.contract import Request
from search.engines.whoosh.engine import WhooshEngine
from search.errors import IndexMissing
from search.model.query import Query
from search.query_language.matching import Everything


def test_a_reader_sees_a_new_generation_without_restart_and_keeps_no_half_of_two(config):
    writer, reader = WhooshEngine(config), WhooshEngine(config)
    writer.build(archives.versions(20, "one"))
    archive = Archive(config, reader)
    wrong: list[object] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            found = reader.find(Request(Everything(), facets=("type",), limit=20))
            titles = {document.title for document, _ in found.hits}
            if len(titles) != 1 or found.total != 20 or found.counts["type"] != {"none": 20}:
                wrong.append((titles, found.total, found.counts))

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(5):
        writer.update(archives.versions(20, f"update{number}"), [])
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert archive.search(Query("update4")).total == 20


def test_one_question_is_answered_from_one_generation_whatever_is_published_meanwhile(config):
    writer, reader = WhooshEngine(config), WhooshEngine(config)
    first = writer.build(archives.versions(3, "one"))
    with reader.pin():
        second = writer.update(archives.versions(3, "two"), [])
        with reader.pin():
            assert reader.current() == first
        assert reader.current() == first
        found_by_another_thread = []
        other = threading.Thread(target=lambda: found_by_another_thread.append(reader.current()))
        other.start()
        other.join()
        assert found_by_another_thread == [second]
    assert reader.current() == second


def test_a_question_asks_once_which_generation_is_current(config, monkeypatch):
    engine = WhooshEngine(config)
    engine.build(archives.versions(3, "one"))
    archive, looks = Archive(config, engine), []
    archive.search(Query("one two"))
    mark = engine.generations_on_disk.current_mark
    monkeypatch.setattr(engine.generations_on_disk, "current_mark", lambda: looks.append(1) or mark())
    archive.search(Query("one two"))
    assert looks == [1]


def test_a_following_reader_opens_a_new_generation_by_itself(config):
    writer, reader = WhooshEngine(config), WhooshEngine(config)
    writer.build(archives.versions(3, "one"))
    first = reader.current()
    reader.follow()
    second = writer.update(archives.versions(3, "two"), [])
    wait_until("the reader has opened the new generation", lambda: reader.current() != first)
    assert reader.current() == second
    reader.close()


def test_a_following_reader_has_opened_before_it_is_asked(config, monkeypatch):
    writer, reader = WhooshEngine(config), WhooshEngine(config)
    writer.build(archives.versions(3, "one"))
    reader.follow()
    monkeypatch.setattr(reader, "_open", lambda: pytest.fail("opened for a request"))
    assert reader.current() == writer.current()
    reader.close()


def test_a_reader_that_follows_what_is_not_there_yet_opens_it_beside_the_requests(config, monkeypatch, caplog):
    writer, reader = WhooshEngine(config), WhooshEngine(config)
    opened_by = []
    monkeypatch.setattr(reader, "_open", lambda: opened_by.append(threading.current_thread().name) or WhooshEngine._open(reader))
    reader.follow()
    for _ in range(20):
        with pytest.raises(IndexMissing, match="python -m indexer build"):
            reader.current()
        time.sleep(0.02)
    assert len(caplog.messages) == 1, "a failure is logged once"
    first = writer.build(archives.versions(3, "one"))

    def has_opened() -> bool:
        with suppress(IndexMissing):
            reader.current()
        return reader._snapshot is not None

    wait_until("the reader has opened the first generation", has_opened)
    assert reader.current() == first
    assert set(opened_by[1:]) == {"follow-generations"}
    reader.close()


def test_threads_sharing_an_engine_get_the_answers_one_thread_gets(config):
    engine = WhooshEngine(config)
    engine.build(archives.documents(3, 80))
    archive = Archive(config, engine)
    chance = random.Random(1)
    queries = [archives.query(chance) for _ in range(60)]
    wanted = [archive.search(query) for query in queries]
    wrong: list[Query] = []
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)

    def ask(seed: int) -> None:
        order = random.Random(seed)
        for _ in range(30):
            number = order.randrange(len(queries))
            if archive.search(queries[number]) != wanted[number]:
                wrong.append(queries[number])

    try:
        threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    assert wrong == []
