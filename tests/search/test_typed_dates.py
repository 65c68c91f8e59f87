"""Dates as visitors type them: with the month in another language, two digits for the year, words before words of time."""

from __future__ import annotations

from functools import partial

import pytest

from search.query_language.meanings import DatePhrase, ExclusionPhrase, TypePhrase
from search.query_language.phrases import PhraseReader
from search.query_language.typed_dates import read_typed_date
from search.text.analysis import Analyzer


@pytest.mark.parametrize(
    ("typed", "language", "read"),
    [
        ("février 2018", "en", ["2018-02"]),
        ("10. März 2012", "en", ["2012-03-10"]),
        ("10 de septiembre de 2012", "en", ["2012-09-10"]),
        ("1er décembre 2011", "en", ["2011-12-01"]),
        ("agosto 2013", "de", ["2013-08"]),
        ("5 giugno 2019", "fr", ["2019-06-05"]),
        ("December 2011", "es", ["2011-12"]),
        ("mars 2018", "fr", ["2018-03"]),
        ("mars 2018", "en", []),  # the planet
        ("février", "en", []),
        ("'12", "en", ["2012"]),
        ("’98", "en", ["1998"]),
        ("2018 trust", "en", []),
    ],
)
def test_a_date_is_read_in_the_language_it_is_typed_in(typed: str, language: str, read: list[str]) -> None:
    assert [span.edtf for span in read_typed_date(typed, language)] == read


def test_words_that_are_no_date_are_read_once_however_often_a_question_asks() -> None:
    read_typed_date.cache_clear()
    READER.read("spam 12 of the ham 13 and the eggs 14".split())
    read = read_typed_date.cache_info()
    assert read.hits > read.misses > 0


READER = PhraseReader(Analyzer("en"), {"Podcast": "Podcasts"}, partial(read_typed_date, language="en"))


def years(*listed: int | None) -> DatePhrase:
    first, last = (read_typed_date(str(year), "en")[0] if year else None for year in listed)
    return DatePhrase(((first.first_day if first else None, last.last_day if last else None),))


PODCASTS = TypePhrase("Podcasts")
EITHER_YEAR = DatePhrase((*years(2011, 2011).bounds, *years(2012, 2012).bounds))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("spam from before 2012", {"from before 2012": years(None, 2011)}),
        ("spam dated after the year 2012", {"dated after the year 2012": years(2013, None)}),
        ("podcasts '12", {"podcasts": PODCASTS, "'12": years(2012, 2012)}),
        ("2012 podcasts", {"2012": years(2012, 2012), "podcasts": PODCASTS}),
        ("spirit '68", {}),
        ("podcasts between 2011 2012", {"podcasts": PODCASTS, "between 2011 2012": years(2011, 2012)}),
        ("podcasts 2011 2012", {"podcasts": PODCASTS, "2011 2012": EITHER_YEAR}),
        ("2011, 2012 podcasts", {"2011, 2012": EITHER_YEAR, "podcasts": PODCASTS}),
        ("everything but podcasts 2013", {"everything but podcasts": ExclusionPhrase((PODCASTS,)), "2013": years(2013, 2013)}),
        ("podcasts without spam, 2012", {
            "podcasts": PODCASTS, "without spam,": ExclusionPhrase(("spam",)), "2012": years(2012, 2012),
        }),
        ("podcasts not 2011, 2012", {
            "podcasts": PODCASTS, "not 2011, 2012": ExclusionPhrase((EITHER_YEAR,)),
        }),
        ("podcasts without spam, and not 2012", {
            "podcasts": PODCASTS, "without spam, and not 2012": ExclusionPhrase(("spam", years(2012, 2012))),
        }),
    ],
)  # fmt: skip
def test_a_date_is_understood_beside_other_words(typed: str, meant: dict[str, object]) -> None:
    pieces = typed.split()
    read = READER.read(pieces)
    assert {" ".join(pieces[one.start : one.start + one.count]): one.meaning for one in read} == meant
