"""One thing by its many names: initials for a full name, an acronym in two pieces, two things set side by side."""

from __future__ import annotations

import pytest

from search.archive import Archive
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


@pytest.mark.parametrize("text", ["CHN", "chn", "INDAI"])
def test_an_acronym_that_no_document_has_is_not_corrected(archive: Archive, text: str) -> None:
    assert archive.search(Query(text)).ran == "as typed"
