"""Orders that are stated around the words of a request, and in the syntax of addresses."""

from __future__ import annotations

import pytest

from search.query_language.meanings import SortPhrase, TypePhrase
from search.query_language.phrases import PhraseReader
from search.text.analysis import Analyzer

READER = PhraseReader(Analyzer("en"), {"Podcast": "Podcasts"}, lambda text: ())
OLDEST, NEWEST, PODCASTS = SortPhrase("oldest"), SortPhrase("newest"), TypePhrase("Podcasts")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("latest first podcasts", {"latest first": NEWEST, "podcasts": PODCASTS}),
        ("latest first responder news", {"latest": NEWEST}),  # the first responder is no order
        ("latest first: responder news", {"latest first:": NEWEST}),
        ("oldest podcast first", {"oldest": OLDEST, "podcast": PODCASTS, "first": OLDEST}),
        ("oldest podcast on spam first", {"oldest": OLDEST, "podcast": PODCASTS, "first": OLDEST}),
        ("oldest first use", {"oldest": OLDEST}),
        ("podcasts sort:oldest", {"podcasts": PODCASTS, "sort:oldest": OLDEST}),
        ("sort:date spam", {"sort:date": NEWEST}),
        ("sort:spam", {}),
    ],
)
def test_an_order_is_read_where_it_is_stated(typed: str, meant: dict[str, object]) -> None:
    pieces = typed.split()
    read = READER.read(pieces)
    assert {" ".join(pieces[one.start : one.start + one.count]): one.meaning for one in read} == meant
