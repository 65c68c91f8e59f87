"""Values of keyword fields by the names they are shown with."""

from __future__ import annotations

import pytest

from search.archive import Archive
from search.config.settings import Config, Source, Topic, TypeValue
from search.engines.oracle import OracleEngine
from search.model.document import Document
from search.model.query import Query

CONFIG = Config(
    sources=(Source(path="x"),),
    types=(TypeValue(value="Ideas", label="Opinion", children=("News",)), TypeValue(value="Opinion piece")),
    topics={"china-us": Topic(label="China and the United States"), "us": Topic(label="America"), "america": Topic(label="Both")},
)
DOCUMENTS = [
    Document("a", "A", type="News", topics=("china-us",)),
    Document("b", "B", type="Opinion piece", topics=("us", "china-us")),
    Document("c", "C", topics=("america",)),
]


@pytest.fixture(scope="module")
def archive() -> Archive:
    return Archive(CONFIG, OracleEngine(CONFIG, DOCUMENTS))


@pytest.mark.parametrize(
    ("typed", "ids", "meaning"),
    [
        ("topic:china-us", ["a", "b"], "topic China and the United States"),
        ('topic:"China and the United States"', ["a", "b"], "topic China and the United States"),
        ("topic:china-and-the-united-STATES", ["a", "b"], "topic China and the United States"),
        ('-topic:"China and the United States"', ["c"], "not topic China and the United States"),
        ("topic:us OR topic:both", ["b", "c"], "topic America or topic Both"),
        ("topic:america", ["c"], "topic Both"),
        ("type:opinion", ["a"], "type Opinion"),
        ("type:none", ["c"], "no type stated"),
        ("type:bogus", [], "type bogus"),
    ],
)
def test_a_value_is_understood_by_itself_and_by_the_label_it_is_shown_with(archive, typed, ids, meaning):
    page = archive.search(Query(typed))
    assert sorted(hit.document.id for hit in page.hits) == ids
    assert [part.meaning for part in page.reading.parts] == [meaning]
