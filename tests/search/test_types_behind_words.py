"""A type behind other words, as in "China commentary": understood where it finds something and is nobody's very words."""

from __future__ import annotations

import pytest

from search.archive import Archive
from search.config.settings import Config, Source, TypeValue
from search.engines.oracle import OracleEngine
from search.model.dates import parse_edtf
from search.model.document import Document, Section
from search.model.query import Query

DOCUMENTS = [
    Document("talk", "China and trade", type="Podcasts", date=parse_edtf("2013")),
    Document("essay", "China and ports", type="Commentary", sections=(Section("Not a podcast."),), date=parse_edtf("2014")),
    Document("yearly", "The annual report", type="Commentary"),
    Document("later", "Annual figures", type="Reports"),
]


@pytest.fixture(scope="module")
def archive() -> Archive:
    types = tuple(TypeValue(value=value) for value in ("Podcasts", "Commentary", "Reports"))
    config = Config(sources=(Source(path="x"),), types=types)
    return Archive(config, OracleEngine(config, DOCUMENTS))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("china podcast", {"talk"}),
        ("China podcasts 2013", {"talk"}),
        ("china commentary", {"essay"}),
        ("annual report", {"yearly", "later"}),  # a title has these very words
        ("ports podcast", {"essay"}),  # no podcast is about ports, so these are words
        ('china "podcast"', {"essay"}),
    ],
)
def test_a_type_behind_other_words(archive: Archive, text: str, found: set[str]) -> None:
    assert {hit.document.id for hit in archive.search(Query(text)).hits} == found


def test_it_is_shown_and_can_be_taken_back(archive: Archive) -> None:
    parts = archive.search(Query("china podcast")).reading.parts
    assert [(part.meaning, part.rest) for part in parts if not part.is_plain] == [("type Podcasts", 'china "podcast"')]
