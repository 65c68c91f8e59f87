"""The URL is the state: reading and writing it are exact inverses (invariant 3)."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.model.query import SORTS, Query
from search.query_language.cutting import shorten_text
from webui.addresses.parameters import read_query, to_url, write_query

FACETS = ("type", "topic", "year")
values = st.lists(st.text(min_size=1, max_size=20).map(shorten_text).filter(bool), max_size=3)
dates = st.sampled_from(("", "2012", "2012-05", "2013-01-31"))


@st.composite
def queries(draw):
    query = Query(
        draw(st.text(max_size=40).map(shorten_text)),
        since=draw(dates),
        until=draw(dates),
        sort=draw(st.sampled_from(("", *SORTS))),
        per_page=draw(st.sampled_from((10, 20, 100))),
    )
    for field in FACETS:
        include = draw(values)
        query = query.with_selection(field, include, [value for value in draw(values) if value not in include])
    return query.with_page(draw(st.integers(1, 50)))


@settings(max_examples=300)
@given(queries())
def test_every_query_has_an_address_that_reads_back_to_it(query):
    assert read_query(parse_qsl(to_url("/search", query).partition("?")[2]), FACETS)[0] == query


@settings(max_examples=300)
@given(
    st.lists(
        st.tuples(st.sampled_from(("q", "type", "-type", "year", "from", "to", "sort", "page", "per_page", "x")), st.text()),
        max_size=8,
    )
)
def test_any_parameters_give_a_query_and_writing_it_settles_it(pairs):
    query, _ = read_query(pairs, FACETS)
    assert read_query(write_query(query), FACETS)[0] == query


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("page", "0"),
        ("page", "x"),
        ("page", "٣"),
        ("per_page", "101"),
        ("sort", "best"),
        ("from", "soon"),
        ("to", "2012-13"),
        ("q", "x" * 3000),
    ],
)
def test_what_cannot_be_used_is_reported_by_its_name(parameter, value):
    problems = read_query([(parameter, value)], FACETS)[1]
    assert [problem.parameter for problem in problems] == [parameter]
    assert problems[0].detail.endswith(".")


def test_an_interval_that_ends_before_it_begins_is_reported():
    assert read_query([("from", "2015"), ("to", "2012")])[1][0].parameter == "from"


def test_what_is_at_its_default_is_left_out():
    assert to_url("/search", Query()) == "/search"
    assert to_url("/search", Query("a b").with_selection("type", ["x"], ["y"])) == "/search?q=a+b&type=x&-type=y"
