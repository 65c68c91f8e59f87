"""The index we ship is a real one: stock Whoosh, opened on it, finds the same documents. Runs on Whoosh 2.7.4 too."""

from __future__ import annotations

import random
from pathlib import Path

import archives
import pytest
from stock import StockQueries
from whoosh.index import open_dir

from search.archive import Archive
from search.engines.contract import Request
from search.engines.whoosh.engine import WhooshEngine
from search.query_language.compiling import to_match


@pytest.mark.parametrize("seed", archives.seeds(1, 10))
def test_stock_whoosh_finds_the_same_documents_on_random_requests(tmp_path: Path, seed: int) -> None:
    engine = WhooshEngine(archives.config(tmp_path))
    archive = Archive(engine.config, engine)
    engine.build(archives.documents(seed, 100))
    chance = random.Random(seed)
    for step in range(3):  # a build, then updates: segments with deletions
        folder = tmp_path / "index" / engine.current().id
        with open_dir(str(folder), readonly=True).searcher() as searcher:
            stock = StockQueries(searcher.reader(), archive.analyzer, archive.fields)
            for _ in range(70):
                query = archives.query(chance)
                match = to_match(archive.parse(query.text), archive.analyzer)
                found = engine.find(Request(match, query.selections, limit=1000))
                hits = searcher.search(stock.query(match, query.selections), limit=None)
                assert sorted(hit["id"] for hit in hits) == sorted(document.id for document, _ in found.hits), (step, query)
                assert len(hits) == found.total
        engine.update(
            [archives.document(chance, chance.randint(0, 120)) for _ in range(3)][:1], [f"doc-{chance.randint(0, 99):04}"]
        )


def test_a_published_index_needs_no_class_of_ours(tmp_path: Path) -> None:
    """Somebody with nothing but Whoosh can open it: no pickle in it names a module of this program."""
    engine = WhooshEngine(archives.config(tmp_path))
    engine.build(archives.documents(1, 5))
    folder = tmp_path / "index" / engine.current().id
    for path in folder.glob("*.toc"):
        assert b"search." not in path.read_bytes()


def test_stored_documents_can_be_read_with_stock_whoosh(tmp_path: Path) -> None:
    engine = WhooshEngine(archives.config(tmp_path))
    documents = archives.documents(2, 10)
    engine.build(documents)
    with open_dir(str(tmp_path / "index" / engine.current().id), readonly=True).searcher() as searcher:
        stored = searcher.document(id=documents[3].id)
    assert stored["id"] == documents[3].id
    assert b'"id":"doc-0003"' in stored["document"]
