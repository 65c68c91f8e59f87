"""The words of a part of a query, and the term of a word: inflections, compounds and other spellings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from search.query_language import tree as ql
from search.query_language.matching import AllOf, Match, Sequence, Term, TextField, WordPrefix
from search.text.analysis import Analyzer
from search.text.codes import code_writings, number_writings
from search.text.common_words import is_common_word
from search.text.language_codes import base_code
from search.text.spelling_forms import other_spellings

MAX_COMPOUND = 24
"""Letters of a word that is also looked for written as two; a query of the longest words must stay one of some hundred terms."""
MAX_TOKENS = 64
"""Most words of one piece that are searched; "a-a-a-a-…" would otherwise cost as much as hundreds of searches."""
_TEXT_FIELDS = re.compile(
    r"(?:event|place|venue|publisher|journal|series|subtitle|summary|abstract|description|text|fulltext|content|body|note|notes"
    r"|topic|keyword|keywords|kw|any|anywhere|all|source|location|country|city|section|about|url|doi|isbn|issn):(?=[^\W_])",
    re.IGNORECASE,
)
"""Field names of other catalogues whose values are searched as words everywhere. The name itself is not searched."""
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"}
_SPELLED_OUT = re.compile("ae|oe|ue|aa")


def words_of(text: str, analyzer: Analyzer) -> tuple[str, ...]:
    """Return the words of a typed piece, without the name of a field that is searched with all others."""
    is_named = ":" in text and _TEXT_FIELDS.match(text) is not None
    return analyzer.query_words(_TEXT_FIELDS.sub("", text) if is_named else text)[:MAX_TOKENS]


def tokens_of(part: ql.Part, analyzer: Analyzer) -> tuple[str, ...]:
    """Return the words of a plain word, a phrase or a title cited; none for other parts."""
    if isinstance(part, ql.Word):
        return words_of(part.text, analyzer)
    if isinstance(part, (ql.Phrase, ql.Cited)):
        return analyzer.query_words(part.title if isinstance(part, ql.Cited) else part.text)[:MAX_TOKENS]
    return ()


@lru_cache(maxsize=1024)
def term_of_word(word: str, written: str, analyzer: Analyzer, field: TextField) -> Term:
    """Return the term of one word in any form, also written as two ("cybersecurity" finds "cyber security") or spelled otherwise.

    `written` is the word as typed.
    """
    if analyzer.is_single_character(word):
        return Term((WordPrefix(word, field),))
    alternatives = {Sequence((analyzer.stem(word),), field): None}
    if len(word) <= MAX_COMPOUND:
        for first, second in analyzer.two_parts(word):
            alternatives[Sequence((analyzer.stem(first), analyzer.stem(second)), field)] = None
    for writing in number_writings((word,)):
        alternatives[Sequence(writing, field)] = None
    for other in _other_writings(word, written, analyzer):
        alternatives[Sequence((analyzer.stem(other),), field)] = None
    return Term(tuple(alternatives))


def _other_writings(word: str, written: str, analyzer: Analyzer) -> Iterator[str]:
    """Yield other spellings of the word: British or American, Müller or Mueller."""
    if base_code(analyzer.language) == "en":
        yield from other_spellings(word)
    lowered = written.lower()
    if any(umlaut in lowered for umlaut in _UMLAUTS):
        for umlaut, letters in _UMLAUTS.items():
            lowered = lowered.replace(umlaut, letters)
        yield from analyzer.words(lowered)[:1]
    elif _SPELLED_OUT.search(word) and not is_common_word(word, analyzer):
        yield _SPELLED_OUT.sub(lambda letters: letters.group()[0], word)


def compound_of(first: str, second: str, analyzer: Analyzer) -> Term | None:
    """Return the term of two adjacent words written as one: "cyber" beside "security" may be cybersecurity in a document."""
    return Term((Sequence((analyzer.stem(first + second),)),)) if analyzer.may_be_parts(first, second) else None


def match_text(item: ql.Word | ql.Phrase | ql.Prefix, field: TextField, analyzer: Analyzer) -> Match | None:
    """Return the match of a word, a phrase or a prefix in a field; None if it contains no word."""
    is_prefix = isinstance(item, ql.Prefix)
    words = analyzer.query_words(item.text)[:MAX_TOKENS] if is_prefix else tokens_of(item, analyzer)
    return match_words(item, words, field, analyzer)


def match_words(
    item: ql.Word | ql.Phrase | ql.Prefix, words: tuple[str, ...], field: TextField, analyzer: Analyzer
) -> Match | None:
    """Return the match of an item with these words in a field; None if there are none."""
    if not words:
        return None
    match item:
        case ql.Phrase():
            return _phrase(words, field, analyzer)
        case ql.Prefix():
            *before, last = words
            start = Term((WordPrefix(last, field),))
            return AllOf((_side_by_side(tuple(before), field, analyzer), start)) if before else start
        case ql.Word(text):
            if len(words) == 1:
                return term_of_word(words[0], text, analyzer, field)
            return _side_by_side(words, field, analyzer, is_hyphenated="-" in text)


def _phrase(words: tuple[str, ...], field: TextField, analyzer: Analyzer) -> Term:
    if len(words) == 1 and analyzer.is_single_character(words[0]):
        return Term((WordPrefix(words[0], field),))
    writings = (words, *code_writings(words))
    return Term(tuple(Sequence(writing, field, stemmed=False) for writing in writings))


def _side_by_side(words: tuple[str, ...], field: TextField, analyzer: Analyzer, is_hyphenated: bool = False) -> Term:
    stems = Sequence(tuple(map(analyzer.stem, words)), field)
    if not is_hyphenated:
        return Term((stems, *(Sequence(writing, field) for writing in number_writings(words))))
    if not all(word.isalpha() for word in words):
        others = (Sequence(tuple(map(analyzer.stem, writing)), field) for writing in code_writings(words))
        return Term((stems, *others))
    as_one = term_of_word("".join(words), "", analyzer, field)
    return Term(tuple(dict.fromkeys((*as_one.alternatives, stems))))
