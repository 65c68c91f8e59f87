"""Dates keep the precision they are known with."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies

from search.model.dates import date_search_texts, display_date, parse_bound, parse_edtf
from search.model.days import calendar_day, day_number


@pytest.mark.parametrize(
    ("text", "start", "end", "shown"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31), "2019"),
        ("2019-02", date(2019, 2, 1), date(2019, 2, 28), "February 2019"),
        ("2012-02-29", date(2012, 2, 29), date(2012, 2, 29), "29 February 2012"),
        ("2019/2021", date(2019, 1, 1), date(2021, 12, 31), "2019 – 2021"),
        ("2019-02/2019-03", date(2019, 2, 1), date(2019, 3, 31), "February 2019 – March 2019"),
    ],
)
def test_a_date_covers_its_days_and_shows_no_more_than_is_known(text, start, end, shown):
    span = parse_edtf(text)
    assert (span.first_day, span.last_day, display_date(span)) == (start.toordinal(), end.toordinal(), shown)


@pytest.mark.parametrize(
    "text", ["", "12/22/2011", "2019-13", "2019-02-30", "2019/2018", "2019/2020/2021", "soon", "٢٠١٩", "0000"]
)
def test_what_is_no_date_is_reported(text):
    with pytest.raises(ValueError, match=r"write"):
        parse_edtf(text)


def test_a_range_counts_in_each_of_its_years():
    assert list(parse_edtf("2019/2021").years) == [2019, 2020, 2021]


def test_a_day_is_found_as_people_write_it():
    assert date_search_texts(parse_edtf("2011-12-22")) == ("22 December 2011", "2011-12-22", "12/22/2011")
    assert "22. Dezember 2011" in date_search_texts(parse_edtf("2011-12-22"), "de")
    assert date_search_texts(None) == ()
    assert display_date(None) == ""


@pytest.mark.parametrize(
    ("edtf", "first", "last", "shown", "years"),
    [
        ("192X", (1920, 1, 1), (1929, 12, 31), "1920s", [1920, 1929]),
        ("18XX", (1800, 1, 1), (1899, 12, 31), "1800s", [1800, 1899]),
        ("1925~", (1925, 1, 1), (1925, 12, 31), "c. 1925", [1925, 1925]),
        ("1925?", (1925, 1, 1), (1925, 12, 31), "1925?", [1925, 1925]),
        ("1925%", (1925, 1, 1), (1925, 12, 31), "c. 1925?", [1925, 1925]),
        ("2004-02-XX", (2004, 2, 1), (2004, 2, 29), "February 2004", [2004, 2004]),
        ("2004-XX", (2004, 1, 1), (2004, 12, 31), "2004", [2004, 2004]),
        ("2004-XX-XX", (2004, 1, 1), (2004, 12, 31), "2004", [2004, 2004]),
        ("2019-21", (2019, 3, 1), (2019, 5, 31), "Spring 2019", [2019, 2019]),
        ("1950/..", (1950, 1, 1), None, "1950 –", [1950, 1950]),
        ("1950/", (1950, 1, 1), None, "1950 –", [1950, 1950]),
        ("/1950-06", None, (1950, 6, 30), "until June 1950", [1950, 1950]),
        ("0985", (985, 1, 1), (985, 12, 31), "985", [985, 985]),
        ("-0043", (-43, 1, 1), (-43, 12, 31), "44 BC", [-43, -43]),
        ("-0043-03-15", (-43, 3, 15), (-43, 3, 15), "15 March 44 BC", [-43, -43]),
        ("Y-12000", (-12000, 1, 1), (-12000, 12, 31), "12001 BC", [-12000, -12000]),
    ],
)
def test_edtf_of_levels_0_and_1(edtf, first, last, shown, years):
    span = parse_edtf(edtf)
    assert (span.first_day, span.last_day) == (first and day_number(*first), last and day_number(*last))
    assert (display_date(span), [span.years[0], span.years[-1]], span.year) == (shown, years, years[0])


@given(strategies.integers(-3_000_000, 3_000_000))
def test_a_day_has_one_number(number):
    assert day_number(*calendar_day(number)) == number
    if 1 <= number <= date.max.toordinal():
        assert calendar_day(number) == date.fromordinal(number).timetuple()[:3]


@pytest.mark.parametrize(
    ("edtf", "iso"),
    [("2019-02/2020", "2019-02"), ("192X", ""), ("2019-21", "2019"), ("2004-05-XX", "2004-05"), ("../1950", "1950")],
)
def test_the_iso_form_says_no_more_than_is_known(edtf, iso):
    assert parse_edtf(edtf).iso == iso


@pytest.mark.parametrize("text", ["985", "0985", "-43", "-0043", "2012-05"])
def test_a_bound_may_be_a_year_of_few_digits(text):
    assert parse_bound(text).year == int(text[:-3] if text == "2012-05" else text)


def test_a_bound_before_christ_may_be_written_so():
    assert parse_bound("44 BC") == parse_bound("-43")
