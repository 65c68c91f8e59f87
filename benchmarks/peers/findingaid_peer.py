"""Finding Aid, through the same interface as its pages."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks import corpus
from benchmarks.peers import HITS, Page
from benchmarks.questions import Question
from search.archive import Archive
from search.config.settings import Config
from search.engines.open_engine import open_engine
from search.heap import share_one_heap
from search.model.document import Document
from search.model.query import Query, Selection
from search.preloading import load_word_lists


class Peer:
    def __init__(self, folder: Path, config: Config | None = None) -> None:
        self.config = config or corpus.config(folder)
        self.engine = open_engine(self.config)  # imports what it needs; files are opened by the first search
        load_word_lists(self.config.language)  # as a server does before it starts its workers

    def build(self, documents: Sequence[Document]) -> None:
        self.engine.build(documents)

    def open(self) -> None:
        share_one_heap()
        self.archive = Archive(self.config, self.engine)
        self.engine.current()

    def search(self, question: Question) -> Page:
        chosen = (Selection("type", question.types), Selection("year", question.years)) if question.types else ()
        page = self.archive.search(Query(question.text, chosen, per_page=HITS))
        return Page(
            page.total,
            [hit.document.id for hit in page.hits],
            [hit.display_title for hit in page.hits],
            ["".join(fragment.text for fragment in hit.snippet) for hit in page.hits],
            {facet.field: {value.value: value.count for value in facet.values} for facet in page.facets},
        )

    def update(self, document: Document) -> None:
        self.engine.update([document], [])

    def version(self) -> str:
        return f"this checkout, on whoosh3 {version('whoosh3')} and numpy {version('numpy')}"
