"""The archive as people and programs ask it: a `Query` in, a `ResultPage` out, whatever engine keeps the index."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from search.config.settings import Config
from search.engines.contract import Answer, Engine, Request
from search.engines.open_engine import open_engine
from search.fields import ADDRESS, Fields, KeywordField, display_title
from search.marking.snippets import Marker
from search.model.addresses import known_addresses, own_addresses, plain_address, without_query
from search.model.dates import parse_bound
from search.model.document import Document
from search.model.query import NOT_STATED, Query, Selection
from search.model.results import Facet, FacetValue, Fragment, Hit, Reading, ReadingPart, ResultPage
from search.query_language import parser as ql
from search.query_language.matching import AllOf, Everything, HasValue, Match, Within, optional_parts, scored_terms, to_match
from search.suggestions.alternatives import ways_out
from search.text.analysis import Analyzer, fold_value

_MOST_AT_ADDRESS = 50
"""Documents compared for one address: those that name it, and the few whose addresses differ in marks alone."""


class Archive:
    """One archive: its configuration, its fields and its engine. Safe to share between threads."""

    def __init__(self, config: Config, engine: Engine | None = None) -> None:
        self.config = config
        self.engine = engine or open_engine(config)
        self.fields = Fields(config)
        self.analyzer = Analyzer(config.language, config.stop_words)

    def search(self, query: Query, facets: Collection[str] | None = None) -> ResultPage:
        """Answer a query, with the facets of these names (all of the archive's where none are named).

        Raises IndexMissing, IndexOutdated, IndexDamaged or EngineUnavailable.
        """
        tree = self.parse(query.text)
        match = self._match(tree, query)
        shown = self.fields.facets if facets is None else [one for name, one in self.fields.keyword.items() if name in facets]
        request = self._request(match, query, shown)
        found = self.engine.find(request)
        marker = Marker(found.terms, self.analyzer)
        near = (None, ()) if found.total else ways_out(query, tree, self.analyzer, self.engine, self.count)
        return ResultPage(
            query,
            found.total,
            self._hits(found, marker),
            tuple(self._facet(field, query, found.counts.get(field.name, {})) for field in shown),
            self._reading(tree),
            found.generation,
            *near,
            sort=request.sort,
            typed_total=found.total,
        )

    def every(self, query: Query) -> Iterator[Document]:
        """Yield every document the query finds, in order, from one generation; of any number."""
        match = self._match(self.parse(query.text), query)
        return self.engine.every(match, self._request(match, query, ()).sort, query.selections)

    def find_plain(self, text: str, limit: int, match_any: bool) -> Answer:
        """The best documents for plain words, without operators: all of them required, or any."""
        tree: ql.Tree = ql.Passage(text) if match_any else ql.All(tuple(map(ql.Word, text.split())))
        return self.engine.find(Request(to_match(tree, self.analyzer), limit=limit))

    def parse(self, text: str) -> ql.Tree:
        return ql.parse_text(text, self._named_fields)

    @property
    def _named_fields(self) -> tuple[str, ...]:
        return tuple(name for name in self.fields.keyword if name != "year" and not name.startswith("_"))

    def _named(self, field: str, typed: str) -> str:
        return self.fields.keyword[field].named(typed)

    def _label(self, field: str, typed: str) -> str:
        """A value of the query as the pages show it; as typed where it has no label of its own."""
        return self.fields.keyword[field].value_label(self._named(field, typed))

    def count(self, query: Query) -> int:
        """How many documents the query finds."""
        match = self._match(self.parse(query.text), query)
        return self.engine.find(Request(match, query.selections, limit=0)).total

    def document(self, document_id: str) -> Document | None:
        """The published document of this id, None where there is none or it is withdrawn."""
        return None if document_id in self.config.withdrawn else self.engine.get(document_id)

    def is_gone(self, document_id: str) -> bool:
        """Whether a document of this id was published and is withdrawn or published no more."""
        return document_id in self.config.withdrawn

    def at_address(self, url: str) -> Document | None:
        """The document an address leads to: it was there, or else names the address as a file or a source."""
        wanted = plain_address(url)
        for address in dict.fromkeys((wanted, without_query(wanted))):
            match = HasValue(ADDRESS, (address,))
            found = self.engine.find(Request(match, limit=_MOST_AT_ADDRESS)).hits if address else ()
            for addresses in (own_addresses, known_addresses):
                for document, _ in found:
                    if address in addresses(document):
                        return document
        return None

    def counts(self, field: str, *selections: Selection) -> Mapping[str, int]:
        """Documents by value of `field`, among those the selections let through."""
        return self.engine.find(Request(Everything(), selections, (field,), limit=0)).counts[field]

    def facet_counts(self, fields: Sequence[str], selections: Sequence[Selection]) -> Mapping[str, Mapping[str, int]]:
        """Return documents by value of each field, among those the selections let through. Fields not known are left out."""
        known = tuple(name for name in fields if name in self.fields.keyword)
        return self.engine.find(Request(Everything(), tuple(selections), known, limit=0)).counts

    def marker(self, text: str) -> Marker:
        """Return what marks the words of a query in whole texts."""
        return Marker(tuple(scored_terms(self._match(self.parse(text), Query()))), self.analyzer)

    def display_title(self, document: Document) -> str:
        return display_title(document, self.config.language, self.fields)

    def completions(self, text: str, limit: int = 8) -> list[tuple[str, int]]:
        """What was typed with its last word completed, each run and found to give that many documents."""
        before, _, last = ql.cut(text).rpartition(" ")
        words = self.analyzer.query_words(last)
        if len(words) != 1 or len(words[0]) < ql.MIN_PREFIX:
            return []
        texts = [f"{before} {word}".strip() for word, _ in self.engine.words_starting(words[0], limit)]
        offered = [(candidate, self.count(Query(candidate))) for candidate in texts]
        return [(candidate, total) for candidate, total in offered if total]

    def _match(self, tree: ql.Tree, query: Query) -> Match:
        match = to_match(tree, self.analyzer, self._named)
        if not (query.since or query.until):
            return match
        first = parse_bound(query.since).first_day if query.since else None
        last = parse_bound(query.until).last_day if query.until else None
        return AllOf((match, Within(first, last)))

    def _request(self, match: Match, query: Query, shown: Iterable[KeywordField]) -> Request:
        facets = tuple(field.name for field in shown)
        # Without a word to rank by, the newest come first.
        order = query.order if query.sort or any(scored_terms(match)) else "newest"
        return Request(match, query.selections, facets, order, (query.page - 1) * query.per_page, query.per_page)

    def _hits(self, found: Answer, marker: Marker) -> tuple[Hit, ...]:
        titles = marker.mark_all([document.title for document, _ in found.hits])
        hits = []
        for (document, score), title in zip(found.hits, titles, strict=True):
            shown = self.display_title(document)
            snippet, section = marker.snippet(document)
            anchor, heading = (section.anchor, section.heading) if section else ("", "")
            hits.append(Hit(document, score, shown, title or (Fragment(shown),), snippet, anchor, heading))
        return tuple(hits)

    def _facet(self, field: KeywordField, query: Query, counts: Mapping[str, int]) -> Facet:
        chosen = query.selection(field.name)
        ticked: dict[str, Literal["", "include", "exclude"]] = {fold_value(value): "include" for value in chosen.include}
        ticked |= {fold_value(value): "exclude" for value in chosen.exclude}
        if ticked:
            present = {fold_value(value) for value in counts}
            absent = [value for value in self._spelled(chosen) if fold_value(value) not in present]
            counts = dict(counts) | {field.canonical(value): 0 for value in absent}
        rows = [(-count, *field.described(value), value) for value, count in counts.items()]
        rows.sort(key=lambda row: field.period_number(row[3]), reverse=True) if field.is_period else rows.sort()
        if NOT_STATED in counts:
            rows.sort(key=lambda row: row[3] == NOT_STATED)
        values = [
            FacetValue(value, label, -less, ticked.get(fold_value(value), "") if ticked else "", parent)
            for less, label, parent, value in rows
        ]
        return Facet(field.name, field.label, tuple(values))

    @staticmethod
    def _spelled(chosen: Selection) -> Iterable[str]:
        """Each value chosen, once, however often it is spelled another way."""
        return {fold_value(value): value for value in (*chosen.exclude, *chosen.include)}.values()

    def _reading(self, tree: ql.Tree) -> Reading:
        if isinstance(tree, ql.Passage):
            notice = f"More than {ql.MAX_WORDS} words were read as a passage: documents with any of them, best first."
            return Reading((), (notice,))
        skipped = optional_parts(tree, self.analyzer)
        written = [ql.format_tree(part) for part in tree.parts]
        parts = []
        for number, part in enumerate(tree.parts):
            meaning = ql.describe(part, self._label) + (", not required" if part in skipped else "")
            parts.append(ReadingPart(written[number], meaning, " ".join(written[:number] + written[number + 1 :])))
        return Reading(tuple(parts))
