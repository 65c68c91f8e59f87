"""Correct the spelling of words that no document contains.

A word is corrected only if it looks like a typing mistake: no document contains it in any form, and it is no number, stop
word or common word of the language. A capitalised word may be a name, so it never becomes an everyday word. Where
several corrections are as near, the one is taken that occurs together with the other words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from itertools import islice, pairwise, product

from msgspec import Struct
from msgspec.structs import replace

from search.engines.contract import Engine, Request, count_matching
from search.query_language import tree as ql
from search.query_language.compiling import to_match
from search.query_language.matching import AllOf, AnyOf, Sequence, Term
from search.query_language.parser import MAX_WORDS
from search.query_language.words import MAX_COMPOUND
from search.text.analysis import Analyzer
from search.text.characters import APOSTROPHES
from search.text.common_words import is_common_word, is_everyday_word

MIN_LENGTH = 4
"""Shorter words have too many others within two edits."""
MAX_CORRECTIONS = 3
"""Most words of one query that are corrected; one with more unknown words is in another language or off topic."""
_APOSTROPHE = re.compile(f"(['{APOSTROPHES}])")
_LONGEST_ACRONYM = 5
_ARTICLES = frozenset("der das dem des ein eine la le les un une du au aux el los las una il lo gli uno".split())
"""Articles of larger languages that are no English words. Those of the archive's own language are stop words."""
_VOWELS = frozenset("aeiouy")
_MOST_LOOKED_UP = 12
"""Most words of one query that are searched in other forms."""
_SHORTEST_PART = 4
"""Letters of each of two words that may have been typed as one."""
_CANDIDATES = 3
"""Corrections of a word that are compared: the right one is among the nearest three for 19 of 20 misspelt words."""
_DOCUMENTS_READ = 10
"""Documents in which the corrections are looked for together."""


class Correction(Struct, frozen=True):
    """A query with its misspelt words corrected. `searches` were run to choose between corrections, one or none; `may_find` is
    false where none of them occurs together with the other words."""

    tree: ql.All
    searches: int = 0
    may_find: bool = True


def correct(tree: ql.Tree, analyzer: Analyzer, engine: Engine, not_required: Collection[str] = frozenset()) -> Correction | None:
    """Return the query with its misspelt words corrected; None where nothing is corrected. Words not required stay as they are.

    Runs one search where the choice between corrections depends on the other words, and none otherwise.
    """
    if isinstance(tree, ql.Passage):
        return None
    candidates: dict[str, list[str]] = {}
    unknown = list(_unknown_words(tree, analyzer, engine, not_required))
    articles = _foreign_articles(tree, analyzer)
    for word, is_capitalised in unknown:
        nearest = [similar for similar, _ in engine.similar_words(word, _CANDIDATES)]
        if is_capitalised:
            nearest = [similar for similar in nearest if not is_everyday_word(similar, analyzer.language)]
        elif not nearest:
            nearest = _split(word, analyzer, engine, may_correct=len(unknown) == 1)
        if nearest and (word not in articles or _stand_behind(articles[word], nearest, analyzer, engine)):
            candidates[word] = nearest
    if not candidates:
        return None
    chosen = {word: similar[0] for word, similar in candidates.items()}
    searches, may_find = 0, True
    if len(tree.parts) > 1 and any(len(similar) > 1 for similar in candidates.values()):
        together = _choose_together(tree, candidates, analyzer, engine)
        searches, may_find, chosen = 1, together is not None, together or chosen
    parts = tuple(apart for part in tree.parts for apart in _words_apart(_respell(part, chosen, analyzer)))
    is_empty = all(isinstance(part, ql.Word) and analyzer.has_only_stop_words(part.text) for part in parts)
    return None if is_empty else Correction(ql.All(parts), searches, may_find)


def _unknown_words(tree: ql.All, analyzer: Analyzer, engine: Engine, not_required: Collection[str]) -> Iterator[tuple[str, bool]]:
    """Yield up to MAX_CORRECTIONS words that no document contains and that may be misspelt, and whether each is capitalised."""
    texts = [text for part in tree.parts for text in _texts(part)]
    shouts = all(text.isupper() for text in texts)
    capitalised: dict[str, bool] = {}
    for text in texts:
        for word, start, end in analyzer.spans(text):
            if not _is_acronym(text[start:end], shouts and len(texts) > 1):
                capitalised.setdefault(word, text[start].isupper() and not shouts)
    words = [word for word in capitalised if word not in not_required and _may_be_misspelt(word, analyzer)][:MAX_WORDS]
    missing = [word for word, documents in zip(words, engine.document_frequencies(words), strict=True) if not documents]
    unknown = (word for word in missing[:_MOST_LOOKED_UP] if not _has_another_form(word, analyzer, engine))
    return ((word, capitalised[word]) for word in islice(unknown, MAX_CORRECTIONS))


def _is_acronym(written: str, shouts: bool) -> bool:
    """Return whether a word as written is an acronym: short, and in capitals or without a vowel, as in NATO and gdpr."""
    return len(written) <= _LONGEST_ACRONYM and ((written.isupper() and not shouts) or _VOWELS.isdisjoint(written.lower()))


def _may_be_misspelt(word: str, analyzer: Analyzer) -> bool:
    is_long_enough = len(word) >= MIN_LENGTH and word.isalpha()
    return is_long_enough and word not in analyzer.stop_words and not is_common_word(word, analyzer)


def _has_another_form(word: str, analyzer: Analyzer, engine: Engine) -> bool:
    """Return whether some document contains the word inflected, or written as two."""
    return count_matching(engine, to_match(ql.All((ql.Word(word),)), analyzer)) > 0


def _foreign_articles(tree: ql.All, analyzer: Analyzer) -> dict[str, str]:
    """Return the article of another language that precedes a word, by word: what follows one is a word of that language too."""
    words = [word for part in tree.parts for text in _texts(part) for word in analyzer.query_words(text)]
    return {word: article for article, word in pairwise(words) if article in _ARTICLES and article not in analyzer.stop_words}


def _stand_behind(article: str, similar: list[str], analyzer: Analyzer, engine: Engine) -> bool:
    """Return whether a document has one of the words behind the article: "la Trobbe" is La Trobe, but "la Chine" no Hine."""
    ways = tuple(Sequence((analyzer.stem(article), analyzer.stem(word))) for word in similar)
    return count_matching(engine, Term(ways)) > 0


def _split(word: str, analyzer: Analyzer, engine: Engine, may_correct: bool) -> list[str]:
    """Return the word as the two most frequent words that it may be, as in "china spying" for "chinaspying"; or nothing.

    If no such words are known and it `may_correct`, one of them may be misspelt, as in "cyberwepons".
    """
    places = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1) if len(word) <= MAX_COMPOUND else range(0)
    parts = [part for place in places for part in (word[:place], word[place:])]
    counts = engine.document_frequencies(parts)
    pairs = [(min(counts[n : n + 2]), " ".join(parts[n : n + 2])) for n in range(0, len(parts), 2)]
    best = max(pairs, default=(0, ""))
    if best[0] or not may_correct:
        return [best[1]] if best[0] else []
    known = [part for part, documents in zip(parts, counts, strict=True) if documents]
    part = max(known, key=len, default="")
    other = word.removeprefix(part) if word.startswith(part) else word.removesuffix(part)
    is_slip = len(other) > _SHORTEST_PART and part and not is_common_word(other, analyzer)
    similar = engine.similar_words(other, 1) if is_slip else ()
    return [word.replace(other, f" {found} ").strip() for found, _ in similar]


def _words_apart(part: ql.Item | ql.Either) -> tuple[ql.Item | ql.Either, ...]:
    return tuple(map(ql.Word, part.text.split())) if isinstance(part, ql.Word) and " " in part.text else (part,)


def _choose_together(tree: ql.All, candidates: dict[str, list[str]], analyzer: Analyzer, engine: Engine) -> dict[str, str] | None:
    """Choose a correction for each word: the nearest ones that one document contains together with the other words.

    Where no document read has a choice together, the nearest are chosen; None where no document has any with the other words.
    """
    others = ql.All(tuple(part for part in tree.parts if not any(word in candidates for word in _words(part, analyzer))))
    corrections = tuple(
        AnyOf(tuple(to_match(ql.All(tuple(map(ql.Word, word.split()))), analyzer) for word in similar))
        for similar in candidates.values()
    )
    found = engine.find(Request(AllOf((to_match(others, analyzer), *corrections)), limit=_DOCUMENTS_READ))

    @cache  # documents are read one by one: usually the first has the nearest corrections
    def stems_of(number: int) -> set[str]:
        return {analyzer.stem(word) for text in found.hits[number][0].main_texts for word in analyzer.words(text)}

    for choice in product(*candidates.values()):
        wanted = {analyzer.stem(word) for each in choice for word in each.split()}
        if any(wanted <= stems_of(number) for number in range(len(found.hits))):
            return dict(zip(candidates, choice, strict=True))
    return {word: similar[0] for word, similar in candidates.items()} if found.total else None


def _words(part: ql.Item | ql.Either, analyzer: Analyzer) -> list[str]:
    return [word for text in _texts(part) for word in analyzer.query_words(text)]


def _texts(part: ql.Item | ql.Either) -> list[str]:
    """Return the complete texts that a part searches for; exclusions and prefixes are not corrected."""
    match part:
        case ql.Word(text) | ql.Phrase(text):
            return [text]
        case ql.InTitle(item):
            return _texts(item)
        case ql.Either(items):
            return [text for item in items for text in _texts(item)]
        case _:
            return []


def _respell(part: ql.Item | ql.Either, chosen: dict[str, str], analyzer: Analyzer) -> ql.Item | ql.Either:
    match part:
        case ql.Word(text) | ql.Phrase(text):
            return replace(part, text=_respell_text(text, chosen, analyzer))
        case ql.InTitle(item):
            return replace(part, item=_respell(item, chosen, analyzer))
        case ql.Either(items):
            return replace(part, items=tuple(_respell(item, chosen, analyzer) for item in items))
        case _:
            return part


def _respell_text(text: str, chosen: dict[str, str], analyzer: Analyzer) -> str:
    """Return the text with its words corrected in place; the text between them, and their case, stay the same."""
    places = [(start, end, word) for word, start, end in analyzer.spans(text) if word in chosen]
    for start, end, word in reversed(places):
        text = text[:start] + _respell_written(text[start:end], word, chosen[word], analyzer) + text[end:]
    return text


def _respell_written(written: str, word: str, correction: str, analyzer: Analyzer) -> str:
    """Return a piece with its word corrected; an article before an apostrophe and a final "’s" stay."""
    pieces = _APOSTROPHE.split(written)
    for number, piece in enumerate(pieces):
        if len(pieces) > 1 and analyzer.words(piece) == [word]:
            pieces[number] = _match_case(piece, correction)
            return "".join(pieces)
    return _match_case(written, correction)


def _match_case(written: str, correction: str) -> str:
    if len(written) > 1 and written.isupper():
        return correction.upper()
    return correction.capitalize() if written[0].isupper() else correction
