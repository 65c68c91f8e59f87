"""What is published is a mapping of the live documents, in whatever order they are asked for."""

from __future__ import annotations

import random

import archives
import pytest

from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.keywords import HiddenColumn
from search.engines.whoosh.snapshot import Snapshot
from search.model.document import encode_document, fingerprint


@pytest.fixture
def updated(tmp_path):
    """An engine whose documents are in several segments, some deleted; and its live documents by id."""
    engine = WhooshEngine(archives.config(tmp_path))
    documents = {one.id: one for one in archives.documents(1, 60)}
    engine.build(list(documents.values()))
    changed = archives.documents(2, 40)[35:]
    engine.update(changed, ["doc-0003", "doc-0004"])
    documents |= {one.id: one for one in changed}
    del documents["doc-0003"], documents["doc-0004"]
    return engine, documents


def test_every_live_document_has_its_source_and_fingerprint(updated):
    engine, documents = updated
    found = engine.list_published()
    assert len(found) == len(documents)
    assert set(found) == documents.keys()
    for name in random.Random(1).sample(sorted(documents), len(documents)):
        one = documents[name]
        assert (found[name].source_path, found[name].fingerprint) == (one.source_path, fingerprint(encode_document(one)))
    assert not {"doc-0003", "doc-0004", "unknown", ""} & found.keys()


def test_ids_in_the_order_published_are_not_searched_for(updated, monkeypatch):
    engine, _ = updated
    found = engine.list_published()
    searched = []
    monkeypatch.setattr(Snapshot, "number_of", lambda self, name: searched.append(name) or -1)
    assert all(name in found for name in ("doc-0000", "doc-0001", "doc-0002"))
    assert searched == []


def test_what_searches_need_of_strings_is_read_at_opening_and_kept_for_the_next_generation(updated):
    engine, _ = updated
    before = engine.snapshot()
    hidden = [column for column in before.keywords.columns.values() if isinstance(column, HiddenColumn)]
    searched = [strings for column in hidden for _, _, strings in column._segments]
    searched += [strings for segment in before.segments for strings in (segment.words, segment.stems)]
    assert all("_fence" in strings.__dict__ for strings in searched)
    engine.update([], ["doc-0010"])
    after = engine.snapshot()
    kept = [strings for column in after.keywords.columns.values() if isinstance(column, HiddenColumn) for *_, strings in column._segments]
    assert {id(strings) for strings in kept} <= {id(strings) for strings in searched}
    assert kept
