"""Questions of which no document has half of the words: what is only told, the person named, a request for "the one on"."""

from __future__ import annotations

import pytest

from search.archive import Archive
from search.config.settings import Config, Source
from search.engines.oracle import OracleEngine
from search.model.document import Document, Person, Section
from search.model.query import Query

DOCUMENTS = [
    Document("jaws", "Jaws and nuclear weapons", type="Commentary", sections=(Section("A war in cyberspace."),)),
    Document("restraint", "Restraint", people=(Person("Mohamed ElBaradei"),)),
    Document("norms", "A forum for norms", people=(Person("John Savage"),)),
    Document("one", "One protocol of the digital economy"),
    Document("economy", "The digital economy"),
]


@pytest.fixture(scope="module")
def archive() -> Archive:
    config = Config(sources=(Source(path="x"),))
    return Archive(config, OracleEngine(config, DOCUMENTS))


def find_ids(archive: Archive, text: str) -> list[str]:
    return [hit.document.id for hit in archive.search(Query(text)).hits]


@pytest.mark.parametrize(
    "text",
    [
        "I vaguely remember that somebody once compared the movie Jaws with nuclear weapons, can you find it?",
        "my teacher mentioned something from last winter about jaws, nuclear weapons and maybe football",
    ],
)
def test_what_is_only_told_need_not_be_in_a_document(archive, text):
    assert find_ids(archive, text) == ["jaws"]
    assert archive.search(Query(text)).ran == "most words"


@pytest.mark.parametrize(
    "text",
    [
        "does anybody know whether elephants can be trained to play football in the garden of a museum?",
        "I would like to know how hospitals in Germany deal with war and with ransomware on their patients and doctors",
        "football museum garden",
    ],
)
def test_a_question_off_topic_finds_nothing(archive, text):
    assert find_ids(archive, text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nobel laureate ElBaradei", ["restraint"]),
        ("nobel peace prize laureate elbaradei", ["restraint"]),
        ("Prof. Savage (Brown University)", ["norms"]),
        ("savage attacks everywhere", []),  # a word of every day without a title before it
        ("Nobel laureate Einstein", []),
    ],
)
def test_a_person_is_found_beside_words_that_no_document_has(archive, text, found):
    assert find_ids(archive, text) == found


@pytest.mark.parametrize(
    "text", ["Nobel laureate ElBaradei before 1990", "commentary by ElBaradei on peace", "ElBaradei in early 1990"]
)
def test_a_person_is_not_found_outside_the_date_and_type_typed(archive, text):
    page = archive.search(Query(text))
    assert (page.total, page.ran) == (0, "as typed")


def test_each_document_of_the_person_says_what_it_lacks(archive):
    (hit,) = archive.search(Query("Nobel laureate ElBaradei")).hits
    assert hit.lacks == ("Nobel", "laureate")


@pytest.mark.parametrize(
    "text", ["the one about the digital economy", "that article on the digital economy", "ones on digital economy"]
)
def test_the_one_is_any_document(archive, text):
    page = archive.search(Query(text))
    assert (page.hits[0].document.id, page.ran) == ("economy", "as typed")


def test_one_is_a_word_elsewhere(archive):
    assert find_ids(archive, "one digital economy") == ["one"]


def test_most_of_the_words_are_what_one_document_has_of_those_that_are_left():
    document = Document("forms", "Findings", sections=(Section("The last and the first."),))
    archive = Archive(Config(sources=(Source(path="x"),)), OracleEngine(Config(sources=(Source(path="x"),)), [document]))
    page = archive.search(Query("except find zebra last first type month year: giraffe"))
    assert page.ran == "as typed" or page.total, "“find” is left out as a word that no document has, but one has a form of it"
