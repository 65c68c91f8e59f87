"""The searches to run for a query are decided once for each generation, and kept for its other pages and filters."""

from __future__ import annotations

import pytest
from engine_counting import CountedOracle

from search.archive import Archive
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
    asked = [Query(text, NEWS), Query(text), Query(text, since="2012"), Query(text, is_exact=True), Query(text, per_page=1, page=2)]
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


def test_few_and_short_searches_are_kept(archive):
    for number in range(600):
        archive.count(Query(f"china {number}"))
    kept = archive._kept_choice.cache_info().currsize
    archive.count(Query("china " * 50))
    assert archive._kept_choice.cache_info().currsize == kept == 512
