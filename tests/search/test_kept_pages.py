"""A page made with what is kept of its words is the page of a program that was just started, in every field."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import to_builtins

from search.archive import Archive
from search.config.settings import Config, Index, Source, Topic, TypeValue
from search.engines.whoosh.engine import WhooshEngine
from search.model.dates import parse_edtf
from search.model.document import Document, Person, Section
from search.model.query import SORTS, Query, Selection
from search.model.sentences import to_data

DOCUMENTS = [
    Document(
        f"report/{number}",
        title,
        type=kind,
        date=parse_edtf(date) if date else None,
        people=tuple(map(Person, people)),
        topics=topics,
        sections=(Section(text),),
    )
    for number, (title, kind, date, people, topics, text) in enumerate(
        [
            (
                "A Measure of Restraint",
                "Report",
                "2014-01-31",
                ["Bruce McConnell"],
                ("trade",),
                "The Global Commission on Peace (GCP).",
            ),
            ("Podcast on insurance", "Podcast", "2019-09-16", [], ("trade",), "Undersea cables and some where to be insured."),
            ("Spring in Berkeley", "News", "2013-04-05", ["Karl Rauscher"], (), "By Rauscher, on trade with China and on norms."),
            ("The Commission on Peace", "News", "2012", ["Ann Lee"], ("norms",), "Norms of behavior, for China and Huawei."),
            ("Norms of the sea", "Report", "-0043", ["Ann Lee"], ("norms",), "A sea of norms; the sea norms somewhere."),
            ("Untitled", "News", "", [], (), "Social media connect us with our loved ones and families everywhere, they say."),
        ]
    )
]
TEXTS = (
    *("", "china", "china norms", "norms sea", '"norms of"', "nor*", "title:norms", "china OR sea", "-china norms", "some where"),
    *("Ann Lee", "who is Ann Lee?", "McConnell, Bruce", "trade", "type:news", "topic:norms -type:report", "year:2012..2014"),
    *("spring 2013", "news before 2014", "latest news", "44 BC", "news not about china", "without huawei", "report/3"),
    *("huawie", "huawie norms", "zebra", "zebra giraffe", "zebra china norms", "GCP", "GCP zebra", "how do I cite a report?"),
    *("Social media connects us with our families and friends everywhere, they always say.", "sea " * 60, "!x", "people:lee"),
    'McConnell, B. (2014). A Measure of Restraint. New York. https://example.org/1',
)  # fmt: skip
WORDS = sorted({word for text in TEXTS for word in text.split()} | {"OR", "the", "norm", "of", "?"})
FILTERS = (
    (),
    (Selection("type", ("News",)),),
    (Selection("type", (), ("News",)), Selection("year", ("2012", "2014"))),
    (Selection("topic", ("norms", "none")),),
    (Selection("type", ("Nothing",)),),
)


@pytest.fixture(scope="module")
def config(tmp_path_factory) -> Config:
    return Config(
        sources=(Source(path="x"),),
        types=(TypeValue(value="Report", also=("white paper",)), TypeValue(value="Podcast"), TypeValue(value="News")),
        topics={"trade": Topic(label="World trade")},
        index=Index(path=str(tmp_path_factory.mktemp("kept"))),
    )


@pytest.fixture(scope="module")
def asked(config) -> Archive:
    """Return an archive that is asked all questions of this file."""
    engine = WhooshEngine(config)
    engine.build(DOCUMENTS)
    return Archive(config, engine)


def spell_out(page):
    """Return all that a page holds, the parts of its sentences too, by which they are translated."""
    return to_builtins(page, enc_hook=to_data)


def ask_of_new(config, query):
    return spell_out(Archive(config, WhooshEngine(config)).search(query))


queries = st.builds(
    Query,
    st.sampled_from(TEXTS) | st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join),
    st.sampled_from(FILTERS),
    st.sampled_from(("", "2013")),
    st.sampled_from(("", "2015-06")),
    st.sampled_from(("", *SORTS)),
    st.integers(1, 3),
    st.sampled_from((1, 2, 10)),
    st.booleans(),
)


@pytest.mark.parametrize("text", TEXTS)
def test_all_pages_and_filters_of_a_text_are_as_of_a_new_program(config, asked, text):
    pages = [Query(text, FILTERS[1], per_page=2, page=2), Query(text), Query(text, since="2013"), Query(text, FILTERS[4])]
    pages += [Query(text, is_exact=True), Query(text, sort="title")]
    wanted = {query: ask_of_new(config, query) for query in pages}
    for query in (*pages, *pages[::-1]):
        assert spell_out(asked.search(query)) == wanted[query]


@settings(max_examples=40, deadline=None)
@given(st.lists(queries, min_size=1, max_size=3))
def test_any_page_is_as_of_a_new_program(config, asked, several):
    wanted = {query: ask_of_new(config, query) for query in several}
    for query in (*several, *several):
        assert spell_out(asked.search(query)) == wanted[query]
