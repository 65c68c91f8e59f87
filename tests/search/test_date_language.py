"""Dates, years, decades and centuries in the languages of the pages."""

from __future__ import annotations

import pytest

from search.model.date_language import translate_period
from search.model.dates import display_date, parse_edtf


@pytest.mark.parametrize(
    ("edtf", "english", "german", "spanish", "french"),
    [
        ("2019", "2019", "2019", "2019", "2019"),
        ("1925~", "c. 1925", "um 1925", "hacia 1925", "vers 1925"),
        ("1925?", "1925?", "1925?", "1925?", "1925?"),
        ("1925%", "c. 1925?", "um 1925?", "hacia 1925?", "vers 1925?"),
        ("192X", "1920s", "1920er Jahre", "años 1920", "années 1920"),
        ("2019-21", "Spring 2019", "Frühjahr 2019", "primavera de 2019", "printemps 2019"),
        ("../1950", "until 1950", "bis 1950", "hasta 1950", "jusqu’à 1950"),
        ("-0043", "44 BC", "44 v. Chr.", "44 a. C.", "44 av. J.-C."),
        ("2019-06-05", "5 June 2019", "5. Juni 2019", "5 de junio de 2019", "5 juin 2019"),
    ],
)
def test_a_date_is_shown_in_the_language_of_the_page(edtf, english, german, spanish, french):
    span = parse_edtf(edtf)
    assert [display_date(span, code) for code in ("en", "de", "es", "fr")] == [english, german, spanish, french]


@pytest.mark.parametrize(
    ("label", "german", "spanish", "french"),
    [
        ("1920s", "1920er Jahre", "años 1920", "années 1920"),
        ("40s BC", "40er Jahre v. Chr.", "años 40 a. C.", "années 40 av. J.-C."),
        ("1st century", "1. Jahrhundert", "siglo I", "Ier siècle"),
        ("19th century", "19. Jahrhundert", "siglo XIX", "XIXe siècle"),
        ("2nd century BC", "2. Jahrhundert v. Chr.", "siglo II a. C.", "IIe siècle av. J.-C."),
        ("44 BC", "44 v. Chr.", "44 a. C.", "44 av. J.-C."),
        ("Before the war", "Before the war", "Before the war", "Before the war"),
    ],
)
def test_the_label_of_a_period_is_translated(label, german, spanish, french):
    assert [translate_period(label, code) for code in ("en", "de", "es", "fr", "pt")] == [label, german, spanish, french, label]
