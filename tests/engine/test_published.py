"""The published documents are a mapping of the live documents, whatever the order of access."""

from __future__ import annotations

import random

import archives
import numpy as np
import pytest
from counting import calls_made_by
from hypothesis import given
from hypothesis import strategies as st

from search.engines.published import ListedDocuments
from search.engines.whoosh.arrays import find_equal_rows
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.keywords import HiddenColumn
from search.engines.withdrawal import hide_withdrawn
from search.model.document import FINGERPRINT_BYTES, encode_document, fingerprint


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
    assert list(found.items()) == [(name, found[name]) for name in found]
    assert not {"doc-0003", "doc-0004", "unknown", ""} & found.keys()


@pytest.mark.parametrize("withdrawn", [(), ("doc-0001",)])
def test_documents_are_read_only_when_they_are_asked_for(tmp_path, withdrawn):
    calls = []
    for size in (20, 200):
        engine = WhooshEngine(archives.config(tmp_path / str(size)))
        engine.build(archives.versions(size, "one"))
        shown = hide_withdrawn(engine, withdrawn)
        shown.list_published()
        calls.append(calls_made_by(shown.list_published))
    assert calls[0] == calls[1]


@pytest.mark.parametrize("seed", range(6))
def test_documents_compared_all_at_once_are_those_compared_one_by_one(updated, seed):
    engine, documents = updated
    chance = random.Random(seed)
    others = chance.sample([*documents.values(), *archives.documents(3, 20)], chance.randint(0, 60))
    prints = [chance.choice((fingerprint(encode_document(one)),) * 4 + ("00" * FINGERPRINT_BYTES,)) for one in others]
    found = engine.list_published()
    compared = found.compare(bytes.fromhex("".join(prints)))
    assert compared == ListedDocuments(found).compare(bytes.fromhex("".join(prints)))
    assert [number for number, one in enumerate(prints) if one not in {known.fingerprint for known in found.values()}] == compared[0]


ROWS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 99)), max_size=30)


@given(ROWS, ROWS)
def test_rows_found_in_both_are_equal_and_rows_that_begin_alone_are_found(one, other):
    masks = find_equal_rows(*(np.array(rows, dtype=np.uint64).reshape(-1, 2) for rows in (one, other)))
    for rows, others, mask in ((one, other, masks[0]), (other, one, masks[1])):
        begins = [row[0] for row in others]
        for row, is_found in zip(rows, mask.tolist(), strict=True):
            assert row in others if is_found else row not in others or [*begins, *(r[0] for r in rows)].count(row[0]) > 2


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
