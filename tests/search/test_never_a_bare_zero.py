"""What runs when the words as typed find nothing: the corrected words, or most of them, decided by the words alone."""

from __future__ import annotations

import pytest

from search.archive import Archive
from search.config.settings import Config, Source
from search.engines.oracle import OracleEngine
from search.model.dates import parse_edtf
from search.model.document import Document, Section
from search.model.query import Query

DOCUMENTS = [
    Document("a", "The public core", type="Report", date=parse_edtf("2013-04-05"), sections=(Section("China, undersea cables"),)),
    Document("b", "Cyber norms", type="News", date=parse_edtf("2011-12-22"), sections=(Section("Trade, and Huawei of China."),)),
    Document("c", "Norms of China", type="News", date=parse_edtf("2016"), sections=(Section("A treaty on cables."),)),
]


@pytest.mark.parametrize(
    ("text", "ran", "found"),
    [
        ("china norms", "as typed", "bc"),
        ("huawie", "corrected", "b"),
        ("undrsea cables", "corrected", "a"),
        ("huaweitrade", "corrected", "b"),
        ("china norms treaty zebra", "most words", "c"),
        ("huawie cables", "most words", "abc"),
        ("china norms zebra -treaty", "most words", "b"),
        ("zebra giraffe china", "as typed", ""),
        ("zebra", "as typed", ""),
        ("", "as typed", "abc"),
    ],
)
def test_what_runs(archive, text, ran, found):
    page = archive.search(Query(text))
    assert (page.ran, "".join(sorted(hit.document.id for hit in page.hits))) == (ran, found)
    assert page.total == len(page.hits)
    assert page.typed_total == (page.total if ran == "as typed" else 0)
    assert page.query.text == text


@pytest.mark.parametrize(
    ("text", "ran", "typed_total", "found"),
    [
        ("which norms of china are a treaty on cables?", "as typed", 1, "c"),  # as many have most of the words
        ("which norms did china trade", "most words", 1, "bc"),
        ("norms china trade", "as typed", 1, "b"),  # no question
        ("who trades with china?", "as typed", 1, "b"),  # two words to ask for
    ],
)
def test_a_question_asks_for_most_of_its_words_where_hardly_any_document_has_them_all(archive, text, ran, typed_total, found):
    page = archive.search(Query(text))
    assert (page.ran, page.typed_total, "".join(sorted(hit.document.id for hit in page.hits))) == (ran, typed_total, found)


def test_a_sentence_with_a_quotation_in_it_asks_for_most_of_its_words(archive):
    page = archive.search(Query('the public core of china has many "cables under the sea" and the zebra public'))
    assert (page.ran, page.hits[0].document.id) == ("most words", "a")


@pytest.mark.parametrize("text", ["huawie", "china norms treaty zebra"])
def test_filters_never_decide_what_runs(archive, text):
    ran = archive.search(Query(text)).ran
    for kind in ("News", "Report", "Podcast"):
        assert archive.search(Query(text).with_selection("type", [kind])).ran == ran
    assert archive.search(Query(text, since="2015")).ran == ran
    assert archive.search(Query(text, sort="oldest", page=2)).ran == ran


def test_an_exact_search_is_neither_corrected_nor_loosened(archive):
    for text in ("huawie", "china norms treaty zebra"):
        page = archive.search(Query(text, is_exact=True))
        assert (page.ran, page.total) == ("as typed", 0)


def test_each_hit_of_most_words_says_what_it_lacks(archive):
    page = archive.search(Query("china norms treaty zebra"))
    assert [hit.lacks for hit in page.hits] == [("zebra",)]


def test_all_documents_of_a_search_are_those_of_what_runs(archive):
    for text in ("huawie", "china norms treaty zebra", "china"):
        assert len(list(archive.every(Query(text)))) == archive.search(Query(text)).total > 0


SENTENCE = "Undersea cables carry nearly all traffic between continents and markets"


@pytest.fixture(scope="module")
def sentences() -> Archive:
    config = Config(sources=(Source(path="x"),))
    scattered = " ".join(f"{word} other" for word in SENTENCE.lower().replace("markets", "bananas").split())
    documents = [
        Document("quoted", sections=(Section(f"{SENTENCE}."),)),
        Document("scattered", date=parse_edtf("2013"), sections=(Section(scattered),)),
        Document("half", sections=(Section("Undersea cables carry all traffic."),)),
        Document("less", sections=(Section("Cables between markets"),)),
    ]
    return Archive(config, OracleEngine(config, documents))


@pytest.mark.parametrize(
    ("text", "ran", "found", "all_words"),
    [
        (SENTENCE, "as typed", ["quoted"], 1),
        (SENTENCE.replace("nearly", "almost"), "most words", ["quoted", "half", "scattered"], 0),
        (SENTENCE.replace("markets", "bananas"), "most words", ["quoted", "half", "scattered"], 1),
        (SENTENCE.replace("cables", "cabels").replace("nearly", "almost"), "most words", ["quoted", "half", "scattered"], 0),
    ],
)
def test_a_pasted_sentence_finds_documents_with_half_of_its_words(sentences, text, ran, found, all_words):
    page = sentences.search(Query(text))
    assert (page.ran, [hit.document.id for hit in page.hits]) == (ran, found)
    assert (page.total, page.typed_total) == (len(found), all_words)
    assert sum(not hit.lacks for hit in page.hits) == all_words


def test_the_documents_with_all_words_of_a_sentence_are_counted_under_the_filters(sentences):
    text = SENTENCE.replace("markets", "bananas")
    assert sentences.search(Query(text, since="2013")).typed_total == 1
    assert sentences.search(Query(text, since="2014")).typed_total == 0


def test_the_words_that_a_sentence_was_corrected_to_are_reported(sentences):
    typed = SENTENCE.replace("cables", "cabels").replace("nearly", "almost")
    assert sentences.search(Query(typed)).ran_text == typed.replace("cabels", "cables")
    assert sentences.search(Query(SENTENCE)).ran_text == ""
