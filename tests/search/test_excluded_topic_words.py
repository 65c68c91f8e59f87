"""An excluded word that is also in the label of a topic: which documents it excludes, and what is offered if none remains."""

from __future__ import annotations

import pytest
from engine_counting import CountedOracle

from search.answering import MOST_FURTHER
from search.archive import Archive
from search.config.settings import Config, Source, Topic
from search.model.document import Document, Section
from search.model.query import Query

DOCUMENTS = [
    Document("take", "A take on spying", topics=("china-us",)),
    Document("behind", "Who is behind spying in China?", topics=("china-us",)),
    Document("text", "Spying and trade", topics=("china-us",), sections=(Section("It began in China."),)),
    Document("treaty", "A treaty on trade", topics=("china-us",)),
    Document("cables", "Cables and ports"),
]


@pytest.fixture
def engine() -> CountedOracle:
    return CountedOracle(_config(), DOCUMENTS)


@pytest.fixture
def archive(engine: CountedOracle) -> Archive:
    return Archive(_config(), engine)


def _config() -> Config:
    return Config(sources=(Source(path="x"),), topics={"china-us": Topic(label="China and the United States")})


@pytest.mark.parametrize("text", ["spying -china", "spying NOT china", "spying not china", "spying without china"])
def test_where_nothing_remains_documents_with_the_word_in_a_topic_alone_are_found(archive: Archive, text: str) -> None:
    page = archive.search(Query(text))
    assert [hit.document.id for hit in page.hits] == ["take"]
    assert page.total == page.typed_total == 1
    assert any("only in their topics or type" in notice for notice in page.reading.notices)


def test_words_excluded_together_are_looked_for_together(archive: Archive) -> None:
    page = archive.search(Query("spying -(china states)"))
    assert {hit.document.id for hit in page.hits} == {"take", "behind", "text"}
    assert any("“china states”" in notice for notice in page.reading.notices)


def test_where_something_remains_the_word_is_looked_for_everywhere(archive: Archive) -> None:
    page = archive.search(Query("and -china"))
    assert [hit.document.id for hit in page.hits] == ["cables"]
    assert not page.reading.notices


@pytest.mark.parametrize("text", ["spying trade -china", "spying trade not china"])
def test_documents_that_have_the_word_in_their_own_text_are_never_found(archive: Archive, text: str) -> None:
    assert archive.search(Query(text)).total == 0


def test_an_exact_search_finds_nothing(archive: Archive) -> None:
    assert archive.search(Query("spying -china", is_exact=True)).total == 0


def test_filters_do_not_decide_what_is_left_out(archive: Archive) -> None:
    page = archive.search(Query("spying -china", since="2012"))
    assert page.total == 0
    assert any(way.kind == "without_filters" and way.total == 1 for way in page.ways_out)


@pytest.mark.parametrize("text", ["cables -ports", "cables not ports", "cables NOT ports"])
def test_where_nothing_is_left_the_search_without_the_exclusion_is_offered_first(archive: Archive, text: str) -> None:
    page = archive.search(Query(text))
    assert page.total == 0
    assert [(way.query.text, way.total) for way in page.ways_out][:1] == [("cables", 1)]


@pytest.mark.parametrize("text", ["spying -china", "trade spying not china", "spying treaty -china -united"])
def test_few_searches_are_made(archive: Archive, engine: CountedOracle, text: str) -> None:
    archive.search(Query(text))
    assert engine.word_searches <= 1 + MOST_FURTHER
