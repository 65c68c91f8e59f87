"""How dates are read beyond their forms: by the source's own format, in both orders, from two columns, with their words."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies

from search.model.date_forms import date_readings, parse_date, parse_date_range
from search.model.dates import display_date, parse_edtf
from search.model.days import calendar_day


@pytest.mark.parametrize(
    ("text", "formats", "language", "edtf"),
    [
        ("5/6/2013", ("%d/%m/%Y",), "en", "2013-06-05"),
        ("5/6/2013", ("%m/%d/%Y",), "en", "2013-05-06"),
        ("5/6/2013 - 7/6/2013", ("%d/%m/%Y",), "en", "2013-06-05/2013-06-07"),
        ("14 mars 2019", ("%d %B %Y",), "fr", "2019-03-14"),
        ("14 févr. 2019", ("%d %b %Y",), "fr", "2019-02-14"),
        ("2013.06", ("%Y.%m",), "en", "2013-06"),
        ("13", ("%y",), "en", "2013"),
        ("2019-21", ("edtf",), "en", "2019-21"),
        ("1925~", ("%Y", "edtf"), "en", "1925~"),
        ("c. 1925", ("%d/%m/%Y",), "en", "1925~"),
    ],
)
def test_the_source_s_own_form_comes_first(text, formats, language, edtf):
    assert parse_date(text, language, formats).span.edtf == edtf


@pytest.mark.parametrize(
    ("text", "language", "readings"),
    [
        ("5/6/2013", "en", ["2013-06-05", "2013-05-06"]),
        ("5/6/2013", "en-US", ["2013-05-06", "2013-06-05"]),
        ("31.1.2014", "en", ["2014-01-31"]),
        ("12/22/11", "en", ["2011-12-22"]),
        ("22.12.95", "de", ["1995-12-22"]),
        ("Dec 2011", "en", ["2011-12"]),
        ("spring 2013", "en", ["2013-21"]),
        ("insurance", "en", []),
        ("978-3-16-1484-2013-2014-2015", "en", []),  # too many digits
        ("Wednesday, 10 September 2012 - Friday, 12 September 2012", "en", ["2012-09-10/2012-09-12"]),
    ],
)
def test_a_date_typed_by_a_visitor_has_every_reading(text, language, readings):
    assert [span.edtf for span in date_readings(text, language)] == readings


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("c. 1925", "c. 1925", "c. 1925"),
        ("  18th  Century ", "18th Century", "18th Century"),
        ("2014-03-12T10:11:00-04:00", "", "12 March 2014"),
        ("1801/1810", "", "1801 – 1810"),
        ("1804-1975 (bulk 1880-1919)", "1804-1975 (bulk 1880-1919)", "1804-1975 (bulk 1880-1919)"),
    ],
)
def test_the_words_of_the_source_are_kept_and_shown(text, words, shown):
    span = parse_date(text).span
    assert (span.words, display_date(span)) == (words, shown)


@pytest.mark.parametrize(
    ("first", "last", "edtf", "has_warning"),
    [
        ("1757", "1917", "1757/1917", False),
        ("1757", "", "1757", False),
        ("1757", "0000", "1757", False),
        ("1757", "s.f", "1757", False),
        ("", "1917", "/1917", False),
        ("1917", "1757", "1917", True),
        ("139", "1917", "/1917", True),
        ("s.d", "s.d", None, False),
    ],
)
def test_a_beginning_and_an_end_in_two_columns(first, last, edtf, has_warning):
    reading = parse_date_range(first, last)
    assert (reading.span and reading.span.edtf, bool(reading.warning)) == (edtf, has_warning)


@given(strategies.text())
def test_no_text_raises(text):
    reading = parse_date(text)
    assert reading.span is None or reading.span.years


@given(strategies.text(alphabet="0123456789-–/.?~ []cabyXu", max_size=30))
def test_no_text_of_digits_and_signs_raises_and_each_date_is_edtf_of_its_own(text):
    span = parse_date(text).span
    if span is not None:
        again = parse_date(span.edtf, formats=("edtf",)).span
        assert (again.first_day, again.last_day, again.edtf) == (span.first_day, span.last_day, span.edtf)


@given(strategies.from_regex(r"-?[0-9]{3}[1-9X](-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]))?)?[?~%]?", fullmatch=True))
def test_the_standard_s_own_forms_cover_the_days_that_the_library_edtf_says(text):
    edtf = pytest.importorskip("edtf", reason="the library edtf is not installed")
    try:
        span, oracle = parse_edtf(text), edtf.parse_edtf(text)
    except (ValueError, edtf.parser.edtf_exceptions.EDTFParseException):
        return
    first, last = oracle.lower_strict(), oracle.upper_strict()
    assert (calendar_day(span.first_day), calendar_day(span.last_day)) == (tuple(first)[:3], tuple(last)[:3])
