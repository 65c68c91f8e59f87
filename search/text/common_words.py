"""Words that people use every day, by language: a spelling correction leaves them alone.

The lists are the small ones of the package `wordfreq` (Speer 2022): every word used at least once in a million words
of text (Zipf frequency 3.0), some 30,000 for a language. A list takes 4 MB of memory and is loaded once.
"""

from __future__ import annotations

from functools import lru_cache

import wordfreq

from search.text.analysis import Analyzer
from search.text.language_codes import base_code

_LIST = "small"
_EVERYDAY_ZIPF = 4.0
"""Once in a hundred thousand words: some 7,000 words of a language, hardly a surname or a company among them."""


@lru_cache(maxsize=8)
def common_words(language: str) -> frozenset[str]:
    """Return the folded common words of a language (ISO 639-1 code); empty where there is no list."""
    return _words_above(language, 0.0)


@lru_cache(maxsize=8)
def _everyday_words(language: str) -> frozenset[str]:
    return _words_above(language, _EVERYDAY_ZIPF)


@lru_cache(maxsize=8)
def _common_stems(language: str) -> frozenset[str]:
    analyzer = Analyzer(language)
    return frozenset(map(analyzer.stem, common_words(language)))


def _words_above(language: str, zipf: float) -> frozenset[str]:
    code = base_code(language)
    if code not in wordfreq.available_languages(_LIST):
        return frozenset()
    analyzer = Analyzer(code)
    listed = wordfreq.get_frequency_list(code, _LIST)  # list number n holds the words of frequency 10 ** (-n / 100)
    enough = (words for number, words in enumerate(listed) if 9 - number / 100 >= zipf)
    return frozenset(word for words in enough for entry in words for word in analyzer.words(entry))


def is_common_word(word: str, analyzer: Analyzer) -> bool:
    """Return whether the folded word, or another inflection of it, is a common word of the analyzer's language."""
    return word in common_words(analyzer.language) or analyzer.stem(word) in _common_stems(analyzer.language)


def is_everyday_word(word: str, language: str) -> bool:
    """Return whether the folded word is so frequent that it is hardly ever a name."""
    return word in _everyday_words(language)
