"""Quotations with mistakes, or cut short: most of their words are searched if no document has all of them."""

from __future__ import annotations

import pytest

from search.archive import Archive
from search.config.settings import Config, Source
from search.engines.oracle import OracleEngine
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
        ("The summits provide a forum for the war", "most words", ["summits", "list"]),  # four words that ask
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


def test_the_document_that_a_long_passage_is_from_is_first_though_a_longer_one_has_its_words_more_often() -> None:
    quoted = "The summits provide a crucial forum for building actions in cyberspace and states send their best people to them."
    passage = f"Somebody once wrote this to me and I would like to find it again before it is late: {quoted}"
    config = Config(sources=(Source(path="x"),))
    scattered = " ".join(sorted(passage.lower().split()) * 2)
    archive = Archive(config, OracleEngine(config, [Document("all", scattered), Document("quoted", sections=(Section(quoted),))]))
    assert [hit.document.id for hit in archive.search(Query(passage)).hits] == ["quoted", "all"]
