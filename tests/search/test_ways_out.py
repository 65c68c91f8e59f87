"""A search that finds nothing leads on: to others that were run, and give the number that is shown."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.archive import Archive
from search.config.settings import Config, Source
from search.engines.oracle import OracleEngine
from search.model.dates import parse_edtf
from search.model.document import Document, Section
from search.query_language.matching import HasValue
from search.suggestions.alternatives import MOST_OFFERED, MOST_TRIED
from search.suggestions.spelling import MAX_CORRECTIONS
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


class Counted(OracleEngine):
    """The oracle, which counts what is asked of it: searches and similar words, and apart from them single values looked up."""

    asked = looked_up = 0

    def find(self, request):
        if request.limit == 0 and isinstance(request.match, HasValue) and not request.selections:
            self.looked_up += 1
        else:
            self.asked += 1
        return super().find(request)

    def similar_words(self, word, limit):
        self.asked += 1
        return super().similar_words(word, limit)


@pytest.fixture(scope="module")
def archive() -> Archive:
    config = Config(sources=(Source(path="x"),))
    return Archive(config, Counted(config, DOCUMENTS))


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
        ("q=year:2015..2012", ["the years turned round: year:2012..2015"]),
        ("q=cyber&from=2012&to=2010", ["from 2010 to 2012"]),
        ("q=china&type=News", ["the same words without filters", "these filters without the words"]),
        ("q=undrsea cabels&type=News", ["the same words without filters"]),
        ("q=zebra china&type=News", ["without zebra: china (without filters)"]),
        ('q="security cyber" zebra&type=Report', ["any of the words: security OR cyber OR zebra (without filters)"]),
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
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join),
    st.sampled_from(("", "&type=News", "&from=2014&to=2010", "&type=Report&-year=2011&page=3")),
)
def test_what_is_offered_was_found_and_few_searches_are_made_for_it(archive, text, filters):
    archive.engine.asked = archive.engine.looked_up = 0
    page = search(archive, f"q={text}{filters}")
    assert archive.engine.asked <= 3 * (4 + 2 * MAX_CORRECTIONS) + MOST_TRIED + 2
    assert archive.engine.looked_up <= 200
    ways = [*page.ways_out, *([page.suggestion] if page.suggestion else [])]
    assert bool(page.ways_out) == (page.total == 0)
    assert len(page.ways_out) <= MOST_OFFERED
    assert len({way.query for way in ways}) == len(ways)
    for way in ways:
        assert archive.search(way.query).total == way.total > 0
        assert way.query.page == 1


def test_the_words_looked_up_are_limited(archive):
    archive.engine.asked = 0
    search(archive, "q=" + " ".join(f"zebra{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"))
    assert archive.engine.asked <= 3 * (4 + 2 * MAX_CORRECTIONS) + MOST_TRIED + 2
