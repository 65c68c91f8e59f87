"""Nothing is read as its opposite: what is left out in words, and times before or after others."""

from __future__ import annotations

import pytest

from search.archive import Archive
from search.config.settings import Config, Source, TypeValue
from search.engines.oracle import OracleEngine
from search.model.dates import parse_edtf
from search.model.document import Document, Section
from search.model.query import Query

DOCUMENTS = [
    Document("spying", "China and spying", type="News", date=parse_edtf("2012")),
    Document("trade", "China and trade", type="Podcast", date=parse_edtf("2013")),
    Document("treaty", "A treaty with China", type="News", date=parse_edtf("2014")),
    Document("doctors", "Doctors without borders", type="News", sections=(Section("On medicine and trade."),)),
]


@pytest.fixture(scope="module")
def archive() -> Archive:
    config = Config(sources=(Source(path="x"),), types=(TypeValue(value="News"), TypeValue(value="Podcast")))
    return Archive(config, OracleEngine(config, DOCUMENTS))


def ids(archive: Archive, text: str) -> set[str]:
    return {hit.document.id for hit in archive.search(Query(text)).hits}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("china without spying", {"trade", "treaty"}),
        ("china but not spying", {"trade", "treaty"}),
        ("china not spying", {"trade", "treaty"}),
        ("China, not spying", {"trade", "treaty"}),
        ("china except spying and trade", {"treaty"}),
        ("china but skip the spying", {"trade", "treaty"}),
        ("china ohne spying", {"trade", "treaty"}),
        ("China, and I don’t mean spying", {"trade", "treaty"}),
        ("china, don't include spying", {"trade", "treaty"}),
        ('china but not "china and trade"', {"spying", "treaty"}),
        ("china other than podcasts", {"spying", "treaty"}),
        ("china but no spying", {"trade", "treaty"}),
        ("china, no spying", {"trade", "treaty"}),
        ("news; no spying", {"treaty", "doctors"}),
        ("china, nothing on spying", {"trade", "treaty"}),
        ("everything except news", {"trade"}),
        ("except news", {"trade"}),
        ("exclude podcasts", {"spying", "treaty", "doctors"}),
        ("don't show podcasts", {"spying", "treaty", "doctors"}),
        ("do not show news", {"trade"}),
        ("nothing on china", {"doctors"}),
        ("not about china", {"doctors"}),
        ("no china, no medicine", set()),
        ("without spying and without trade", {"treaty"}),
        ("no later than 2012 china", {"spying"}),
        ("no earlier than 2013", {"trade", "treaty"}),
        ("not before:2013", {"trade", "treaty", "doctors"}),
        ('without "china and trade"', {"spying", "treaty", "doctors"}),
        ("isn't about china", {"doctors"}),
        ("isn’t about china", {"doctors"}),
        ("news that don’t mention spying", {"treaty", "doctors"}),
        ("news that don‘t mention spying", {"treaty", "doctors"}),
        ("news which doesnʼt mention spying", {"treaty", "doctors"}),
        ("don’t show podcasts", {"spying", "treaty", "doctors"}),
        ("news that never mention spying", {"treaty", "doctors"}),
        ("china but neither spying nor trade", {"treaty"}),
        ("not china spying", {"trade", "treaty", "doctors"}),
        ("not spying or trade", {"treaty"}),
        ("not (spying OR trade)", {"treaty"}),
        ("not (spying or trade)", {"treaty"}),
        ("not(spying)", {"trade", "treaty", "doctors"}),
        ("not podcasts or spying", {"treaty", "doctors"}),
        ("not news china", {"trade"}),
        ("not 2013 china", {"spying", "treaty"}),
        ("china not spying not podcasts", {"treaty"}),
        ("china not only trade", {"trade"}),
        ("!podcasts", {"spying", "treaty", "doctors"}),
        ("china type:-podcast", {"spying", "treaty"}),
        ("do not mention china", {"doctors"}),
        ("title:(china -spying)", {"trade", "treaty"}),
        ("title:(china AND NOT spying)", {"trade", "treaty"}),
        ("type:(NOT news)", {"trade"}),
        ("china -<b>spying</b>", {"trade", "treaty"}),
        ("china -spying,trade", {"treaty"}),
        ("china -spying[ti]", {"trade", "treaty"}),
        ("china -before:2014", {"treaty"}),
        ("without exit", set()),  # it excludes nothing, so it may be a title
        ("hide and seek", set()),
        ("nothing after 2012", {"spying", "doctors"}),
        ("china, nothing after 2012", {"spying"}),
        ("except for podcasts", {"spying", "treaty", "doctors"}),
        ("neither spying nor podcasts", {"treaty", "doctors"}),
        ("news that do not mention spying", {"treaty", "doctors"}),
        ("news that aren't about spying", {"treaty", "doctors"}),
        ("china from:2013 to:2013", {"trade"}),
        ("china year:2013-", {"trade", "treaty"}),
        ("no podcasts", {"spying", "treaty", "doctors"}),
        ("without podcasts", {"spying", "treaty", "doctors"}),
        ("without spying", {"trade", "treaty", "doctors"}),
        ("not china", {"doctors"}),
        ("not 2013", {"spying", "treaty", "doctors"}),
        ("not in 2013", {"spying", "treaty", "doctors"}),
        ("china type:news -spying", {"treaty"}),
        ("china before:2013", {"spying"}),
        ("china year < 2013", {"spying"}),
        ("china year>2013", {"treaty"}),
        ("china after:2012-12-31", {"trade", "treaty"}),
        ("anything but news", {"trade"}),
        ("news not about spying", {"treaty", "doctors"}),
        ("news that are not about spying", {"treaty", "doctors"}),
        ("everything but podcasts", {"spying", "treaty", "doctors"}),
        ("china not in 2013", {"spying", "treaty"}),
        ("china minus spying", {"trade", "treaty"}),
        ("china nor spying", {"trade", "treaty"}),
        ("china, but please nothing about spying", {"trade", "treaty"}),
        ("china w/o spying", {"trade", "treaty"}),
        ("china (no spying)", {"trade", "treaty"}),
        ("no news china", {"trade"}),
        ("china except 2013", {"spying", "treaty"}),
        ("china without 2012 and 2013", {"treaty"}),
        ("news except 2012", {"treaty", "doctors"}),
        ("news without spying", {"treaty", "doctors"}),
        ("china not after 2013", {"spying", "trade"}),
        ("china older than 2013", {"spying"}),
        ("china from 2013 on", {"trade", "treaty"}),
    ],
)
def test_what_is_left_out_in_words_is_not_found(archive: Archive, text: str, found: set[str]) -> None:
    assert ids(archive, text) == found


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
@pytest.mark.parametrize("text", ["china without the spying or trade", "china ohne das spying und trade"])
def test_the_words_around_a_connector_may_be_of_another_language_too(language: str, text: str) -> None:
    config = Config(sources=(Source(path="x"),), language=language)
    assert ids(Archive(config, OracleEngine(config, DOCUMENTS)), text) == {"treaty"}


def test_what_is_left_out_is_shown_and_can_be_taken_back(archive: Archive) -> None:
    parts = archive.search(Query("china without spying")).reading.parts
    assert [(part.meaning, part.rest) for part in parts if not part.is_plain] == [("without the word spying", "china")]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("not china spying", "china"),  # either may be meant
        ("not china spying trade medicine treaty", "china"),
        ("not -china", "china"),
        ("-not china", "china"),
        ("-(not china)", "china"),
        ("- china", "china"),
        ("! china", "china"),
        ("— type:news", "type:news"),
        ("not entry-2014-01-31", "entry-2014-01-31"),
        ("who did not write about china", "china"),
        ("which news don’t mention china", "china"),
        ("what news is never about china?", "china"),
        ("news in which china is not mentioned", "china"),
        ("news lacking china", "china"),
        ("who isn’t china", "china"),
        ("china without trade", ""),
        ("china -trade", ""),
        ("china – trade", ""),
        ("china not only trade", ""),
    ],
)
def test_where_an_exclusion_may_be_meant_the_page_says_how_to_write_it(archive: Archive, text: str, word: str) -> None:
    notices = archive.search(Query(text)).reading.notices
    assert notices == ((f"To leave out documents with a word, write a minus before it: -{word}.",) if word else ())


def test_a_connector_before_another_conjunction_leaves_nothing_out(archive: Archive) -> None:
    assert ids(archive, "hide and spying") == {"spying"}


def test_the_document_of_an_id_can_be_left_out() -> None:
    config = Config(sources=(Source(path="x"),))
    archive = Archive(config, OracleEngine(config, [Document("entry-2014-01-31", "China"), Document("entry-2", "China")]))
    assert ids(archive, "china -entry-2014-01-31") == ids(archive, "-entry-2014-01-31") == {"entry-2"}


def test_a_title_with_such_words_is_found(archive: Archive) -> None:
    assert ids(archive, "doctors without borders") == {"doctors"}


@pytest.mark.parametrize(
    "text", ["before 2012", "china before 2012", "china older than 2012", "chnia before 2012", "2015 or later"]
)
def test_a_time_without_documents_finds_none_of_another_time(archive: Archive, text: str) -> None:
    assert ids(archive, text) == set()


def test_a_time_without_documents_can_be_taken_away(archive: Archive) -> None:
    ways = archive.search(Query("china before 2012")).ways_out
    assert [(way.query.text, way.total) for way in ways] == [("china", 3)]


@pytest.mark.parametrize(
    ("text", "found"),
    [("chnia in 2013", {"trade"}), ("chnia since 2013", {"trade", "treaty"}), ("spyng without trade", {"spying"})],
)
def test_a_misspelt_word_beside_what_was_understood_is_corrected(archive: Archive, text: str, found: set[str]) -> None:
    page = archive.search(Query(text))
    assert (page.ran, {hit.document.id for hit in page.hits}) == ("corrected", found)


@pytest.mark.parametrize(("text", "is_advised"), [("Attention ! danger", True), ("china ! spam", False), ("danger ! of war", False)])
def test_a_mark_before_the_last_word_excludes_it_or_gives_advice(archive: Archive, text: str, is_advised: bool) -> None:
    notices = archive.search(Query(text)).reading.notices
    assert any("minus" in str(notice) for notice in notices) == is_advised


@pytest.mark.parametrize("typed", ["SANS Institute", "china SANS training", "minus one"])
def test_names_and_numbers_with_a_word_of_another_meaning_exclude_nothing(archive: Archive, typed: str) -> None:
    assert not any("without" in part.meaning for part in archive.search(Query(typed)).reading.parts)
