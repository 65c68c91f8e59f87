"""Complete what a visitor types with titles, topics, people and words; each completion finds documents."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, chain, islice
from typing import Literal

from msgspec import Struct

from search.archive import Archive
from search.engines.contract import Request
from search.model.query import NOT_STATED, Query
from search.query_language.compiling import to_match
from search.query_language.cutting import shorten_text
from search.query_language.parser import MIN_PREFIX
from search.suggestions.unfinished_words import correct_and_complete
from search.text.analysis import fold

_TITLES = 4
_VALUES = 2
_WORDS_READ, _WORDS_TRIED, _TRIED_BEHIND_OTHERS = 12, 3, 2
"""How many of the most frequent words with the prefix are read; how many are tried if it is the only word, and behind others."""
_FEWEST_CHARACTERS = 2
_TOTALS, _LABELS = 4096, 8
"""Texts whose totals are kept, and lists of labels."""

CompletionKind = Literal["title", "topic", "person", "word"]
_FIELDS: tuple[tuple[str, CompletionKind], ...] = (("topic", "topic"), ("people", "person"))


class Completion(Struct, frozen=True):
    """A completion. `key` is a document's id, a topic, a person or the words of a search, by `kind`; `total` is the number of
    documents that it finds."""

    text: str
    kind: CompletionKind
    total: int
    key: str


class _Labels(Struct, frozen=True):
    """The values of a field, most documents first: their folded labels in one text, where each ends, and label, value, total."""

    folded: str
    ends: list[int]
    rows: list[tuple[str, str, int]]


class Completions:
    """Completes what is typed to one archive. What is counted is kept for a generation: the next letter mostly needs it again."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._engine, self._analyzer = archive.engine, archive.analyzer
        self._kept_total = lru_cache(_TOTALS)(lambda text, generation: archive.count_first(Query(text)))
        self._kept_labels = lru_cache(_LABELS)(lambda field, language, generation: self._list_labels(field, language))

    def complete(self, typed: str, limit: int = 8, language: str = "") -> list[Completion]:
        """Return completions of what was typed, at most `limit`: topics and people, titles, then words. Runs a few searches.

        Topics are shown with the labels that the configuration has in `language`, and found by these and by its own. Words of
        four letters or more that no document has are corrected first.
        """
        text = shorten_text(typed).strip()
        if len(text) < _FEWEST_CHARACTERS:
            return []
        for prefix in correct_and_complete(text, self._engine, self._analyzer) or (text,):
            if found := self._complete(prefix, limit, language):
                return found
        return []

    def _complete(self, text: str, limit: int, language: str) -> list[Completion]:
        """Return the first completions of a text, each once."""
        values = (self._values(*kind, text, language) for kind in _FIELDS)
        items = list(chain(*values, self._titles(text)))
        # Several words are the beginning of a title. Each word they may end with is a search, run only if needed.
        words = () if " " in text and len(items) >= _TITLES else self._words(text)
        kept: dict[str, Completion] = {}
        for one in chain(items, words):
            kept.setdefault(fold(one.text), one)
            if len(kept) == limit:
                break
        return list(kept.values())

    def _titles(self, text: str) -> Iterator[Completion]:
        """Yield the best documents with all of the words in their titles, the last one begun."""
        words = [word for word in text.split() if self._analyzer.words(word)]
        if not words or len(words[-1]) < MIN_PREFIX or not words[-1].isalnum():
            return
        wanted = " ".join((*(f"title:{word}" for word in words[:-1] if word.isalnum()), f"title:{words[-1]}*"))
        match = to_match(self._archive.parse(wanted), self._analyzer)
        for document, _ in self._engine.find(Request(match, limit=_TITLES)).hits:
            if document.title:
                yield Completion(document.title, "title", 1, document.id)

    def _words(self, text: str) -> Iterator[Completion]:
        """Yield completions of the last word, each with the number of documents found with the words before it."""
        before, _, last = text.rpartition(" ")
        words = self._analyzer.query_words(last)
        if len(words) != 1 or len(words[0]) < MIN_PREFIX:
            return
        frequent = (word for word, _ in self._engine.words_starting(words[0], _WORDS_READ))
        asking = (word for word in frequent if word not in self._analyzer.stop_words)
        for word in islice(asking, _TRIED_BEHIND_OTHERS if before else _WORDS_TRIED):
            completed = f"{before} {word}".strip()
            if total := self._kept_total(completed, self._engine.current().id):
                yield Completion(completed, "word", total, completed)

    def _values(self, field: str, kind: CompletionKind, text: str, language: str) -> Iterator[Completion]:
        """Yield the values of a field with a word that begins with the text, most documents first."""
        translated = language if language in self._archive.config.labels and field != "people" else ""
        labels = self._kept_labels(field, translated, self._engine.current().id)
        wanted, at = f" {fold(text)}", 0
        for _ in range(_VALUES):
            at = labels.folded.find(wanted, at)
            if at < 0:
                return
            row = bisect_right(labels.ends, at)
            label, value, total = labels.rows[row]
            yield Completion(label, kind, total, value)
            at = labels.ends[row]

    def _list_labels(self, field: str, language: str) -> _Labels:
        """Return the labels of a field's values, in the archive's own language and in `language`."""
        archive = self._archive
        if field not in archive.fields.keyword:
            return _Labels("", [], [])
        one = archive.fields.keyword[field]
        counted = [(one.value_label(value), value, total) for value, total in archive.counts(field).items() if total]
        named = [(archive.config.label_in(label, language), label, value, -total) for label, value, total in counted]
        named = sorted((row for row in named if row[2] != NOT_STATED), key=lambda row: (row[3], row[0]))
        folded = [f" {fold(shown)}\n" if shown == own else f" {fold(shown)}\t {fold(own)}\n" for shown, own, _, _ in named]
        rows = [(shown, value, -less) for shown, _, value, less in named]
        return _Labels("".join(folded), list(accumulate(map(len, folded))), rows)
