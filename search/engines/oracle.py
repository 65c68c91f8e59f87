"""The oracle: brute force over a list of documents in memory, slow and obviously right.

The contract suite compares every other engine with it, and unit tests of the web room run on it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime

from msgspec.structs import replace

from search.config.settings import Config
from search.engines.contract import (
    EVERYTHING_BY_ID,
    FIRST_SCORE,
    WINDOW,
    Answer,
    Generation,
    Progress,
    Request,
)
from search.engines.published import ListedDocuments, PublishedDocument
from search.engines.similarity import find_similar, rank_similar
from search.errors import IndexMissing
from search.fields import Fields, title_key
from search.model.document import Document, encode_document, fingerprint
from search.model.query import NOT_STATED, Selection
from search.query_language import matching as m
from search.text.analysis import fold_value


@dataclass(frozen=True, slots=True)
class _Row:
    """A document with its words: per chunk (field, weight, surface words, stems), and its folded keyword values."""

    document: Document
    chunks: tuple[tuple[str, int, tuple[str, ...], tuple[str, ...]], ...]
    values: Mapping[str, tuple[str, ...]]
    length: int


class OracleEngine:
    """An `Engine` that answers each request by a loop over all documents."""

    def __init__(self, config: Config, documents: Sequence[Document] = ()) -> None:
        self.fields = Fields(config)
        self.ranking = config.ranking
        self._generations: list[tuple[Generation, list[_Row]]] = []
        self._held: tuple[Generation, list[_Row]] | None = None
        if documents:
            self.build(documents)

    # searching

    def find(self, request: Request) -> Answer:
        rows = self._rows
        matching = [row for row in rows if self._matches(request.match, row)]
        chosen = [row for row in matching if self._is_selected(row, request.selections)]
        scores = self._scores(request.match, chosen, rows) if request.sort == "relevance" and request.limit else {}
        scores = {
            row.document.id: scores[row.document.id] + FIRST_SCORE * any(self._matches(part, row) for part in request.first)
            for row in chosen
            if scores
        }
        ordered = sorted(chosen, key=lambda row: self._sort_key(request.sort, row, scores)) if request.limit else []
        if scores and request.boosts:
            window = ordered[:WINDOW]
            for row in window:
                scores[row.document.id] *= 1 + sum(b.factor for b in request.boosts if self._matches(b.match, row))
            ordered[:WINDOW] = sorted(window, key=lambda row: self._sort_key(request.sort, row, scores))
        counts = {name: self._count(name, matching, request.selections) for name in request.facets}
        hits = ordered[request.offset : request.offset + request.limit]
        return Answer(
            len(chosen),
            tuple((row.document, scores.get(row.document.id, 0.0)) for row in hits),
            counts,
            self.current().id,
            tuple(m.scored_terms(request.match)),
        )

    def every(self, request: Request = EVERYTHING_BY_ID) -> Iterator[Document]:
        found = self.find(replace(request, facets=(), offset=0, limit=len(self._rows)))
        return (document for document, _ in found.hits)

    def count_most_matched(self, parts: Sequence[m.Match], match: m.Match) -> int:
        """Return the largest number of `parts` that one document matching `match` has."""
        return max(
            (sum(self._matches(part, row) for part in parts) for row in self._rows if self._matches(match, row)), default=0
        )

    def has_value(self, field: str, value: str) -> bool:
        """Return whether any document has a folded value of a keyword field."""
        return any(value in row.values.get(field, ()) for row in self._rows)

    def _matches(self, match: m.Match, row: _Row) -> bool:
        match match:
            case m.Everything():
                return True
            case m.Term():
                return self._frequency(match, row) > 0
            case m.HasValue(field, values):
                return bool({fold_value(value) for value in values} & set(row.values.get(field, ())))
            case m.Within(first, last):
                span = row.document.date
                return span is not None and span.is_within(first, last)
            case m.AllOf(parts):
                return all(self._matches(part, row) for part in parts)
            case m.AnyOf(parts):
                return any(self._matches(part, row) for part in parts)
            case m.AtLeast(count, parts):
                return sum(self._matches(part, row) for part in parts) >= count
            case m.Not(part):
                return not self._matches(part, row)

    def _frequency(self, term: m.Term, row: _Row) -> int:
        return sum(self._occurrences(alternative, row) for alternative in term.alternatives)

    def _occurrences(self, alternative: m.Sequence | m.WordPrefix, row: _Row) -> int:
        """Return the occurrences, each counted by the weight of its chunk; a phrase never runs from one chunk into the next."""
        found = 0
        for field, weight, words, stems in row.chunks:
            if alternative.field == "title" and field != "title":
                continue
            if isinstance(alternative, m.WordPrefix):
                found += weight * sum(word.startswith(alternative.prefix) for word in words)
                continue
            tokens, wanted = (stems if alternative.stemmed else words), alternative.tokens
            found += weight * sum(tokens[i : i + len(wanted)] == wanted for i in range(len(tokens) - len(wanted) + 1))
        return found

    def _is_selected(self, row: _Row, selections: Iterable[Selection]) -> bool:
        for chosen in selections:
            values = set(row.values.get(chosen.field, ()))
            if chosen.include and not values & {fold_value(value) for value in chosen.include}:
                return False
            if values & {fold_value(value) for value in chosen.exclude}:
                return False
        return True

    def _count(self, name: str, matching: list[_Row], selections: Iterable[Selection]) -> dict[str, int]:
        others = [chosen for chosen in selections if chosen.field != name]
        field = self.fields.keyword[name]
        return dict(Counter(v for row in matching if self._is_selected(row, others) for v in field.counted_values(row.document)))

    def _scores(self, match: m.Match, chosen: list[_Row], rows: list[_Row]) -> dict[str, float]:
        """Return BM25 with idf = ln(1 + (N - df + 0.5) / (df + 0.5)), summed over the terms."""
        k1, b = self.ranking.k1, self.ranking.b
        average = sum(row.length for row in rows) / max(len(rows), 1) or 1.0
        scores = dict.fromkeys((row.document.id for row in chosen), 0.0)
        for term in m.scored_terms(match):
            df = sum(self._frequency(term, row) > 0 for row in rows)
            idf = term.weight * math.log(1 + (len(rows) - df + 0.5) / (df + 0.5))
            for row in chosen:
                if tf := self._frequency(term, row):
                    scores[row.document.id] += idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * row.length / average))
        return scores

    def _sort_key(self, sort: str, row: _Row, scores: Mapping[str, float]) -> tuple[object, ...]:
        document = row.document
        if sort == "id":
            return (document.id,)
        if sort == "relevance":
            return (-scores[document.id], document.id)
        if sort == "title":
            return (*title_key(document), document.id)
        if document.date is None:
            return (1, 0, document.id)
        day = document.date.sort_day
        return (0, -day if sort == "newest" else day, document.id)

    def get(self, document_id: str) -> Document | None:
        return next((row.document for row in self._rows if row.document.id == document_id), None)

    # the vocabulary

    def document_frequencies(self, words: Sequence[str]) -> list[int]:
        counted = self._vocabulary()
        return [counted[word] for word in words]

    def similar_words(self, word: str, limit: int) -> list[tuple[str, int]]:
        frequencies = self._vocabulary()
        return rank_similar(((near, frequencies[near.word]) for near in find_similar(word, frequencies)), limit)

    def words_starting(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        found = [(-df, word) for word, df in self._vocabulary().items() if word.startswith(prefix)]
        return [(word, -df) for df, word in sorted(found)[:limit]]

    def keyword_counts(self, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Return the most frequent values of a keyword field with this prefix, and how many documents have them."""
        documents: dict[str, set[str]] = {}
        spellings: dict[str, Counter[str]] = {}
        for row in self._rows if field in self.fields.keyword else ():
            for value in self.fields.keyword[field].counted_values(row.document):
                documents.setdefault(fold_value(value), set()).add(row.document.id)
                spellings.setdefault(fold_value(value), Counter())[value] += 1
        found = sorted((-len(ids), key) for key, ids in documents.items() if key.startswith(prefix) and key != NOT_STATED)
        return [(min(spellings[key].items(), key=lambda item: (-item[1], item[0]))[0], -less) for less, key in found[:limit]]

    def _vocabulary(self) -> Counter[str]:
        return Counter(word for row in self._rows for word in {w for chunk in row.chunks for w in chunk[2]})

    # publishing

    @property
    def _rows(self) -> list[_Row]:
        self.current()
        return (self._held or self._generations[0])[1]

    def current(self) -> Generation:
        if not self._generations:
            raise IndexMissing("nothing has been published yet; run `python -m indexer build`")
        return (self._held or self._generations[0])[0]

    def generations(self) -> list[Generation]:
        return [generation for generation, _ in self._generations]

    def list_published(self) -> ListedDocuments:
        rows = self._rows if self._generations else []
        return ListedDocuments(
            (row.document.id, PublishedDocument(row.document.source_path, fingerprint(encode_document(row.document))))
            for row in rows
        )

    def build(self, documents: Sequence[Document], progress: Progress | None = None) -> Generation:
        rows = [self._row(document) for document in documents]
        now = datetime.now(UTC).isoformat(timespec="seconds")
        generation = Generation(f"memory-{len(self._generations) + 1}", now, len(rows), "memory")
        self._generations.insert(0, (generation, rows))
        return generation

    def update(self, changed: Sequence[Document], removed: Iterable[str]) -> Generation:
        gone = {*removed, *(document.id for document in changed)}
        return self.build([row.document for row in self._rows if row.document.id not in gone] + list(changed))

    def _row(self, document: Document) -> _Row:
        chunks = []
        for chunk in self.fields.chunks(document):
            words = tuple(self.fields.analyzer.words(chunk.text))
            chunks.append((chunk.field, chunk.weight, words, tuple(map(self.fields.analyzer.stem, words))))
        values = {name: tuple(map(fold_value, field.counted_values(document))) for name, field in self.fields.keyword.items()}
        return _Row(document, tuple(chunks), values, sum(weight * len(words) for _, weight, words, _ in chunks))

    def rollback(self) -> Generation:
        if len(self._generations) < 2:
            raise IndexMissing("there is no earlier generation to go back to; run `python -m indexer build`")
        self._generations.append(self._generations.pop(0))
        return self.current()

    def merge(self, generation: Generation) -> None:
        return None

    def find_damage(self) -> list[str]:
        return []

    def verify(self) -> list[str]:
        return []

    def follow(self) -> None:
        pass

    def pin(self) -> nullcontext[None]:
        return nullcontext()

    def hold(self) -> None:
        self.current()
        self._held = self._generations[0]

    def close(self) -> None:
        self._held = None
