"""Dates, types and orders in the words of a question."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.model.date_forms import date_readings
from search.query_language.meanings import DatePhrase, ExclusionPhrase, SortPhrase, TypePhrase
from search.query_language.phrases import PhraseReader
from search.text.analysis import Analyzer

TYPES = {
    "Commentary": "Commentary",
    "Podcast": "Podcasts",
    "Reports": "Reports",
    "Policy report": "Policy Report",
    "Media": "Media",
}
READER = PhraseReader(Analyzer("en"), TYPES, partial(date_readings, language="en"), ("EastWest Institute", "EWI"))


def days(first: str, last: str) -> tuple[int | None, int | None]:
    """Two days written as ISO 8601; "" is open."""
    return tuple(date.fromisoformat(day).toordinal() if day else None for day in (first, last))  # type: ignore[return-value]


def read(typed: str) -> list[tuple[str, object]]:
    """What each phrase is made of, and what it means."""
    pieces = typed.split()
    return [(" ".join(pieces[one.start : one.start + one.count]), one.meaning) for one in READER.read(pieces)]


@pytest.mark.parametrize(
    ("typed", "phrase", "first", "last"),
    [
        ("Dec 2011", "Dec 2011", "2011-12-01", "2011-12-31"),
        ("31.1.2014", "31.1.2014", "2014-01-31", "2014-01-31"),
        ("huawei 2014-01-31", "2014-01-31", "2014-01-31", "2014-01-31"),
        ("spring 2013", "spring 2013", "2013-03-01", "2013-05-31"),
        ("china in 2013", "in 2013", "2013-01-01", "2013-12-31"),
        ("china in 2013?", "in 2013?", "2013-01-01", "2013-12-31"),
        ("from 2012 to 2013", "from 2012 to 2013", "2012-01-01", "2013-12-31"),
        ("between March 2012 and May 2013", "between March 2012 and May 2013", "2012-03-01", "2013-05-31"),
        ("2012 to 2013", "2012 to 2013", "2012-01-01", "2013-12-31"),
        ("July 2011-October 2011", "July 2011-October 2011", "2011-07-01", "2011-10-31"),
        ("July and August 2011", "July and August 2011", "2011-07-01", "2011-08-31"),
        ("spam in summer or autumn 2012", "in summer or autumn 2012", "2012-06-01", "2012-11-30"),
        ("from Feb 17 to Feb 28, 2011", "from Feb 17 to Feb 28, 2011", "2011-02-17", "2011-02-28"),
        ("between Feb 17 and Feb 28, 2011", "between Feb 17 and Feb 28, 2011", "2011-02-17", "2011-02-28"),
        ("mid-2012 to early 2013", "mid-2012 to early 2013", "2012-04-01", "2013-06-30"),
        ("spam before the end of 2010", "before the end of 2010", "", "2010-12-31"),
        ("spam at the end of 2010", "the end of 2010", "2010-07-01", "2010-12-31"),
        ("Dec. ’11", "Dec. ’11", "2011-12-01", "2011-12-31"),
        ("spam since May '98", "since May '98", "1998-05-01", ""),
        ("spam since 2012", "since 2012", "2012-01-01", ""),
        ("spam after 2012", "after 2012", "2013-01-01", ""),
        ("spam before 2012", "before 2012", "", "2011-12-31"),
        ("spam until May 2012", "until May 2012", "", "2012-05-31"),
        ("spam first quarter of 2013", "first quarter of 2013", "2013-01-01", "2013-03-31"),
        ("spam in the third quarter 2013", "in the third quarter 2013", "2013-07-01", "2013-09-30"),
        ("H2 2014", "H2 2014", "2014-07-01", "2014-12-31"),
        ("winter 2012/13", "winter 2012/13", "2012-12-01", "2013-02-28"),
        ("the sixth of September 2013", "the sixth of September 2013", "2013-09-06", "2013-09-06"),
        ("spam September twenty-first, 2013", "September twenty-first, 2013", "2013-09-21", "2013-09-21"),
        ("Q4 2012", "Q4 2012", "2012-10-01", "2012-12-31"),
        ("second half of 2014", "second half of 2014", "2014-07-01", "2014-12-31"),
        ("spam early 2013", "early 2013", "2013-01-01", "2013-06-30"),
        ("spam mid-2013", "mid-2013", "2013-04-01", "2013-09-30"),
        ("spam in late 2012", "in late 2012", "2012-07-01", "2012-12-31"),
        ("spam since early 2013", "since early 2013", "2013-01-01", ""),
        ("spam before late 2012", "before late 2012", "", "2012-06-30"),
        ("spam older than 2012", "older than 2012", "", "2011-12-31"),
        ("spam no later than May 2012", "no later than May 2012", "", "2012-05-31"),
        ("spam not before 2012", "not before 2012", "2012-01-01", ""),
        ("spam 2012 or later", "2012 or later", "2012-01-01", ""),
        ("spam from 2012 onwards", "from 2012 onwards", "2012-01-01", ""),
        ("spam 2012 and earlier", "2012 and earlier", "", "2012-12-31"),
        ("spam since the year 2012", "since the year 2012", "2012-01-01", ""),
        ("spam pre-2012", "pre-2012", "", "2011-12-31"),
        ("spam post-2012", "post-2012", "2013-01-01", ""),
        ("spam in the 1990s", "in the 1990s", "1990-01-01", "1999-12-31"),
        ("spam 90s", "90s", "1990-01-01", "1999-12-31"),
        ("spam of the '90s", "of the '90s", "1990-01-01", "1999-12-31"),
        ("the nineties", "the nineties", "1990-01-01", "1999-12-31"),
        ("the early 1990s", "the early 1990s", "1990-01-01", "1993-12-31"),
        ("before the late nineties", "before the late nineties", "", "1995-12-31"),
        ("early 20th century", "early 20th century", "1900-01-01", "1933-12-31"),
        ("spam in the late 19th century", "in the late 19th century", "1866-01-01", "1899-12-31"),
        ("first half of the 19th century", "first half of the 19th century", "1800-01-01", "1849-12-31"),
        ("since the 2nd half of the 18th century", "since the 2nd half of the 18th century", "1750-01-01", ""),
        ("spam after the first half of 2012", "after the first half of 2012", "2012-07-01", ""),
    ],
)
def test_a_date_in_words_is_understood(typed: str, phrase: str, first: str, last: str) -> None:
    assert read(typed) == [(phrase, DatePhrase((days(first, last),)))]


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("since 2012 and before 2014", "2012-01-01", "2013-12-31"),
        ("spam after 2011 and before 2014", "2012-01-01", "2013-12-31"),
        ("since 2012 before 2014 spam", "2012-01-01", "2013-12-31"),
        ("before 2014 and after 2011", "2012-01-01", "2013-12-31"),
    ],
)
def test_dates_bounded_on_opposite_sides_hold_together(typed: str, first: str, last: str) -> None:
    since, until = sorted((each for _, each in read(typed)), key=lambda each: each.bounds[0][0] is None)
    assert (since, until) == (DatePhrase((days(first, ""),)), DatePhrase((days("", last),)))


@pytest.mark.parametrize("typed", ["before 2012 and since 2014 and 2013", "since 2012 and before 2014", "2012 before 2014 since"])
def test_no_date_is_without_any_bound(typed: str) -> None:
    for _, meaning in read(typed):
        assert not isinstance(meaning, DatePhrase) or (None, None) not in meaning.bounds


@pytest.mark.parametrize(
    ("typed", "phrase"),
    [("undated", "undated"), ("documents without a date", "without a date"), ("spam with no date", "with no date")],
)
def test_documents_without_a_date_are_asked_for_in_words(typed: str, phrase: str) -> None:
    assert read(typed) == [(phrase, DatePhrase(()))]


def test_several_years_alone_are_alternatives() -> None:
    assert read("2011, 2013") == [
        ("2011, 2013", DatePhrase((days("2011-01-01", "2011-12-31"), days("2013-01-01", "2013-12-31"))))
    ]


def test_a_century_in_roman_numbers_is_understood_in_spanish() -> None:
    reader = PhraseReader(Analyzer("es"), {}, partial(date_readings, language="es"))
    (phrase,) = reader.read("escrituras del siglo XVIII".split())
    assert phrase.meaning == DatePhrase((days("1700-01-01", "1799-12-31"),))


def test_a_date_that_can_be_read_in_two_ways_means_both() -> None:
    ((phrase, meaning),) = read("5/6/2013")
    assert phrase == "5/6/2013"
    assert isinstance(meaning, DatePhrase)
    assert set(meaning.bounds) == {days("2013-06-05", "2013-06-05"), days("2013-05-06", "2013-05-06")}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("podcasts", [("podcasts", TypePhrase("Podcasts"))]),
        ("commentary about China", [("commentary", TypePhrase("Commentary"))]),
        ("is there a report about undersea cables?", [("report", TypePhrase("Reports"))]),
        ("policy reports on trust", [("policy reports", TypePhrase("Policy Report"))]),
        ("which policy reports are about trust", [("policy reports", TypePhrase("Policy Report"))]),
        ("what podcasts do you have on trust", [("podcasts", TypePhrase("Podcasts"))]),
        ("the reports are wrong", []),
        ("EWI podcasts", [("EWI podcasts", TypePhrase("Podcasts"))]),
        ("podcasts by the EastWest Institute", [("podcasts by the EastWest Institute", TypePhrase("Podcasts"))]),
        ("three most recent podcasts", [("three most recent", SortPhrase("newest")), ("podcasts", TypePhrase("Podcasts"))]),
        ("china, newest first, spam", [("newest first,", SortPhrase("newest"))]),
        ("no first use", []),
        ("last report", [("last", SortPhrase("newest")), ("report", TypePhrase("Reports"))]),
        ("last 5 podcasts", [("last 5", SortPhrase("newest")), ("podcasts", TypePhrase("Podcasts"))]),
        ("two latest podcasts", [("two latest", SortPhrase("newest")), ("podcasts", TypePhrase("Podcasts"))]),
        ("first three podcasts", [("first three", SortPhrase("oldest")), ("podcasts", TypePhrase("Podcasts"))]),
        ("two podcasts", []),
        ("the latest podcasts", [("latest", SortPhrase("newest")), ("podcasts", TypePhrase("Podcasts"))]),
        ("first commentary on spam", [("first", SortPhrase("oldest")), ("commentary", TypePhrase("Commentary"))]),
        ("latest on China", [("latest", SortPhrase("newest"))]),
        ("spam in the last two years", [("last two years", SortPhrase("newest"))]),
        ("spam sorted by date", [("sorted by date", SortPhrase("newest"))]),
        ("spam newest first", [("newest first", SortPhrase("newest"))]),
        ("spam by date and norms", []),
        ("recent war years", []),
        ("spam before the last two years", []),
        ("spam older than two years", []),
        ("not the last two years", []),
        ("spam in the last year", [("last year", SortPhrase("newest"))]),
        ("global past, digital decade", []),
        ("last good year", []),
        ("spam in chronological order", [("chronological order", SortPhrase("oldest"))]),
        ("which policy reports were published?", [("policy reports", TypePhrase("Policy Report"))]),
        ("recent years", [("recent years", SortPhrase("newest"))]),
        ("podcasts of the past year", [("podcasts", TypePhrase("Podcasts")), ("past year", SortPhrase("newest"))]),
    ],
)
def test_a_type_or_an_order_in_words_is_understood(typed: str, expected: list[tuple[str, object]]) -> None:
    assert read(typed) == expected


def test_a_type_and_a_date_are_understood_together() -> None:
    year = DatePhrase((days("2013-01-01", "2013-12-31"),))
    assert read("commentary about China in 2013") == [("commentary", TypePhrase("Commentary")), ("in 2013", year)]
    assert read("podcasts 2013") == [("podcasts", TypePhrase("Podcasts")), ("2013", year)]


@pytest.mark.parametrize(
    "typed",
    [
        "2013",  # a title may hold it
        "cyber 2020 agenda",
        "social media connects us",
        "annual report",  # its own words
        "the commentary track",
        "first strike",
        "last year of the war that nobody in the end could win",
        "in May",
        "from China to Russia",
        "reporters on trust", "no date for the summit",
        "",
    ],
)
def test_other_words_stay_words(typed: str) -> None:
    assert read(typed) == []


@pytest.mark.parametrize(
    ("typed", "phrase", "things"),
    [
        ("china without spying", "without spying", ("spying",)),
        ("China but not cyber spying", "but not cyber spying", ("cyber spying",)),
        ("India, not China", "not China", ("China",)),
        ("cyber except china or russia", "except china or russia", ("china", "russia")),
        ("everything except for podcasts", "except for podcasts", (TypePhrase("Podcasts"),)),
        (
            "commentary on the norms of states but not in 2013",
            "but not in 2013",
            (DatePhrase((days("2013-01-01", "2013-12-31"),)),),
        ),
    ],
)
def test_what_is_left_out_in_words_is_understood(typed: str, phrase: str, things: tuple[object, ...]) -> None:
    assert (phrase, ExclusionPhrase(things)) in read(typed)


YEAR_2015 = ("2015-01-01", "2015-12-31")
FIFTH_OF_JUNE_OR_SIXTH_OF_MAY = (("2013-06-05", "2013-06-05"), ("2013-05-06", "2013-05-06"))


@pytest.mark.parametrize(
    ("typed", "phrase", "bounds"),
    [
        ("spam in 2012 or 2015", "in 2012 or 2015", [("2012-01-01", "2012-12-31"), ("2015-01-01", "2015-12-31")]),
        ("before 2012 or 2015", "before 2012 or 2015", [("", "2011-12-31"), ("2015-01-01", "2015-12-31")]),
        ("after 2018 or in May 2012", "after 2018 or in May 2012", [("2019-01-01", ""), ("2012-05-01", "2012-05-31")]),
        ("before 5/6/2013", "before 5/6/2013", [("", "2013-06-04"), ("", "2013-05-05")]),
        ("before 5/6/2013 or 2015", "before 5/6/2013 or 2015", [("", "2013-06-04"), ("", "2013-05-05"), YEAR_2015]),
        ("before 2012 or 5/6/2013", "before 2012 or 5/6/2013", [("", "2011-12-31"), *FIFTH_OF_JUNE_OR_SIXTH_OF_MAY]),
        ("china 5/6/2013 or 2015", "5/6/2013 or 2015", [*FIFTH_OF_JUNE_OR_SIXTH_OF_MAY, YEAR_2015]),
        ("spam in 2011 and in 2015", "in 2011 and in 2015", [("2011-01-01", "2011-12-31"), YEAR_2015]),
        ("2011 and 2015", "2011 and 2015", [("2011-01-01", "2011-12-31"), YEAR_2015]),
        ("May 2012 and 2015", "May 2012 and 2015", [("2012-05-01", "2012-05-31"), YEAR_2015]),
    ],
)
def test_dates_with_or_or_and_between_them_are_each_a_date(typed: str, phrase: str, bounds: list[tuple[str, str]]) -> None:
    assert read(typed) == [(phrase, DatePhrase(tuple(days(*each) for each in bounds)))]


@pytest.mark.parametrize(
    ("language", "typed"), [("fr", "excepté guerre"), ("fr", "sauf guerre"), ("de", "ohne guerre"), ("es", "salvo guerre")]
)
def test_a_request_begins_with_a_connector_in_any_language(language: str, typed: str) -> None:
    reader = PhraseReader(Analyzer(language), {}, partial(date_readings, language=language))
    assert [phrase.meaning for phrase in reader.read([*typed.split(), "paix"])] == [ExclusionPhrase(("guerre paix",))]


@pytest.mark.parametrize(
    "typed",
    [
        "how can states cooperate without trust",  # a question says what somebody wrote
        "what is not spam?",
        "the treaty was signed by all states but not ratified by any of them",
        "china without",
        "to be or not to be",
    ],
)
def test_other_negations_leave_nothing_out(typed: str) -> None:
    assert not [phrase for phrase, meaning in read(typed) if isinstance(meaning, ExclusionPhrase)]


@given(
    st.lists(
        st.sampled_from(
            "in from to 2012 2013 May spring reports latest last podcasts about china without not 90s 5/6/2013 -".split()
        ),
        max_size=8,
    )
)
@example(["podcasts", "-", "in", "5/6/2013"])
@example(["in", "-", "latest", "5/6/2013"])
def test_phrases_come_in_order_and_never_overlap(pieces: list[str]) -> None:
    end = 0
    for phrase in READER.read(pieces):
        assert phrase.start >= end
        assert phrase.count > 0
        end = phrase.start + phrase.count
    assert end <= len(pieces)
