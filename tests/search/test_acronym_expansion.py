"""An acronym in a question also finds the long forms that documents define."""

from __future__ import annotations

import pytest

from search.archive import Archive
from search.config.settings import Config, Source
from search.engines.oracle import OracleEngine
from search.model.document import Document, Section
from search.model.query import Query


def document(name: str, text: str) -> Document:
    return Document(name, f"Paper {name}", sections=(Section(text),))


DOCUMENTS = [
    document("defines", f"The Global Commission on the Stability of Cyberspace (GCSC) met. {'Then much else was said. ' * 40}"),
    document("names", "A report of the Global Commission on the Stability of Cyberspace."),
    document("things", "Cities buy for the Internet of Things now."),
    document("once", "The EastWest Institute (EWI) closed."),
    document("institute", "An EastWest Institute paper."),
    document("data1", "Digital Analytics Program (DAP)"),
    document("data2", "Digital Analytics Program (DAP)"),
    document("data3", "a Data Access Plan (DAP)"),
    document("states", "China and the United States talk."),
    document("experts", "Work of the United Nations Group of Governmental Experts goes on."),
    document("asides", "It is the health of all."),
    Document("titled", "Priority International Communications"),
    Document("summit", "Telephone calls", sections=(Section("Work on priority international communications."),)),
    Document("lobby", "Women’s Electoral Lobby"),
]


@pytest.fixture(scope="module")
def archive() -> Archive:
    config = Config(sources=(Source(path="x"),))
    return Archive(config, OracleEngine(config, DOCUMENTS))


def find_ids(archive: Archive, text: str, is_exact: bool = False) -> set[str]:
    return {hit.document.id for hit in archive.search(Query(text, is_exact=is_exact)).hits}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("GCSC", {"defines", "names"}),
        ("gcsc", {"defines", "names"}),
        ("IoT", {"things"}),  # no document defines it: the initials of Internet of Things
        ("UNGGE", {"experts"}),
        ("GGE", {"experts"}),  # the end of such a name
        ("PIC", {"titled", "summit"}),  # the initials of a title
        ("pic", set()),
        ("WEL", {"lobby"}),
        ("EWI", {"once"}),  # defined once, and not by its initials
        ("DAP", {"data1", "data2", "data3"}),
    ],
)
def test_an_acronym_finds_its_long_form(typed: str, expected: set[str], archive: Archive) -> None:
    assert find_ids(archive, typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("GCSC OR EWI", {"defines", "names", "once"}),
        ("GCSC or IoT", {"defines", "names", "things"}),
        ("(GCSC OR DAP) paper", {"defines", "names", "data1", "data2", "data3"}),
        ('"GCSC" OR "EWI"', {"defines", "once"}),
        ("paper -(GCSC OR DAP)", {"names", "things", "once", "institute", "states", "experts", "asides"}),
    ],
)
def test_alternatives_find_their_long_forms_too(typed: str, expected: set[str], archive: Archive) -> None:
    assert find_ids(archive, typed) == expected


def test_alternatives_are_quoted_each_to_undo_it(archive: Archive) -> None:
    (part,) = archive.search(Query("GCSC OR IoT")).reading.parts
    assert "“internet of things”" in part.meaning
    assert part.rest == '"GCSC" OR "IoT"'
    assert find_ids(archive, part.rest) == {"defines"}


@pytest.mark.parametrize("typed", ["what is GCSC?", "what does GCSC stand for", "who is in the GCSC", "GCSC definition"])
def test_who_asks_what_an_acronym_is_gets_what_defines_it_first(typed: str, archive: Archive) -> None:
    hits = archive.search(Query(typed)).hits
    assert [hit.document.id for hit in hits] == ["defines", "names"]


@pytest.mark.parametrize("typed", ['"GCSC"', "gcsc -commission"])
def test_quoted_it_is_only_itself(typed: str, archive: Archive) -> None:
    assert "names" not in find_ids(archive, typed)


def test_exact_turns_it_off(archive: Archive) -> None:
    assert find_ids(archive, "GCSC", is_exact=True) == {"defines"}


def test_the_long_form_that_most_documents_define_is_meant(archive: Archive) -> None:
    (part,) = archive.search(Query("DAP")).reading.parts
    assert "digital analytics program" in part.meaning


def test_names_that_a_hyphen_joins_are_found_apart(archive: Archive) -> None:
    assert find_ids(archive, "States-China") == {"states"}
