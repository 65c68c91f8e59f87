"""Document numbers of postings are stored in 16 bits, in blocks, and read back unchanged."""

from __future__ import annotations

import random

import archives
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from search.archive import Archive
from search.engines.oracle import OracleEngine
from search.engines.whoosh import document_runs
from search.engines.whoosh.document_runs import DocumentRuns, WithinBlock, find_runs, split_by_block
from search.engines.whoosh.engine import WhooshEngine

NUMBERS = st.lists(st.one_of(st.integers(0, 199_999), st.integers(65_530, 65_540)), max_size=9, unique=True).map(sorted)
"""Documents of a term: some of 200,000, which are four blocks, some of them at the border of two."""
TERMS = st.lists(NUMBERS, min_size=1, max_size=6)


def keep(terms, documents=200_000):
    """The documents of terms as a segment has them."""
    starts, docs = np.cumsum([0, *map(len, terms)]), np.array([doc for term in terms for doc in term], dtype=np.uint32)
    parts = list(WithinBlock(docs).parts())
    return DocumentRuns(find_runs(starts, docs, documents), np.concatenate([np.zeros(0, np.uint16), *parts]), documents)


@settings(max_examples=100)
@given(TERMS, st.integers(0, 6), st.integers(0, 6))
def test_the_documents_of_terms_are_those_that_were_given(terms, one, other):
    kept, (first, last) = keep(terms), sorted((min(one, len(terms)), min(other, len(terms))))
    assert kept.starts.tolist() == np.cumsum([0, *map(len, terms)]).tolist()
    assert kept.of_terms(first, last).tolist() == [doc for term in terms[first:last] for doc in term]


@settings(max_examples=100)
@given(TERMS, st.integers(0, 54), st.integers(0, 54))
def test_any_part_of_all_documents_can_be_read(terms, one, other):
    part = slice(*sorted((one, other)))
    assert keep(terms)[part].tolist() == [doc for term in terms for doc in term][part]


@settings(max_examples=100)
@given(TERMS, NUMBERS)
def test_documents_of_a_term_are_found_among_others(terms, among):
    kept = keep(terms)
    for number, term in enumerate(terms):
        _, owners, at = kept.find(number, split_by_block(np.array(among))) if among else (number, [], [])
        assert [among[owner] for owner in owners] == [term[place] for place in at] == sorted({*term} & {*among})


def test_postings_of_one_block_are_found_by_where_terms_begin():
    terms = [[0, 7, 65_535], [], [3]]
    assert find_runs(np.array([0, 3, 3, 4]), np.array([0, 7, 65_535, 3]), 65_536).tolist() == [0, 3, 3, 4]
    assert keep(terms, 65_536).of_terms(0, 3).tolist() == [0, 7, 65_535, 3]


def test_segments_of_many_blocks_answer_as_the_oracle_after_updates_and_merges(tmp_path, monkeypatch):
    monkeypatch.setattr(document_runs, "BLOCK", 7)
    config, documents = archives.config(tmp_path), archives.documents(4, 90)
    engine = WhooshEngine(config)
    engine.build(documents[:60])
    for first in (60, 75):
        engine.update(documents[first : first + 15], [documents[first - 50].id])
    assert engine.merge(engine.current()) is not None
    live = [document for document in documents if document not in (documents[10], documents[25])]
    archive, oracle = Archive(config, engine), Archive(config, OracleEngine(config, live))
    chance = random.Random(7)
    for _ in range(30):
        query = archives.query(chance)
        page, wanted = archive.search(query), oracle.search(query)
        assert (page.total, page.facets, page.suggestion) == (wanted.total, wanted.facets, wanted.suggestion), query
    assert engine.verify() == []
