"""`every` yields each matching document once, in order, from one generation; the same on every engine."""

from __future__ import annotations

import random
import tracemalloc
from itertools import islice

import archives
import pytest

from search.archive import Archive
from search.engines.contract import Request
from search.engines.oracle import OracleEngine
from search.engines.whoosh.engine import WhooshEngine
from search.model.document import Document, Section
from search.model.query import Query
from search.query_language.compiling import to_match


def ids(found):
    return [document.id for document in found]


@pytest.mark.parametrize("order", ["id", "newest", "oldest", "title"])
def test_every_document_comes_once_in_the_order_of_the_oracle(indexed_archive_of, order):
    documents = archives.documents(11, 230)
    archive = indexed_archive_of(documents)
    oracle = OracleEngine(archive.config, documents)
    chance = random.Random(order)
    for _ in range(8):
        query = archives.query(chance)
        match = to_match(archive.parse(query.text), archive.analyzer)
        found = list(archive.engine.every(Request(match, query.selections, sort=order)))
        assert ids(found) == ids(oracle.every(Request(match, query.selections, sort=order))), query
    assert list(archive.engine.every()) == sorted(documents, key=lambda document: document.id)


def test_every_document_by_relevance_comes_in_the_order_of_the_pages(archive_of):
    archive = archive_of(archives.documents(12, 230))
    for text in ("cyber OR risk", "china", '"public core" OR norms'):
        match = to_match(archive.parse(text), archive.analyzer)
        page = archive.engine.find(Request(match, limit=230))
        assert ids(archive.engine.every(Request(match))) == [document.id for document, _ in page.hits]


def test_a_generation_published_while_documents_are_read_changes_nothing(archive_of):
    archive = archive_of([Document(f"d{number:03}", "one") for number in range(150)])
    found = archive.engine.every()
    first = list(islice(found, 20))
    archive.engine.update([Document(f"d{number:03}", "two") for number in range(100, 200)], ["d005", "d149"])
    read = [*first, *found]
    assert ids(read) == [f"d{number:03}" for number in range(150)]
    assert {document.title for document in read} == {"one"}


def test_nothing_published_is_an_error_at_once(tmp_path):
    from search.errors import IndexMissing

    with pytest.raises(IndexMissing):
        WhooshEngine(archives.config(tmp_path)).every()


def test_documents_are_not_kept_in_memory(tmp_path):
    engine = WhooshEngine(archives.config(tmp_path))
    engine.build([Document(f"d{number:03}", "x", sections=(Section("word " * 8_000),)) for number in range(100)])
    engine.current()
    tracemalloc.start()
    try:
        assert sum(1 for _ in engine.every()) == 100
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    engine.close()
    assert peak < 10 * 40_000, "100 documents of 40,000 characters each; a few at a time are read"


def test_an_engine_that_is_held_answers_from_its_generation_until_it_is_closed(archive_of):
    """Also from one that is removed meanwhile, where the engine keeps its files open."""
    reader = archive_of([Document(f"d{number:03}", "one") for number in range(30)])
    reader.engine.hold()
    held = reader.engine.current()
    is_in_memory = isinstance(reader.engine, OracleEngine)
    writer = reader.engine if is_in_memory else type(reader.engine)(reader.config)
    writer.update([Document("new", "two")], ["d001"])
    times = reader.config.index.keep + 1 if isinstance(reader.engine, WhooshEngine) else 1
    for number in range(times):
        writer.build([Document("other", f"three {number}")])
    assert reader.engine.current() == held
    assert (reader.search(Query("one")).total, reader.search(Query("three")).total) == (30, 0)
    assert reader.engine.get("new") is None
    assert ids(reader.engine.every()) == list(reader.engine.list_published()) == [f"d{n:03}" for n in range(30)]
    assert [number for _, number in reader.engine.words_starting("thr", 5)] == []
    if not is_in_memory:
        assert Archive(reader.config, writer).search(Query("three")).total == 1
        writer.close()
