"""Lines that are proposed for the file of synonyms, with their evidence."""

from __future__ import annotations

import pytest

from indexer.synonym_proposals import propose_acronyms, propose_from_searches
from search.model.document import Document, Section
from search.text.analysis import Analyzer
from search.text.synonyms import Synonyms

ANALYZER = Analyzer("en")
NONE = Synonyms(ANALYZER)


def document(number: int, text: str) -> Document:
    return Document(f"d{number}", "A report", sections=(Section(text),))


def test_the_long_form_that_most_documents_define_is_proposed() -> None:
    documents = [
        document(1, "the Digital Analytics Program (DAP)"),
        document(2, "the Digital Analytics Program (DAP)"),
        document(3, "Data Access Plan (DAP)"),
    ]
    assert [str(one) for one in propose_acronyms(documents, NONE)] == [
        "DAP, Digital Analytics Program  # defined in 2 documents, first in d1"
    ]


def test_an_acronym_of_one_document_counts_where_it_is_the_initials() -> None:
    documents = [document(1, "the Internet of Things (IoT)"), document(2, "the EastWest Institute (EWI)")]
    assert [one.line for one in propose_acronyms(documents, NONE)] == ["IOT, Internet of Things"]


def test_what_is_listed_already_is_not_proposed() -> None:
    known = Synonyms(ANALYZER, {("iot",): ("Internet of Things",)})
    assert propose_acronyms([document(1, "the Internet of Things (IoT)")], known) == []


TOTALS = {"submarine cables": 0, "undersea cables": 3, "cabels": 0, "cables": 3, "whales": 0, "tariffs": 0, "undersea tariffs": 1}


@pytest.mark.parametrize(
    ("searches", "lines"),
    [
        (["submarine cables", "undersea cables"], ["submarine => undersea"]),
        (["undersea cables", "submarine cables"], []),  # the first found something
        (["cabels", "cables"], []),  # a corrected spelling
        (["whales", "cables"], []),  # another question
        (["submarine cables", "tariffs", "undersea cables"], []),  # not at once
    ],
)
def test_a_search_that_is_asked_again_in_other_words_names_a_synonym(searches: list[str], lines: list[str]) -> None:
    assert [one.line for one in propose_from_searches(searches, TOTALS.__getitem__, NONE, ANALYZER)] == lines


def test_the_evidence_says_what_was_searched_and_how_often() -> None:
    searches = ["submarine cables", "undersea cables"] * 2
    (proposal,) = propose_from_searches(searches, TOTALS.__getitem__, NONE, ANALYZER)
    assert proposal.evidence == "“submarine cables” found nothing, then “undersea cables” found 3 (2 times)"
