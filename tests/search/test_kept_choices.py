"""The searches to run for a query are decided once for each generation, and kept for its other pages and filters."""

from __future__ import annotations

import pytest
from engine_counting import CountedOracle

from search.archive import Archive
from search.choices import LONGEST_KEPT, MOST_KEPT
from search.config.settings import Config, Source
from search.model.dates import parse_edtf
from search.model.document import Document, Section
from search.model.query import Query, Selection

CONFIG = Config(sources=(Source(path="x"),))
DOCUMENTS = [
    Document("a", "The public core", type="Report", date=parse_edtf("2013-04-05"), sections=(Section("China, undersea cables"),)),
    Document("b", "Cyber norms", type="News", date=parse_edtf("2011-12-22"), sections=(Section("Trade, and Huawei of China."),)),
    Document("c", "Norms of China", type="News", date=parse_edtf("2016"), sections=(Section("A treaty on cables."),)),
]
TEXTS = ("china norms", "huawie", "huawie cables", "china norms treaty zebra", "zebra giraffe", "news before 2014", "b", "")
NEWS = (Selection("type", ("News",)),)


@pytest.fixture
def archive() -> Archive:
    return Archive(CONFIG, CountedOracle(CONFIG, DOCUMENTS))


@pytest.mark.parametrize("text", TEXTS)
def test_a_search_that_is_asked_again_answers_as_if_it_were_new(archive, text):
    asked = [
        Query(text, NEWS),
        Query(text),
        Query(text, since="2012"),
        Query(text, is_exact=True),
        Query(text, per_page=1, page=2),
    ]
    for query in (*asked, *asked[::-1]):
        assert archive.search(query) == Archive(CONFIG, archive.engine).search(query)


def test_words_are_corrected_once_for_all_pages_and_filters(archive):
    archive.search(Query("huawie cables"))
    archive.engine.forget()
    assert archive.search(Query("huawie cables", NEWS)).ran == "most words"
    assert archive.engine.corrected == 0
    assert archive.engine.word_searches == 1


def test_names_are_looked_up_once_for_all_filters(archive):
    archive.search(Query("china norms"))
    archive.engine.forget()
    archive.search(Query("china norms", NEWS))
    assert (archive.engine.looked_up, archive.engine.word_searches) == (0, 1)


def test_what_runs_is_found_out_anew_for_a_new_generation(archive):
    assert archive.search(Query("huawie")).ran == "corrected"
    archive.engine.update([Document("d", "Huawie")], [])
    page = archive.search(Query("huawie"))
    assert (page.ran, [hit.document.id for hit in page.hits]) == ("as typed", ["d"])


def kept_texts(archive):
    return [text for text, _, _ in archive._choices._kept]


def test_the_choices_kept_are_bounded_by_the_characters_of_their_texts(archive):
    asked = [f"china norms {number}" for number in range(1000)]
    for text in asked:
        archive.count(Query(text))
    kept = kept_texts(archive)
    assert kept == asked[-len(kept) :]
    assert 500 < len(kept) < 1000
    for number in range(150):
        archive.count(Query(f"{number} ".rjust(LONGEST_KEPT - 5, "x") + "norms"))
        assert sum(map(len, kept_texts(archive))) < archive._choices.characters <= MOST_KEPT
    assert len(kept_texts(archive)) < 100


def test_the_choice_of_a_long_text_is_not_kept(archive):
    archive.count(Query("china"))
    archive.count(Query("china " * 50))
    assert kept_texts(archive) == ["china"]


def test_what_was_asked_last_is_kept_longest(archive):
    archive.count(Query("china"))
    for number in range(1000):
        archive.count(Query(f"norms {number}"))
        if number % 100 == 0:
            archive.count(Query("china"))
    assert "china" in kept_texts(archive)


def test_a_marker_is_kept_for_a_search_that_is_asked_again(archive):
    def kept():
        return archive._choice(Query("china")).marker

    archive.search(Query("china"))
    assert kept() is None
    archive.search(Query("china", page=2))
    assert (marker := kept()) is not None
    archive.search(Query("china", NEWS))
    assert kept() is marker
