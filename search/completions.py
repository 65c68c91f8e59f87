"""What somebody may be about to type: titles, topics, people and words that continue it, each found to give results."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from search.archive import Archive
from search.model.query import NOT_STATED, Query
from search.query_language.cutting import shorten_text
from search.query_language.parser import MIN_PREFIX
from search.suggestions.unfinished_words import correct_and_complete
from search.text.analysis import fold

_TITLES = 4
_VALUES = 2
_FEWEST_CHARACTERS = 2

CompletionKind = Literal["title", "topic", "person", "word"]


class Completion(Struct, frozen=True):
    """What was typed, completed. `key` is a document's id, a topic, a person or the words of a search, by `kind`; `total`
    is the number of documents that it leads to."""

    text: str
    kind: CompletionKind
    total: int
    key: str


def complete(archive: Archive, typed: str, limit: int = 8) -> list[Completion]:
    """Return completions of what was typed, at most `limit`: topics and people, titles, then words. Runs a few searches.

    Words of four letters or more that no document has are mended first.
    """
    text = shorten_text(typed).strip()
    if len(text) < _FEWEST_CHARACTERS:
        return []
    for begun in correct_and_complete(text, archive.engine, archive.analyzer) or (text,):
        if found := _complete(archive, begun):
            return found[:limit]
    return []


def _complete(archive: Archive, text: str) -> list[Completion]:
    """Return all completions of what was begun, each once."""
    generation = archive.engine.current().id
    found = _values(archive, "topic", "topic", text, generation) + _values(archive, "people", "person", text, generation)
    found += _titles(archive, text)
    found += (Completion(words, "word", total, words) for words, total in archive.completions(text))
    kept: dict[str, Completion] = {}
    for one in found:
        kept.setdefault(fold(one.text), one)
    return list(kept.values())


def _titles(archive: Archive, text: str) -> list[Completion]:
    """Return the best documents with all of the words in their titles, the last one begun."""
    words = [word for word in text.split() if archive.analyzer.words(word)]
    if not words or len(words[-1]) < MIN_PREFIX or not words[-1].isalnum():
        return []
    wanted = " ".join((*(f"title:{word}" for word in words[:-1] if word.isalnum()), f"title:{words[-1]}*"))
    hits = archive.search(Query(wanted, per_page=_TITLES, is_exact=True), facets=()).hits
    return [Completion(hit.document.title, "title", 1, hit.document.id) for hit in hits if hit.document.title]


def _values(archive: Archive, field: str, kind: CompletionKind, text: str, generation: str) -> list[Completion]:
    """Return the values of a field of which some word begins with what was typed, most documents first."""
    wanted = fold(text)
    labels = _labels(archive, field, generation)
    found = [(total, label, value) for value, (label, folded, total) in labels.items() if f" {wanted}" in folded]
    found.sort(key=lambda one: (-one[0], one[1]))
    return [Completion(label, kind, total, value) for total, label, value in found[:_VALUES]]


@lru_cache(maxsize=8)
def _labels(archive: Archive, field: str, generation: str) -> Mapping[str, tuple[str, str, int]]:
    """Return label, folded label and documents by value; kept for a generation."""
    one = archive.fields.keyword[field]
    counts = archive.counts(field).items()
    return {
        value: (one.value_label(value), f" {fold(one.value_label(value))}", total)
        for value, total in counts
        if value != NOT_STATED and total
    }
