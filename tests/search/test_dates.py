"""Dates keep the precision they are known with."""

from __future__ import annotations

from datetime import date

import pytest

from search.model.dates import display_date, parse_date, written_forms


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
    span = parse_date(text)
    assert (span.start, span.end, display_date(span)) == (start, end, shown)


@pytest.mark.parametrize(
    "text", ["", "12/22/2011", "2019-13", "2019-02-30", "2019/2018", "2019/2020/2021", "soon", "٢٠١٩", "0000"]
)
def test_what_is_no_date_is_told(text):
    with pytest.raises(ValueError, match=r"write"):
        parse_date(text)


def test_a_range_counts_in_each_of_its_years():
    assert list(parse_date("2019/2021").years) == [2019, 2020, 2021]


def test_a_day_is_found_as_people_write_it():
    assert written_forms(parse_date("2011-12-22")) == ("22 December 2011", "2011-12-22", "12/22/2011")
    assert "22. Dezember 2011" in written_forms(parse_date("2011-12-22"), "de")
    assert written_forms(None) == ()
    assert display_date(None) == ""
