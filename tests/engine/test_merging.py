"""Small segments are merged from their arrays, in a generation that takes the place of the one published before it."""

from __future__ import annotations

import archives
import numpy as np
import pytest

from search.archive import Archive
from search.engines.whoosh import merging
from search.engines.whoosh.engine import WhooshEngine
from search.errors import IndexMissing
from search.model.document import Document
from search.model.query import Query


@pytest.fixture
def engine(config):
    return WhooshEngine(config)


def long_documents(count):
    """Documents of 1,000 words each."""
    return [Document(f"long-{number:03}", "Long", summary=f"w{number} " * 1000) for number in range(count)]


def sizes(engine):
    return [segment.size for segment in engine.snapshot().segments]


def update_and_merge(engine, documents, removed=()):
    generation = engine.update(documents, removed)
    return engine.merge(generation) or generation


@pytest.mark.parametrize("seed", archives.seeds(3, 12))
def test_a_merged_segment_has_the_bytes_of_one_built_of_the_same_documents(engine, tmp_path, seed):
    documents = archives.documents(seed, 70)
    engine.build(documents[:40])
    engine.update(documents[40:], [document.id for document in documents[seed:30:2]])
    merged = engine.merge(engine.current())
    other = WhooshEngine(archives.config(tmp_path / "other"))
    other.build([document for document in documents if document not in documents[seed:30:2]])
    (ours,), (built,) = engine.snapshot().segments, other.snapshot().segments
    assert list(ours.arrays) == list(built.arrays)
    for name, array in built.arrays.items():
        assert ours.arrays[name].dtype == array.dtype, name
        assert np.array_equal(ours.arrays[name], array), name
    assert [*map(ours.document, range(ours.size))] == [*map(built.document, range(built.size))]
    assert merged.documents == built.size
    assert engine.verify() == []


def test_what_is_merged_by_a_thousand_updates_is_a_few_dozen_documents_each():
    """The rule alone, without an index: the sizes that a thousand updates of one document leave beside a large segment."""
    left, rewritten = [10_000 * 400], 0
    for _ in range(1000):
        left.append(400)
        merged = merging.choose_indices(left)
        if merged:
            rewritten += sum(left[number] for number in merged)
            left = [cost for number, cost in enumerate(left) if number not in merged] + [sum(left[n] for n in merged)]
        assert len(left) <= 4
    assert rewritten / 400 / 1000 < 100


def test_a_large_segment_is_left_alone_while_small_ones_are_merged_into_one(engine, monkeypatch):
    monkeypatch.setattr(merging, "MOST_WORDS", 60_000)
    engine.build(long_documents(80))
    for number in range(12):
        update_and_merge(engine, [Document(f"new-{number}", "New")])
        assert len(sizes(engine)) <= 3
    assert sizes(engine)[0] == 80
    assert Archive(engine.config, engine).search(Query("new")).total == 12


def test_nothing_is_published_where_there_is_nothing_to_merge(engine):
    generation = engine.build(archives.documents(1, 30))
    assert engine.merge(generation) is None
    assert engine.current() == generation


def test_a_segment_without_documents_is_removed(engine):
    engine.build(archives.versions(3, "one"))
    update_and_merge(engine, [Document("d0", "two"), Document("d1", "two"), Document("d2", "two"), Document("d3", "two")])
    assert sizes(engine) == [4]


def test_going_back_after_a_merge_leads_to_what_was_before_the_change(engine):
    engine.build(archives.versions(3, "one"))
    merged = update_and_merge(engine, [Document("d3", "two")])
    assert sizes(engine) == [4]
    assert [one.documents for one in engine.generations()] == [4, 3]
    assert engine.current() == merged
    engine.rollback()
    assert engine.current().documents == 3
    with pytest.raises(IndexMissing):
        engine.rollback()


def test_as_many_generations_are_kept_as_without_merging(engine, config):
    for number in range(6):
        update_and_merge(engine, [Document(f"new-{number}", "New")]) if number else engine.build(archives.versions(2, "one"))
    assert [one.documents for one in engine.generations()] == [7, 6, 5][: 1 + config.index.keep]


def test_nothing_is_merged_when_another_process_publishes_or_has_published(engine, config):
    engine.build(archives.versions(3, "one"))
    generation = engine.update([Document("d3", "two")], [])
    with WhooshEngine(config).generations_on_disk.publishing():
        assert engine.merge(generation) is None
    other = WhooshEngine(config).update([Document("d4", "three")], [])
    assert engine.merge(generation) is None
    assert engine.current() == other
    assert engine.current().documents == 5


def test_a_reader_of_the_generation_replaced_goes_on(engine, config):
    engine.build(archives.versions(3, "one"))
    generation = engine.update([Document("d3", "two")], [])
    reader = WhooshEngine(config)
    reader.hold()
    engine.merge(generation)
    assert [reader.get(f"d{number}").title for number in range(4)] == ["version one"] * 3 + ["two"]
    assert Archive(config, reader).search(Query("version")).total == 3
