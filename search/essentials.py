"""What a question is about, where no document has half of its words: the words that are not only told, the person named."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from msgspec.structs import replace

from search.engines.contract import Engine, count_matching
from search.fields import PERSON
from search.query_language import tree as ql
from search.query_language.matching import AnyOf, HasValue, Match, all_of, scored_terms
from search.query_language.question import Clause, Question
from search.query_language.question_words import HONORIFICS
from search.text.analysis import Analyzer, fold_value
from search.text.common_words import is_common_word, is_everyday_word

_FEWEST_TOGETHER = 3
"""Words that one document must have: in a long question off topic, two of those that documents have are together by chance."""
_MOST_NAMES = 4
"""Names of one question that are looked up."""


def leave_out_what_is_told(question: Question, most: int, analyzer: Analyzer, engine: Engine) -> Question:
    """Return a long question without the common words that no document has: "I vaguely remember that somebody compared ...".

    `most` is the largest number of its words that one document has. A question of which that is too few stays as it is.
    """
    if most < _FEWEST_TOGETHER or not question.is_sentence:
        return question
    typed = {clause: analyzer.query_words(clause.text) for clause in question.word_clauses}
    words = list(dict.fromkeys(word for each in typed.values() for word in each))
    held = dict(zip(words, engine.document_frequencies(words), strict=True))
    told = {clause for clause, each in typed.items() if not any(held[word] for word in each) and _are_common(each, analyzer)}
    clauses = tuple(replace(clause, is_required=False) if clause in told else clause for clause in question.clauses)
    return replace(question, clauses=clauses)


def _are_common(words: tuple[str, ...], analyzer: Analyzer) -> bool:
    return all(is_common_word(word, analyzer) for word in words)


def match_person(question: Question, filters: tuple[Match, ...], analyzer: Analyzer, engine: Engine) -> Match | None:
    """Return the match of the documents, among those of the filters, of a person named beside words that none of them has.

    Their family name is enough, as in "Nobel laureate ElBaradei" and "Prof. Savage (Brown University)"; None if no name is that
    of a person.
    """
    for name in islice(_family_names(question, analyzer), _MOST_NAMES):
        key = fold_value(analyzer.query_words(name.text)[0])
        typed = next(scored_terms(name.match), None) if name.match is not None else None  # without the words beside it
        if typed is not None and engine.has_value(PERSON, key):
            match = all_of((*filters, AnyOf((typed, HasValue(PERSON, (key,))))))
            if not filters or count_matching(engine, match):
                return match
    return None


def _family_names(question: Question, analyzer: Analyzer) -> Iterator[Clause]:
    """Yield the clauses that may be a family name: no word of every day, unless a title such as "Dr." precedes it."""
    before = ""
    for clause in question.clauses:
        typed = analyzer.query_words(clause.text)
        if clause.is_required and isinstance(clause.parts[0], ql.Word) and len(typed) == 1:
            is_known = is_everyday_word if clause.text[:1].isupper() else lambda word, _: is_common_word(word, analyzer)
            if before in HONORIFICS or not is_known(typed[0], analyzer.language):
                yield clause
        before = "".join(typed)
