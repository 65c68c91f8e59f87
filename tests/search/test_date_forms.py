"""The forms of dates that are read, as a table."""

from __future__ import annotations

from datetime import date

import pytest

from search.model.date_forms import parse_date

FORMS = {
    # the forms the design names
    "2019": "2019",
    "2019-02": "2019-02",
    "2019-02-14": "2019-02-14",
    "1920-1970": "1920/1970",
    "1757 – 1917": "1757/1917",
    "1914–18": "1914/1918",
    "between 1914 and 1918": "1914/1918",
    "c. 1925": "1925~",
    "ca.1868-1895": "1868~/1895",
    "1925?": "1925?",
    "[1925?]": "1925?",
    "?1914": "1914?",
    "1920s": "192X",
    "192X": "192X",
    "18th century": "17XX",
    "1950-": "1950/..",
    "/1950": "/1950",
    "Spring 2019": "2019-21",
    "post-1945": "1945/..",
    "pre-1900": "/1900",
    "1900 or 1901": "1900/1901",
    "1914 [i.e. 1915]": "1915",
    "n.d. [1890s]": "189X",
    "s.d. (vers 1890)": "1890~",
    "undated, ca. 1920s": "192X~",
    "no date, circa 1900": "1900~",
    "Q3 2018": "2018-07/2018-09",
    "2018-Q3?": "2018-07?/2018-09?",
    "Q3 2018 - Q1 2019": "2018-07/2019-03",
    "14.II.1919": "1919-02-14",
    "14 XII 1919": "1919-12-14",
    "17th century, first half": "16XX",
    "44 BC": "-0043",
    "February 2019": "2019-02",
    "14 February 2019": "2019-02-14",
    # months and ranges of two digits
    "2019-12": "2019-12",
    "1914-18": "1914/1918",
    "1905–08": "1905/1908",
    "c. 1905-08": "1905~/1908",
    "1905 - 08": "1905/1908",
    "2019-21": "2019/2021",
    "1941-198": "1941/198X",
    "1914/18": "1914/1918",
    "2019/2021": "2019/2021",
    "2019-02/2019-03": "2019-02/2019-03",
    # a day with any time behind it
    "2014-03-12T10:11:00-04:00": "2014-03-12",
    "2015-03-17 14:00:00 -4": "2015-03-17",
    "2016-03-23 9:00:00 -4": "2016-03-23",
    "2020-07-07T00:00:00.000Z": "2020-07-07",
    "2019-02-14 09:00 UTC": "2019-02-14",
    "Thu, 14 Feb 2019 09:00:00 GMT": "2019-02-14",
    "14 February 2019, 10:30 am": "2019-02-14",
    "14 February 2019 at 10:30": "2019-02-14",
    "20190214": "2019-02-14",
    "20190214T090000Z": "2019-02-14",
    # zeros are unknown
    "2019-00-00": "2019",
    "2019-02-00": "2019-02",
    "2019-00-15": "2019",
    "2019-00": "2019",
    "00/00/1913": "1913",
    # days and months in words
    "December 15th, 2004": "2004-12-15",
    "May 31, 1836": "1836-05-31",
    "Sept. 2012": "2012-09",
    "10 Sept. 2012": "2012-09-10",
    "the 14th of February, 2019": "2019-02-14",
    "Monday, 14 February 2019": "2019-02-14",
    "14-Feb-2019": "2019-02-14",
    "2019 February 14": "2019-02-14",
    "2019, Feb. 14": "2019-02-14",
    "2012-9-10": "2012-09-10",
    "2012/09/10": "2012-09-10",
    "2012.09.10": "2012-09-10",
    "31.1.2014": "2014-01-31",
    "1/31/2014": "2014-01-31",
    "22/12/2011": "2011-12-22",
    "5/5/2013": "2013-05-05",
    "01/2014": "2014-01",
    "09-2012": "2012-09",
    # about, perhaps
    "c1868-1895": "1868~/1895",
    "circa 1924-2022": "1924~/2022",
    "c.1837-c.1856": "1837~/1856~",
    "1906-ca. 1989": "1906/1989~",
    "1939ca-1950": "1939~/1950",
    "c.1950's": "195X~",
    "1950[?]": "1950?",
    "[2005?]": "2005?",
    "[c. 2016]": "2016~",
    "1769-[c.1810]": "1769/1810~",
    "probably 1925": "1925?",
    "c. 1925?": "1925%",
    "19--": "19XX",
    "[20uu-]": "20XX/..",
    "[1990-20uu]": "1990/20XX",
    "192-?-1960": "192X?/1960",
    # decades, centuries, seasons
    "1920s-1996": "192X/1996",
    "1930s-1940s": "193X/194X",
    "1940s to 2012": "194X/2012",
    "late 1940s": "194X",
    "18th-19th century": "17XX/18XX",
    "c10th century - mid-19th century": "09XX~/18XX",
    "mid-19th century": "18XX",
    "XVIII century": "17XX",
    "Autumn 2019": "2019-23",
    "Fall 2019": "2019-23",
    # ranges that leave out what the other end says
    "21 April 1804 - 1913": "1804-04-21/1913",
    "30 October 1760 - April 1925": "1760-10-30/1925-04",
    "1864 - 23 May 1949": "1864/1949-05-23",
    "3-5 May 2019": "2019-05-03/2019-05-05",
    "May-June 2019": "2019-05/2019-06",
    "14 February - 3 March 2019": "2019-02-14/2019-03-03",
    "December 15-17, 2004": "2004-12-15/2004-12-17",
    "from 2012 to 2013": "2012/2013",
    "1914 through 1918": "1914/1918",
    # remarks and lists
    "1804-1975 (bulk 1880-1919)": "1804/1975",
    "1722-1929 (1940-1947)": "1722/1929",
    "1852, 1880-1929": "1852/1929",
    "1874; 1914-1918": "1874/1918",
    "1864 and 1957-1964": "1864/1964",
    "1985 and undated items": "1985",
    "1782-01-1903-09-28; 1964-1966": "1782-01/1966",
    "1924, 1943-1955, 1997": "1924/1997",
    # open ends
    "before 1950": "/1950",
    "until 1950": "/1950",
    "since 1950": "1950/..",
    "after May 1950": "1950-05/..",
    "1950 - present": "1950/..",
    "1950/..": "1950/..",
    "1950 - ?": "1950/..",
    "0000 - 1862": "/1862",
    # years before 1000
    "0985": "0985",
    "985 AD": "0985",
    "AD 79": "0079",
    "500 BCE": "-0499",
    "100 BC - 50 AD": "-0099/0050",
    "-0043": "-0043",
    "5th century BC": "-0499/-0400",
}

IN_OTHER_LANGUAGES = {
    "de": {
        "14. Februar 2019": "2019-02-14", "Februar 2019": "2019-02", "März 1902": "1902-03", "5.6.2013": "2013-06-05",
        "um 1900": "1900~", "zwischen 1914 und 1918": "1914/1918", "18. Jahrhundert": "17XX", "1920er Jahre": "192X",
        "44 v. Chr.": "-0043", "Frühjahr 1987": "1987-21", "1914 bis 1918": "1914/1918", "vor 1950": "/1950", "ca. 1925": "1925~",
    },
    "fr": {
        "14 février 2019": "2019-02-14", "1er mars 1902": "1902-03-01", "vers 1925": "1925~", "XVIIIe siècle": "17XX",
        "entre 1914 et 1918": "1914/1918", "été 1936": "1936-22", "de 1914 à 1918": "1914/1918", "déc. 2011": "2011-12",
    },
    "es": {
        "14 de febrero de 2019": "2019-02-14", "enero de 1810": "1810-01", "hacia 1925": "1925~", "siglo XVIII": "17XX",
        "entre 1914 y 1918": "1914/1918", "1757 - 1917": "1757/1917", "primavera de 2019": "2019-21",
    },
    "nl": {"14 februari 2019": "2019-02-14", "mei 1940": "1940-05", "tussen 1914 en 1918": "1914/1918", "18e eeuw": "17XX"},
    "it": {"14 febbraio 2019": "2019-02-14", "XVIII secolo": "17XX", "agosto 1914": "1914-08"},
    "pt": {"14 de fevereiro de 2019": "2019-02-14", "século XVIII": "17XX"},
    "pl": {"14 lutego 2019": "2019-02-14"},
}  # fmt: skip

UNDATED = [
    "", "n.d.", "no date", "Undated", "Undated.", "undated", "s.d", "s.f", "s.d.", "s.d - s.d", "Mixed dates", "Various dates",
    "Various", "Multiple dates", "unknown", "[n.d.]", "0000", "0000-00-00", "ohne Datum", "sans date", "sin fecha", "?",
]  # fmt: skip

UNREADABLE = [
    "soon", "26 March - 25 April", "2019-02-30", "30 February 2019", "985", "139", "139 - 1941", "1828 - 828",
    "1857 - 857", "9999 - 9999", "9999", "1999-03-41", "31/1/14", "May", "12", "x" * 5000, "1-" * 2000,
]  # fmt: skip


@pytest.mark.parametrize(("text", "edtf"), FORMS.items())
def test_a_form_of_the_table_is_read(text, edtf):
    reading = parse_date(text)
    assert (reading.span and reading.span.edtf, reading.warning) == (edtf, "")


@pytest.mark.parametrize(
    ("language", "text", "edtf"), [(code, *pair) for code, forms in IN_OTHER_LANGUAGES.items() for pair in forms.items()]
)
def test_a_form_in_the_archive_s_language_is_read(language, text, edtf):
    reading = parse_date(text, language)
    assert (reading.span and reading.span.edtf, reading.warning) == (edtf, "")


@pytest.mark.parametrize("text", UNDATED)
def test_words_for_no_date_are_no_date_and_no_mistake(text):
    assert parse_date(text) == parse_date("")


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_cannot_be_read_is_a_warning_that_names_it(text):
    reading = parse_date(text)
    assert reading.span is None
    assert reading.warning.startswith(f'found "{text[:80]}", which ')


@pytest.mark.parametrize(("text", "edtf"), [("2019/2018", "2019"), ("c.1987-c.1985", "1987~"), ("2019-13", "2019")])
def test_a_range_that_ends_before_it_begins_counts_by_its_beginning(text, edtf):
    reading = parse_date(text)
    assert (reading.span.edtf, reading.span.words) == (edtf, text)
    assert "ends before it begins" in reading.warning


def test_a_date_far_ahead_is_a_warning():
    this_year = date.today().year
    assert parse_date(str(this_year + 10)).span
    assert "more than 10 years ahead" in parse_date(str(this_year + 11)).warning
    assert "more than 10 years ahead" in parse_date(f"1950-{this_year + 11}").warning


@pytest.mark.parametrize("text", ["5/6/2013", "05-06-2013", "5.6.2013", "5/6/2013 - 7/6/2013"])
def test_a_numeric_date_whose_order_is_open_is_not_guessed(text):
    reading = parse_date(text)
    assert reading.span is None
    assert "date_format" in reading.warning
    assert "5 June 2013 or 6 May 2013" in reading.warning
