"""The first date in running text, and the day in the name of a file."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.readers.dates_in_text import day_in_name, find_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("MOUNTAIN VIEW, Calif. - December 15th, 2004 - words", "2004-12-15"),
        ("on 3 November 2005 and 4 May 2006", "2005-11-03"),
        ("am 14. März 2012", "2012-03-14"),
        ("le 1er mai 1999", "1999-05-01"),
        ("el 5 de junio de 2013", "2013-06-05"),
        ("Sept. 5, 2003", "2003-09-05"),
        ("in February 2019", "2019-02"),
        ("2004-12-15T10:00", "2004-12-15"),
        ("5/6/2013", ""),
        ("February 31, 2004 or March 1, 2004", "2004-03-01"),
        ("May I say", ""),
        ("publié le 14 février 2012 à Paris", "2012-02-14"),
        ("15 de MARÇO de 2004", "2004-03-15"),
        ("3 June 1899, reprinted", "1899-06-03"),
        ("12 December 2999", ""),
    ],
)
def test_the_first_date_in_a_text(text, date):
    assert find_date(text) == date


def test_months_of_a_requested_language_are_read():
    assert find_date("14 lutego 2012") == ""
    assert find_date("14 lutego 2012", ("pl",)) == "2012-02-14"


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2014-03-12-title", "2014-03-12"),
        ("mozilla-2005-11-3", "2005-11-03"),
        ("2014_03_12", "2014-03-12"),
        ("v1.2014.3.2", "2014-03-02"),
        ("IMG_20140312_101010", "2014-03-12"),
        ("2014-02-30 2014-02-03", "2014-02-03"),
        ("1614-3-12", "1614-03-12"),
        ("2014-02-30", ""),
        ("2014-13-12", ""),
        ("2014-00-12", ""),
        ("2014-12", ""),
        ("0999-01-01", ""),
        ("201403121", ""),
        ("a2014312", ""),
        ("report-5-6-2013", ""),
        (f"{date.today().year + 12}-01-01", ""),
    ],
)
def test_the_day_in_the_name_of_a_file(name, day):
    assert day_in_name(name) == day
