"""Find the long form of an acronym in a question, by the documents that define it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.engines.contract import Engine
from search.fields import ACRONYM
from search.lookups import INITIALS
from search.text.acronyms import fold_letters
from search.text.analysis import Analyzer, fold_value
from search.text.common_words import is_common_word
from search.text.synonyms import Expansion

_LETTERS = range(2, 11)
"""Letters and digits of an acronym."""
_MOST_SMALL_LETTERS = 6
"""The most letters of an acronym typed without capitals; longer ones are words."""
_FORMS_READ = 20
"""The most long forms compared for one acronym."""
_LETTERS_OF_FORM, _WORDS_OF_FORM = range(3, 8), range(3, 11)
"""Letters and words of a long form that is also looked for as its acronym; two letters mean too many other things."""
_ENOUGH_DOCUMENTS = 2
"""A definition counts if two documents have it, or if one has it and its initials are the letters (Schwartz and Hearst)."""


def find_long_form(typed: str, engine: Engine, analyzer: Analyzer) -> str:
    """Return the long form of a typed acronym (`may_be_acronym`), folded; "" if no document defines it.

    It is the long form that most documents define, ties by letters. Capitals that no document defines are taken for the
    initials of a run of capitalised words.
    """
    word = fold_value(fold_letters(typed))
    return _find_commonest_meaning(word, engine, analyzer) or (_commonest_run(word, engine) if _has_capitals(typed) else "")


def may_be_acronym(typed: str, analyzer: Analyzer) -> bool:
    """Return whether a word may be an acronym: capitals, or a few letters that are no word of the language."""
    if len(typed) > _MOST_SMALL_LETTERS and typed.isalpha() and typed.islower():
        return False
    letters = fold_letters(typed)
    if len(letters) not in _LETTERS or not letters.isascii() or not letters[0].isalpha():
        return False
    word = fold_value(letters)
    is_word = len(word) > _MOST_SMALL_LETTERS or word in analyzer.stop_words or is_common_word(word, analyzer)
    return not is_word or _has_capitals(typed)


def _has_capitals(typed: str) -> bool:
    return sum(map(str.isupper, typed)) >= 2


def find_letters(pieces: Sequence[str], engine: Engine, analyzer: Analyzer) -> Expansion | None:
    """Return the acronym that documents define for the typed pieces, or for all but the last; None where none does.

    Its letters are the initials of the words, with or without the small ones.
    """
    for count in (len(pieces), len(pieces) - 1):
        if count not in _WORDS_OF_FORM:
            continue
        words = analyzer.query_words(" ".join(pieces[:count]))
        for letters in _initials(words, analyzer):
            if len(letters) not in _LETTERS_OF_FORM or letters in analyzer.stop_words or words[-1] in analyzer.stop_words:
                continue
            key = fold_value(f"{letters} {' '.join(words)}")
            if engine.has_value(ACRONYM, key):
                return Expansion(count, (letters.upper(),))
    return None


def _initials(words: Sequence[str], analyzer: Analyzer) -> tuple[str, ...]:
    """Return the initials of the words: of all, then of all but the small ones where that differs."""
    kept = [word for word in words if word not in analyzer.stop_words]
    return tuple(dict.fromkeys("".join([word[:1] for word in some]) for some in (words, kept)))


def _find_commonest_meaning(letters: str, engine: Engine, analyzer: Analyzer) -> str:
    prefix = f"{letters}-"
    for value, documents in engine.keyword_counts(ACRONYM, prefix, _FORMS_READ):
        words = _write_out(value.removeprefix(prefix))
        if documents >= _ENOUGH_DOCUMENTS or letters in _initials(words.split(), analyzer):
            return words
    return ""


def _commonest_run(letters: str, engine: Engine) -> str:
    prefix = f"{INITIALS}{letters}-"
    found = engine.keyword_counts(ACRONYM, prefix, 1)
    return _write_out(found[0][0].removeprefix(prefix)) if found else ""


def _write_out(folded: str) -> str:
    """Return a folded long form as words: a letter s by itself stood behind an apostrophe."""
    return re.sub(r"-s(?=-|$)", "'s", folded).replace("-", " ")
