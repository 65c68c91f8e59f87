"""Whoosh as it comes: its searcher, `groupedby` for the facets, its highlighter."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from whoosh import fields, highlight, query, sorting
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.index import create_in, open_dir
from whoosh.searching import Hit

from benchmarks.peers import HITS, Counts, Page, Tokens, highlight_words, matches_words, query_parts
from benchmarks.questions import Question
from search.engines.whoosh.schema import keyword_name, whoosh_schema
from search.model.document import Document, encode_document
from search.query_language import tree as ql

_HEAP_MB = 256
_FACETS = {
    "type": sorting.FieldFacet("type", maptype=sorting.Count),
    "topic": sorting.FieldFacet("topic", allow_overlap=True, maptype=sorting.Count),
    "year": sorting.FieldFacet("year", maptype=sorting.Count),
}


class Peer:
    def __init__(self, folder: Path) -> None:
        self.folder = folder / "index"
        self.tokens = Tokens()

    def build(self, documents: Sequence[Document]) -> None:
        self.folder.mkdir(parents=True)
        schema = fields.Schema(
            id=fields.ID(stored=True, unique=True),
            title=fields.STORED(),
            stems=fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False, stored=True),
            words=fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True, stored=True),
            type=fields.ID(sortable=True),
            topic=fields.KEYWORD(),
            year=fields.ID(sortable=True),
        )
        writer = create_in(self.folder, schema).writer(limitmb=_HEAP_MB)
        for document in documents:
            writer.add_document(**self._values(document))
        writer.commit()

    def _values(self, document: Document) -> dict[str, str]:
        stems, words = self.tokens.of(document)
        assert document.date is not None
        return {
            **{"id": document.id, "title": document.title, "stems": stems, "words": words, "type": document.type},
            **{"topic": " ".join(document.topics), "year": str(document.date.year)},
        }

    def open(self) -> None:
        self.index = open_dir(self.folder)
        self.searcher = self.index.searcher()

    def search(self, question: Question) -> Page:
        asked = query_parts(question.text)
        words = query.And([self._part(part) for part in asked]).normalize()
        by_type = query.Or([query.Term("type", value) for value in question.types]) if question.types else None
        by_year = query.Or([query.Term("year", value) for value in question.years]) if question.years else None
        wanted = ("topic",) if question.types else tuple(_FACETS)
        found = self.searcher.search(
            words, limit=HITS, filter=_all_of(by_type, by_year), groupedby={name: _FACETS[name] for name in wanted}
        )
        counts: Counts = {name: dict(found.groups(name)) for name in wanted}
        if question.types:
            for name, others in (("type", by_year), ("year", by_type)):
                without = self.searcher.search(words, limit=1, filter=others, groupedby={name: _FACETS[name]})
                counts[name] = dict(without.groups(name))
        found.formatter = spans = _Spans()
        field = "words" if matches_words(asked) else "stems"
        hits = list(islice(found, HITS))  # with `groupedby` it returns all, whatever the limit
        return Page(
            len(found),
            [hit["id"] for hit in hits],
            [hit["title"] for hit in hits],
            [_snippet(hit, field, spans) for hit in hits],
            counts,
        )

    def _part(self, part: ql.Item | ql.Either) -> query.Query:
        match part:
            case ql.Word(text):
                return query.Term("stems", self.tokens.stem(text))
            case ql.Either(items):
                return query.Or([self._part(item) for item in items])
            case ql.Phrase(text):
                return query.Phrase("words", list(self.tokens.analyzer.query_words(text)))
            case ql.Prefix(text):
                return query.Prefix("words", text)
        raise NotImplementedError(part)

    def update(self, document: Document) -> None:
        writer = self.index.writer()
        writer.update_document(**self._values(document))
        writer.commit()
        self.searcher.close()
        self.searcher = self.index.searcher()

    def version(self) -> str:
        return f"whoosh3 {version('whoosh3')}"


class _Spans(highlight.Formatter):  # type: ignore[misc]
    """Keeps the positions of the fragments, so that words can be shown instead of their stems."""

    def format(self, fragments: list[highlight.Fragment], replace: bool = False) -> str:
        self.fragments = fragments
        return ""


def _snippet(hit: Hit, field: str, spans: _Spans) -> str:
    hit.highlights(field)
    found = [(each.startchar, each.endchar, [token.startchar for token in each.matches]) for each in spans.fragments]
    return " … ".join(highlight_words(hit[field], hit["words"], *place) for place in found)


def _all_of(*filters: query.Query | None) -> query.Query | None:
    stated = [each for each in filters if each is not None]
    return query.And(stated) if stated else None


def build_our_schema(folder: Path, documents: Sequence[Document], processes: int) -> None:
    """Index the documents with the schema that Finding Aid publishes, by Whoosh's own writer in so many processes."""
    tokens = Tokens()
    folder.mkdir(parents=True)
    shown = [field for field in tokens.fields.keyword.values() if not field.is_hidden]
    options = {"procs": processes, "multisegment": True} if processes > 1 else {}
    writer = create_in(folder, whoosh_schema(shown)).writer(limitmb=_HEAP_MB, **options)
    for document in documents:
        assert document.date is not None
        writer.add_document(
            id=document.id,
            document=encode_document(document),
            text=tokens.of(document)[1],
            title=" ".join(tokens.analyzer.words(document.title)),
            first_day=document.date.bounds[0],
            last_day=document.date.bounds[1],
            **{keyword_name(field.name): list(field.counted_values(document)) for field in shown},
        )
    writer.commit()
