"""Completions of typed text, also misspelt: each was run and finds documents."""

from __future__ import annotations

import pytest

from search.archive import Archive
from search.completions import Completions
from search.model.document import Document, Person
from search.model.query import Query

DOCUMENTS = [
    Document("a", "Huawei’s Take on Spying", people=(Person("Bruce McConnell"),)),
    Document("b", "Cyber Insurance"),
    Document("c", "Cyber norms of Congress"),
]


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("huaw", "Huawei’s Take on Spying"),
        ("huwa", "Huawei’s Take on Spying"),  # two letters changed places
        ("hauwei", "Huawei’s Take on Spying"),
        ("insrua", "Cyber Insurance"),
        ("cybr insu", "Cyber Insurance"),  # a slip in the word before
        ("cyber insurence", "Cyber Insurance"),
        ("mconn", "Bruce McConnell"),
    ],
)
def test_a_beginning_with_a_slip_is_completed(archive: Archive, typed: str, completed: str) -> None:
    assert completed in [one.text for one in Completions(archive).complete(typed)]


@pytest.mark.parametrize("typed", ["hwa", "zzzz", "x", "", "12345", "congressional zzzz"])
def test_short_or_strange_beginnings_are_not_corrected(archive: Archive, typed: str) -> None:
    assert Completions(archive).complete(typed) == []


@pytest.mark.parametrize("typed", ["huwa", "cybr", "cybr insu", "cyber n", "mcconel"])
def test_every_completion_leads_to_as_many_documents_as_it_says(archive: Archive, typed: str) -> None:
    for one in Completions(archive).complete(typed):
        if one.kind == "word":
            page = archive.search(Query(one.key))
            assert (page.total, page.ran) == (one.total, "as typed")


def test_few_words_are_looked_up(archive: Archive) -> None:
    engine = archive.engine
    for typed in ("cybr insu", "zzzz yyyy xxxx wwww vvvv", "hwuaei " * 40):
        engine.forget()
        Completions(archive).complete(typed)
        assert engine.looked_up <= 200
