"""Find documents that an excluded word removes only because it is in the label of a topic or a type, not in their own text.

A document about spying may have the topic "China and the United States" and never mention China. "spying -china" excludes it
as long as other documents remain; if none does, documents that have the word only in labels are shown.
"""

from __future__ import annotations

from search.engines.contract import Engine, Request
from search.fields import IDENTIFIER, Fields, words_and_stems
from search.lookups import identifier_key
from search.model.document import Document
from search.query_language import tree as ql
from search.query_language.compiling import compile_tree, to_match
from search.query_language.matching import HasValue, Match, Sequence, Term, all_of, scored_terms
from search.query_language.question import Vocabulary
from search.text.analysis import Analyzer

_MOST_READ = 50
"""The most documents read to decide; if more have the excluded words, None is returned."""


def label_stems(fields: Fields, analyzer: Analyzer) -> frozenset[str]:
    """Return the stems of the words in the labels of topics and types that the configuration names."""
    known = (fields.keyword["topic"], fields.keyword["type"])
    labels = (label for field in known for label in (*field.labels.values(), *field.spellings.values()))
    return frozenset(analyzer.stem(word) for label in labels for word in analyzer.words(label))


Excluded = tuple[ql.Word, ...]
"""Words that are excluded together: a document with all of them is not wanted."""


def excluded_words(tree: ql.Tree) -> tuple[Excluded, ...]:
    """Return the words that a query excludes, by a sign or in words."""
    parts = tree.parts if isinstance(tree, ql.All) else ()
    items = (item for part in parts for item in (part.filters if isinstance(part, ql.Understood) else (part,)))
    return tuple(filter(None, map(_excluded, items)))


def _excluded(item: ql.Part) -> Excluded:
    """Return the words that a part excludes; none where it excludes anything else."""
    inner = item.item if isinstance(item, ql.Not) else None
    words = inner.parts if isinstance(inner, ql.Group) else (inner,)
    plain = tuple(word for word in words if isinstance(word, ql.Word))
    return plain if len(plain) == len(words) else ()


def may_be_in_labels(excluded: tuple[Excluded, ...], labels: frozenset[str], analyzer: Analyzer) -> bool:
    """Return whether there are words, and labels with these stems can contain all of them."""
    words = [word for together in excluded for word in together]
    return bool(words) and all(any(labels.issuperset(way) for way in _ways_of(word, analyzer)) for word in words)


def match_without_labels(tree: ql.All, vocabulary: Vocabulary, engine: Engine) -> Match | None:
    """Return a match of the documents that have the excluded words only in labels; None if there are none.

    Costs one search at most.
    """
    excluded = excluded_words(tree)
    ways = [[_ways_of(word, vocabulary.analyzer) for word in together] for together in excluded]
    wanted = compile_tree(ql.All(tuple(filter(None, map(_without_excluded_words, tree.parts)))), vocabulary)
    if not wanted.word_clauses:
        return None
    taken_away = tuple(to_match(ql.All(together), vocabulary.analyzer) for together in excluded)
    found = engine.find(Request(all_of((wanted.match, *taken_away)), limit=_MOST_READ))
    if found.total > _MOST_READ:
        return None
    kept = [document for document, _ in found.hits if not _has_any(document, ways, vocabulary.analyzer)]
    keys = tuple(sorted(identifier_key(document.id) for document in kept))
    return all_of((wanted.match, HasValue(IDENTIFIER, keys))) if keys else None


def _without_excluded_words(part: ql.Part) -> ql.Part | None:
    """Return a part of a query without the words it excludes; None where nothing remains."""
    if isinstance(part, ql.Understood) and excluded_words(ql.All((part,))):
        rest = tuple(item for item in part.filters if not _excluded(item))
        return ql.Understood(part.text, part.meaning, rest) if rest else None
    return None if _excluded(part) else part


def _ways_of(word: ql.Word, analyzer: Analyzer) -> list[tuple[str, ...]]:
    """Return the ways in which a document may have the word, as stems."""
    terms: list[Term] = list(scored_terms(to_match(ql.All((word,)), analyzer)))
    return [way.tokens for term in terms for way in term.alternatives if isinstance(way, Sequence)]


def _has_any(document: Document, ways: list[list[list[tuple[str, ...]]]], analyzer: Analyzer) -> bool:
    """Return whether the document has all words of one exclusion in anything but its topics and its type."""
    held = words_and_stems(document, analyzer, with_values=False)
    return any(all(any(held.issuperset(way) for way in word) for word in together) for together in ways)
