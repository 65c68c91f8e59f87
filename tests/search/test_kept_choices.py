"""The searches to run for a query are decided once for each generation, and kept for its other pages and filters."""

from __future__ import annotations

import pytest
from engine_counting import CountedOracle

from search import choices
from search.archive import Archive
from search.config.settings import Config, Source
from search.model.dates import parse_edtf
from search.model.document import Document, Section
from search.model.query import Query, Selection
from search.model.sentences import to_data

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
    _, kept = archive._choices._kept
    return [key[1:] for key in kept._kept]


def test_so_many_bytes_of_choices_are_kept_those_asked_last(archive, monkeypatch):
    monkeypatch.setattr(choices, "MOST_KEPT", 100_000)
    asked = [f"china norms {number}" for number in range(400)]
    for number, text in enumerate(asked):
        archive.count(Query(text))
        if number % 50 == 0:
            archive.count(Query(asked[0]))
    kept = kept_texts(archive)
    assert 50 < len(kept) < 200
    assert kept[-20:] == asked[-20:]
    assert asked[0] in kept
    assert archive._choices._kept[1].size <= 100_000


def test_what_is_kept_is_that_of_one_generation(archive):
    archive.search(Query("china"))
    archive.engine.update([Document("d", "Huawie")], [])
    archive.search(Query("norms"))
    assert kept_texts(archive) == ["norms"]


@pytest.mark.parametrize("text", ["china \ud800", "type:\ud800 china", "title:\ud800 china", "people:\ud800 OR china"])
def test_half_of_a_surrogate_pair_is_answered_again(archive, text):
    assert archive.search(Query(text)) == archive.search(Query(text))


def test_the_sentences_of_a_reading_can_still_be_translated(archive):
    for text in ("news before 2014", "china OR norms", "type:news not mentioned", "44 BC", "date: 44 BC"):
        first, again = (archive.search(Query(text)).reading for _ in range(2))
        assert again == first
        spelled = [
            [to_data(part.meaning) for part in reading.parts] + [*map(to_data, reading.notices)] for reading in (first, again)
        ]
        assert spelled[0] == spelled[1]


def test_a_marker_begins_with_what_one_learnt_before_it(archive):
    archive.count(Query("norm"))
    assert archive._choices.find("norm", False, archive.engine.current().id).learnt == {}
    archive.search(Query("norms"))
    assert archive._choices.find("norms", False, archive.engine.current().id).learnt["norms"] == (0, 5)
    assert archive.search(Query("norms")) == Archive(CONFIG, archive.engine).search(Query("norms"))
