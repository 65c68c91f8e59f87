"""A build of very many documents writes several segments, and answers as one would."""

from __future__ import annotations

import random

import archives
import pytest

from search.archive import Archive
from search.engines.oracle import OracleEngine
from search.engines.whoosh import publishing
from search.engines.whoosh.engine import WhooshEngine

DOCUMENTS = archives.documents(3, 120)


@pytest.fixture
def in_segments(tmp_path, monkeypatch):
    """Publishes documents in segments of at most so many, in one process or in two."""

    def publish(most, documents=DOCUMENTS, second=10**9):
        monkeypatch.setattr(publishing, "LARGEST_SEGMENT", most)
        monkeypatch.setattr(publishing, "SECOND_PROCESS_THRESHOLD", second)
        config = archives.config(tmp_path / f"segments of {most}")
        engine = WhooshEngine(config)
        counted = []
        engine.build(documents, lambda done, total: counted.append((done, total)))
        assert counted == sorted(counted)
        assert counted[-1] == (len(documents), len(documents))
        return Archive(config, engine)

    return publish


def shown(page):
    hits = [(hit.document, pytest.approx(hit.score, rel=1e-5), hit.title, hit.snippet) for hit in page.hits]
    return page.total, hits, page.facets, page.reading, page.suggestion, page.ways_out


@pytest.mark.parametrize(("most", "sizes"), [(120, [120]), (119, [60, 60]), (50, [40, 40, 40]), (35, [30, 30, 30, 30])])
def test_segments_are_as_few_as_possible_and_of_one_size(in_segments, most, sizes):
    archive = in_segments(most)
    assert [segment.size for segment in archive.engine.snapshot().segments] == sizes
    assert archive.engine.current().documents == 120
    assert archive.engine.verify() == []


@pytest.mark.parametrize("seed", archives.seeds(1, 6))
def test_several_segments_answer_as_one_does(in_segments, seed):
    one, several = in_segments(1000), in_segments(33, second=1)
    chance = random.Random(seed)
    for _ in range(60):
        query = archives.query(chance)
        assert shown(several.search(query)) == shown(one.search(query)), query
    assert list(several.engine.list_published()) == list(one.engine.list_published())


def test_an_update_of_several_segments_answers_as_a_build(in_segments):
    several = in_segments(33)
    changed, removed = archives.documents(9, 15), [document.id for document in DOCUMENTS[20:31]]
    several.engine.update(changed, removed)
    ids = {document.id for document in changed} | {*removed}
    live = [document for document in DOCUMENTS if document.id not in ids] + list(changed)
    oracle = Archive(several.config, OracleEngine(several.config, live))
    chance = random.Random(1)
    for _ in range(60):
        query = archives.query(chance)
        page, wanted = several.search(query), oracle.search(query)
        assert (page.total, page.facets) == (wanted.total, wanted.facets), query
    assert several.engine.verify() == []
