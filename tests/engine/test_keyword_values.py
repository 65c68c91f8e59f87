"""Values of keyword fields by prefix: the same on every engine, live documents only, hidden fields too."""

from __future__ import annotations

import random

import archives
import numpy as np
import pytest

from search.engines.oracle import OracleEngine
from search.engines.whoosh.engine import WhooshEngine
from search.fields import ADDRESS
from search.model.document import Document
from search.text.analysis import fold_value


def artists(*values):
    return [Document(f"d{number}", extra=(("artist", own),)) for number, own in enumerate(values)]


def test_values_come_in_their_commonest_spelling_most_documents_first(archive_of):
    archive = archive_of(artists(("Otto Dix",), ("otto dix", "Otto Dix"), ("Otto Dix",), ("Otto Mueller",), ("Ottó",), ()))
    assert archive.engine.keyword_counts("artist", "otto", 9) == [("Otto Dix", 3), ("Otto Mueller", 1)]
    assert archive.engine.keyword_counts("artist", fold_value("Otto D"), 9) == [("Otto Dix", 3)]
    assert archive.engine.keyword_counts("artist", "otto", 1) == [("Otto Dix", 3)]


@pytest.mark.parametrize(
    ("field", "prefix", "reason"),
    [
        ("artist", "none", "not stated is no value"),
        ("artist", "x", "nothing begins so"),
        ("nothing", "a", "there is no such field"),
    ],
)
def test_what_is_not_there_is_not_found(archive_of, field, prefix, reason):
    assert archive_of(artists(("Otto Dix",), ())).engine.keyword_counts(field, prefix, 9) == [], reason


def test_the_values_of_hidden_fields_are_found_too(archive_of):
    archive = archive_of([Document("a", url="https://example.org/idea/1"), Document("b", url="https://example.org/idea/2")])
    found = archive.engine.keyword_counts(ADDRESS, fold_value("example.org/idea/"), 9)
    assert found == [("example-org-idea-1", 1), ("example-org-idea-2", 1)]


@pytest.mark.parametrize("seed", range(3))
def test_values_by_prefix_equal_the_oracle_after_updates(indexed_archive_of, seed):
    chance = random.Random(seed)
    documents = archives.documents(seed, 80)
    archive = indexed_archive_of(documents[:60])
    archive.engine.update(documents[60:], [documents[3].id])
    oracle = OracleEngine(archive.config, [each for each in documents if each.id != documents[3].id])
    for _ in range(20):
        field, prefix = (
            chance.choice(("type", "topic", "artist", "year")),
            chance.choice(("", "p", "po", "c", "s", "20", "2012", "otto-")),
        )
        assert archive.engine.keyword_counts(field, prefix, 4) == oracle.keyword_counts(field, prefix, 4), (field, prefix)


@pytest.mark.parametrize("seed", archives.seeds(1, 8))
def test_what_is_copied_from_the_snapshot_before_is_what_a_fresh_reader_makes(config, seed):
    engine, chance = WhooshEngine(config), random.Random(seed)
    engine.build(archives.documents(seed, 300))
    for step in range(6):
        generation = engine.update([archives.document(chance, chance.randint(0, 400))], [f"doc-{chance.randint(0, 299):04}"])
        if step % 3 == 2:
            engine.merge(generation)
        followed, fresh = engine.snapshot().keywords, WhooshEngine(config).snapshot().keywords
        every, few = np.arange(engine.snapshot().size), np.arange(3)
        for name in ("type", "topic", "year", "artist"):
            for docs in (every, every[::2], every[-70:], few):
                assert followed.count([name], docs) == fresh.count([name], docs), (step, name)


@pytest.mark.parametrize("seed", range(3))
def test_whether_a_value_is_there_equals_the_oracle_after_updates(indexed_archive_of, seed):
    documents = archives.documents(seed, 80)
    archive = indexed_archive_of(documents[:60])
    gone = {document.id for document in documents[5:20]}
    archive.engine.update(documents[60:], gone)
    oracle = OracleEngine(archive.config, [each for each in documents if each.id not in gone])
    asked = {
        (name, fold_value(value))
        for name, field in archive.fields.keyword.items()
        for each in documents
        for value in field.counted_values(each)
    }
    assert {each for each in asked if archive.engine.has_value(*each)} == {each for each in asked if oracle.has_value(*each)}
    assert not archive.engine.has_value("nothing", "a")
