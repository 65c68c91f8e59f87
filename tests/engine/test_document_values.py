"""Rows of values count and find few documents as bitmaps and lists do."""

from __future__ import annotations

import random

import archives
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.archive import Archive
from search.engines.oracle import OracleEngine
from search.engines.whoosh import arrays, document_values
from search.engines.whoosh.document_values import join_rows, make_rows
from search.engines.whoosh.engine import WhooshEngine

SIZE = 30
LISTS = st.lists(st.sets(st.integers(0, SIZE - 1)), min_size=1, max_size=5)
DOCS = st.sets(st.integers(0, SIZE - 1)).map(sorted)


def segment_rows(lists, base, end):
    """The rows of the documents from one number up to another."""
    return make_rows([np.array(sorted(one - base for one in own if base <= one < end), dtype=np.int64) for own in lists], end - base)


@given(LISTS, DOCS, st.sets(st.integers(0, 4)), st.data())
def test_rows_are_counted_and_looked_through_as_lists_are(lists, docs, numbers, data):
    middle = data.draw(st.integers(1, SIZE - 1))
    parts = [(base, segment_rows(lists, base, end), range(len(lists))) for base, end in ((0, middle), (middle, SIZE))]
    rows = join_rows(parts, SIZE, len(lists))
    chosen = {number for number in numbers if number < len(lists)}
    docs_in_order = np.array(docs, dtype=np.int64)
    assert rows.count(docs_in_order) == [len(own & set(docs)) for own in lists]
    assert rows.has_any(chosen, docs_in_order).tolist() == [any(one in lists[number] for number in chosen) for one in docs]


def test_no_rows_are_made_where_a_document_has_many_values():
    lists = [np.array([3])] * (document_values._MOST_VALUES + 1)
    assert make_rows(lists[1:], SIZE) is not None
    assert make_rows(lists, SIZE) is None


@pytest.mark.parametrize("seed", archives.seeds(1, 6))
@pytest.mark.parametrize("share", [0, 5, 10**9], ids=["rows", "rows or bitmaps", "bitmaps"])
def test_few_documents_are_counted_and_filtered_as_the_oracle_does(tmp_path, monkeypatch, seed, share):
    monkeypatch.setattr(arrays, "_SHARE", share)
    config, documents = archives.config(tmp_path), archives.documents(seed, 90)
    engine = WhooshEngine(config)
    engine.build(documents[:60])
    engine.update(documents[60:], [])
    archive, oracle = Archive(config, engine), Archive(config, OracleEngine(config, documents))
    chance = random.Random(seed)
    for _ in range(30):
        query = archives.query(chance)
        page, wanted = archive.search(query), oracle.search(query)
        assert (page.total, page.facets) == (wanted.total, wanted.facets), query
