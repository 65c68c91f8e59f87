"""Quotations with slips, or cut before their end: most of their words are asked where no document has them so."""

from __future__ import annotations

import pytest

from search.archive import Archive
from search.model.document import Document, Section
from search.model.query import Query
from search.query_language import tree as ql
from search.query_language.parser import parse_text

DOCUMENTS = [
    Document("war", "Sharks, Nuclear Weapons and Cyber War"),
    Document(
        "summits", "Summits", sections=(Section("The summits provide a crucial forum for building actions in cyberspace."),)
    ),
    Document("core", "The public core of war"),
    Document("list", "Forum, war, summits: what they provide"),
]


@pytest.mark.parametrize(
    ("text", "ran", "found"),
    [
        ('"Sharks, Nuclear Weapons and Cyber War"', "as typed", ["war"]),
        ("“Sharks, Nuclear Weapons and Cyber Conflict”", "most words", ["war"]),
        ("“The summits offer a crucial forum for building actions in the world", "most words", ["summits"]),
        ("“The summits provide a crucial forum", "as typed", ["summits"]),
        ("The summits provide a forum for the war", "most words", ["list", "summits"]),  # four words that ask
        ("summits provide forum war", "as typed", ["list"]),
        ('"public war"', "as typed", []),  # two words in quotation marks are meant
        ('"public war', "as typed", []),
    ],
)
def test_what_a_quotation_finds(archive: Archive, text: str, ran: str, found: list[str]) -> None:
    page = archive.search(Query(text))
    assert (page.ran, [hit.document.id for hit in page.hits]) == (ran, found)


def test_a_quotation_mark_that_is_not_closed_begins_a_phrase_of_few_words_alone() -> None:
    assert parse_text('"public core') == ql.All((ql.Phrase("public core"),))
    assert parse_text('"a public core of it') == ql.All(tuple(map(ql.Word, "a public core of it".split())))
    assert parse_text('-"a public core of it') == ql.All((ql.Not(ql.Phrase("a public core of it")),))
