"""A search that finds nothing offers others that were run and find the number of documents shown."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.archive import Archive
from search.model.dates import parse_edtf
from search.model.document import Document, Section
from search.suggestions.alternatives import MOST_OFFERED
from webui.addresses.parameters import read_query

DOCUMENTS = [
    Document(
        "a", "The public core", type="Report", date=parse_edtf("2013-04-05"), sections=(Section("China and undersea cables."),)
    ),
    Document(
        "b", "Cyber norms", type="News", date=parse_edtf("2011-12-22"), sections=(Section("Security of trade, and Huawei."),)
    ),
    Document("c", "Cybersecurity", type="News", date=parse_edtf("2016")),
]


def search(archive: Archive, address: str):
    return archive.search(read_query(parse_qsl(address))[0])


@pytest.mark.parametrize(
    ("address", "ways"),
    [
        ("q=huawie", ["huawei"]),
        ('q="publc core"', ['"public core"']),
        ("q=title:nroms", ["title:norms"]),
        ("q=title:huawie", ["not only in the title: huawei"]),
        ("q=zebra OR huawie", ["zebra OR huawei"]),
        ("q=public-coer", ["public-core"]),
        ('q="security cyber"', ["the words apart: security cyber"]),
        ("q=year:2015..2012", ["the years in the other order: year:2012..2015"]),
        ("q=cyber&from=2012&to=2010", ["from 2010 to 2012"]),
        ("q=china&type=News", ["the same words without filters", "these filters without the words"]),
        ("q=undrsea cabels&type=News", ["the same words without filters"]),
        ("q=zebra china&type=News", ["the same words without filters"]),
        ("q=type:bogus china", ["without type:bogus: china"]),
        ("q=zebra giraffe china&type=Report", ["any of the words: zebra OR giraffe OR china"]),
        ("q=zebra&type=News", ["these filters without the words"]),
        ("q=zebra", ["everything in the archive"]),
        ("q=type:bogus", ["everything in the archive"]),
    ],
)
def test_where_a_search_that_finds_nothing_leads(archive, address, ways):
    page = search(archive, address)
    offered = [page.suggestion.label] if page.suggestion else []
    offered += [way.label for way in page.ways_out]
    assert [label for label in ways if label not in offered] == [], offered


WORDS = (
    "zebra",
    "huawie",
    "undrsea",
    "the",
    "cyber",
    '"security cyber"',
    "title:china",
    "-cyber",
    "year:2015..2012",
    "type:News",
    "OR",
    "xyzzy*",
    "what did",
    "china?",
)


@example('china? "security cyber" the cyber undrsea zebra undrsea the', "&from=2014&to=2010")
@example('the the the cyber "security cyber" "security cyber"', "")
@settings(max_examples=80)
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join),
    st.sampled_from(("", "&type=News", "&from=2014&to=2010", "&type=Report&-year=2011&page=3")),
)
@example('the cyber "security cyber" "security cyber" "security cyber"', "")  # its words apart are a sentence
def test_what_is_offered_was_found_and_few_searches_are_made_for_it(archive, text, filters):
    archive.engine.forget()
    page = search(archive, f"q={text}{filters}")
    assert archive.engine.word_searches <= 3
    ways = [*page.ways_out, *([page.suggestion] if page.suggestion else [])]
    assert bool(page.ways_out) == (page.total == 0)
    assert len(page.ways_out) <= MOST_OFFERED
    assert len({way.query for way in ways}) == len(ways)
    for way in ways:
        assert archive.search(way.query).total == way.total > 0
        assert way.query.page == 1
