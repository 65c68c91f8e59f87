"""Words that people use every day, by language: a spelling correction leaves them alone.

The lists are the small ones of the package `wordfreq` (Speer 2022): every word used at least once in a million words
of text (Zipf frequency 3.0), some 30,000 for a language. A list takes 4 MB of memory and is loaded once.
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from search.text.analysis import Analyzer
from search.text.language_codes import base_code

_FORMAT = {"format": "cB", "version": 1}
_SHORTEST_STEM = 4
"""Letters of a stem from which on other inflections are words too: "leaing" is none of "lea"."""
_EVERYDAY_ZIPF = 4.0
"""Once in a hundred thousand words: some 7,000 words of a language, hardly a surname or a company among them."""


@lru_cache(maxsize=8)
def common_words(language: str, zipf: float = 0.0) -> frozenset[str]:
    """Return the folded words of a language (ISO 639-1 code) of this Zipf frequency or more; empty if there is no list."""
    code = base_code(language)
    analyzer = Analyzer(code)
    enough = (words for number, words in enumerate(_read_list(code)) if 9 - number / 100 >= zipf)
    return frozenset(word for words in enough for entry in words for word in analyzer.words(entry))


@lru_cache(maxsize=8)
def _common_stems(language: str) -> frozenset[str]:
    return frozenset(map(Analyzer(language).stem, common_words(language)))


def load_common_words(language: str) -> None:
    """Load the lists of a language, which takes a tenth of a second; they are kept."""
    common_words(language, _EVERYDAY_ZIPF)
    _common_stems(language)


def _read_list(code: str) -> list[list[str]]:
    """Return the words of a language, list number n those of frequency 10 ** (-n / 100); nothing if there is no list.

    The file is read without the package's code, whose tokenisers would take 7 MB of each process.
    """
    package = Path(find_spec("wordfreq").origin)  # type: ignore[union-attr, arg-type]
    path = package.with_name("data") / f"small_{code}.msgpack.gz"
    if not path.is_file():
        return []
    listed: list[Any] = msgspec.msgpack.decode(gzip.decompress(path.read_bytes()))
    assert listed[0] == _FORMAT, listed[0]
    return listed[1:]


def is_common_word(word: str, analyzer: Analyzer) -> bool:
    """Return whether the folded word, or another inflection of it, is a common word of the analyzer's language."""
    if word in common_words(analyzer.language):
        return True
    stem = analyzer.stem(word)
    return len(stem) >= _SHORTEST_STEM and stem in _common_stems(analyzer.language)


def is_everyday_word(word: str, language: str) -> bool:
    """Return whether the folded word is so frequent that it is hardly ever a name."""
    return word in common_words(language, _EVERYDAY_ZIPF)
