"""What the analysis of texts keeps is bounded in number and in length: visitors type words that no document has."""

from __future__ import annotations

import pytest

from search.text import analysis
from search.text.analysis import Analyzer, fold, fold_value


@pytest.mark.parametrize(
    ("folded", "kept", "letters"),
    [(fold, analysis._kept_folded, "ea"), (fold_value, analysis._kept_value, "éa")],
)
def test_long_texts_are_folded_as_short_ones_but_not_kept(folded, kept, letters):
    longest = analysis._LONGEST_FOLDED
    kept.cache_clear()
    assert folded("Éa" * longest) == letters * longest
    assert kept.cache_info().currsize == 0
    assert folded("Éa") == letters
    assert kept.cache_info().currsize == 1


def test_text_in_ascii_is_not_kept_to_fold_it():
    analysis._kept_folded.cache_clear()
    assert fold("Norms") == "norms"
    assert analysis._kept_folded.cache_info().currsize == 0


def test_the_words_of_short_pieces_are_kept():
    analyzer = Analyzer("en")
    long = "-".join(["norm"] * 20)
    assert analyzer.query_words(f"cyber {long}") == ("cyber", *["norm"] * 20)
    assert analyzer._kept_query_words.cache_info().currsize == 0
    assert analyzer.query_words("cyber-norms") == ("cyber", "norms")
    assert analyzer.query_words("Café society") == ("cafe", "society")  # plain letters are faster read than looked up
    assert analyzer._kept_query_words.cache_info().currsize == 2


def test_the_stems_of_so_many_words_are_kept(monkeypatch):
    monkeypatch.setattr(analysis, "_STEMS_KEPT", 100)
    analyzer = Analyzer("en")
    for number in range(1000):
        assert analyzer.stem(f"norm{number}s") == f"norm{number}"
        assert len(analyzer._stems) <= 100


@pytest.mark.parametrize("kept", [analysis._kept_folded, analysis._kept_value, Analyzer("en")._kept_query_words])
def test_every_memory_has_an_end(kept):
    assert kept.cache_info().maxsize is not None
