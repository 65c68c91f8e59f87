"""One thing by its many names: initials for a full name, an acronym in two pieces, two things set side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.archive import Archive
from search.config.settings import Config, Source
from search.engines.oracle import OracleEngine
from search.model.document import Document, Person, Section
from search.model.query import Query

DOCUMENTS = [
    Document("report", "On norms", people=(Person("John Edward Savage"),)),
    Document("welcome", "The staff welcomes John Edward Savage"),
    Document("other", "Jim Savage writes"),
    Document("experts", "Experts", sections=(Section("The United Nations Group of Governmental Experts sat in Geneva."),)),
    Document("both", "China and India compared"),
    Document("one", "China alone"),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("J. Savage", {"report", "welcome"}),
        ("Savage, J. E.", {"report", "welcome"}),
        ("UN GGE", {"experts"}),
        ("China vs. India", {"both"}),
        ("china versus india", {"both"}),
    ],
)
def test_what_a_name_finds(archive: Archive, text: str, found: set[str]) -> None:
    page = archive.search(Query(text))
    assert (page.ran, {hit.document.id for hit in page.hits}) == ("as typed", found)


def test_a_name_of_several_words_that_nothing_has_is_taken_apart(tmp_path: Path) -> None:
    synonyms = tmp_path / "synonyms.txt"
    synonyms.write_text("nuclear facility, nuclear plant\n")
    config = Config(sources=(Source(path="x"),), synonyms=str(synonyms))
    archive = Archive(config, OracleEngine(config, [Document("safe", "Nuclear safety"), Document("hall", "A town hall")]))
    page = archive.search(Query("nuclear facilities"))
    assert (page.ran, [hit.document.id for hit in page.hits]) == ("most words", ["safe"])


@pytest.mark.parametrize("text", ["CHN", "chn", "INDAI"])
def test_an_acronym_that_no_document_has_is_not_corrected(archive: Archive, text: str) -> None:
    assert archive.search(Query(text)).ran == "as typed"
