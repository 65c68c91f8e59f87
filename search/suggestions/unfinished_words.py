"""Correct and complete the words being typed: "huwa" becomes Huawei."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from search.engines.contract import Engine
from search.text.analysis import Analyzer
from search.text.common_words import is_common_word

_FEWEST_LETTERS = 4
"""Shorter prefixes are one letter away from too many words."""
_CERTAIN_LETTERS = 2
"""Letters at the start of a word that are taken to be right; the vocabulary is read from there."""
_WORDS_READ = 300
_MOST_WORDS = 6
_MOST_RESPELLED = 2


def correct_and_complete(text: str, engine: Engine, analyzer: Analyzer) -> tuple[str, ...]:
    """Return the text with unknown words corrected and the last word completed; nothing if all words are known."""
    *before, last = text.split()
    if len(before) >= _MOST_WORDS:
        return ()
    corrected = [_respell(piece, engine, analyzer) for piece in before]
    endings = _complete(last, engine, analyzer)
    if corrected == before and endings == (last,):
        return ()
    return tuple(" ".join((*corrected, ending)) for ending in endings)


def _respell(piece: str, engine: Engine, analyzer: Analyzer) -> str:
    """Return the word, or the nearest word of the archive if no document has it."""
    word = _word_to_correct(piece, analyzer)
    if not word or engine.document_frequencies([word])[0] or is_common_word(word, analyzer):
        return piece
    return next((similar for similar, _ in engine.similar_words(word, 1)), piece)


def _complete(piece: str, engine: Engine, analyzer: Analyzer) -> tuple[str, ...]:
    """Return the prefix itself if words have it, else words with a similar prefix, nearest first."""
    word = _word_to_correct(piece, analyzer)
    if not word or engine.words_starting(word, 1):
        return (piece,)
    read = engine.words_starting(word[:_CERTAIN_LETTERS], _WORDS_READ)
    near = [other for other, _ in read if _has_similar_prefix(word, other)]
    whole = (similar for similar, _ in engine.similar_words(word, 1))
    return tuple(dict.fromkeys((*near, *whole)))[:_MOST_RESPELLED] or (piece,)


def _has_similar_prefix(prefix: str, word: str) -> bool:
    """Whether a word has this prefix with one letter missing, added, replaced or swapped with the next."""
    lengths = range(len(prefix) - 1, len(prefix) + 2)
    return any(OSA.distance(prefix, word[:length], score_cutoff=1) <= 1 for length in lengths)


def _word_to_correct(piece: str, analyzer: Analyzer) -> str:
    """Return the word of a piece if it is long enough to be corrected; else ""."""
    words = analyzer.query_words(piece)
    long_enough = len(words) == 1 and len(words[0]) >= _FEWEST_LETTERS and words[0].isalpha()
    return words[0] if long_enough else ""
