"""What every engine does, and the values that go in and come out.

An engine receives a tree of finished tokens (`search.query_language.matching`) and returns documents, an exact total and
facet counts. Parsing, snippets, spelling and links are the same code for every engine. The oracle defines the right answer;
the contract suite (`tests/engine`) compares every other engine with it.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from msgspec import Struct

from search.config.settings import Config, configuration_stamp
from search.engines.published import Published
from search.errors import IndexOutdated
from search.fields import SCHEMA_VERSION
from search.model.document import Document
from search.model.query import Selection, Sort
from search.query_language.matching import Boost, Everything, Match, Term
from search.text.analysis import ANALYSIS_VERSION

_log = logging.getLogger(__name__)

MAX_WINDOW = 10_000
"""Deepest hit that can be paged to: OpenSearch's default `max_result_window`, used by all engines."""
WINDOW = 100
"""How many of the best documents by BM25 are reordered by exactness and nearness."""
FIRST_SCORE = 1000.0
"""What is added to the score of documents that come before all others; more than any BM25 score."""


class Request(Struct, frozen=True):
    """One search: what matches, the selected facet values, the facets to count, the order, and the slice of hits wanted.

    Facet f is counted over the documents that `match` and the selections of all *other* facets let through.

    Sorted by relevance, the BM25 scores of the WINDOW best documents are multiplied by 1 + the factors of the `boosts` they
    match, and these documents reordered; all others follow. Documents that match one of `first` come before all others: they
    get FIRST_SCORE more before the window is taken.
    """

    match: Match
    selections: tuple[Selection, ...] = ()
    facets: tuple[str, ...] = ()
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 10
    boosts: tuple[Boost, ...] = ()
    first: tuple[Match, ...] = ()


EVERYTHING_BY_ID = Request(Everything(), sort="id")


class Answer(Struct, frozen=True):
    """The exact total, the hits of the slice as (document, score), and for each requested facet the count by value.

    `terms` are the scored terms of the match, for highlighting. An engine may leave out terms, and alternatives of a term, that
    no document contains.
    """

    total: int
    hits: tuple[tuple[Document, float], ...]
    counts: Mapping[str, Mapping[str, int]]
    generation: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Generation:
    """One published state of the index.

    `built_at` is UTC, ISO 8601. `stamp` identifies the schema, the analysis and the configuration.
    """

    id: str
    built_at: str
    documents: int
    stamp: str


Progress = Callable[[int, int], None]
"""Called with (documents done, documents in all) while an index is written."""


class Engine(Protocol):
    """Search and publish. Every answer comes from one generation; readers never wait for a writer."""

    def find(self, request: Request) -> Answer:
        """Answer one search. Raises IndexMissing, IndexOutdated, IndexDamaged or EngineUnavailable."""

    def every(self, request: Request = EVERYTHING_BY_ID) -> Iterator[Document]:
        """Yield every document of a request in its order, from one generation; without a request all documents by id.

        Facets, offset and limit are ignored. Documents are read as the iterator is advanced, and not kept in memory.
        """

    def count_most_matched(self, parts: Sequence[Match], match: Match) -> int:
        """Return the largest number of `parts` that one document matching `match` has; 0 when none matches."""

    def get(self, document_id: str) -> Document | None:
        """Return the document with this id, None if there is none."""

    def document_frequencies(self, words: Sequence[str]) -> list[int]:
        """Return the number of documents that contain each surface word."""

    def similar_words(self, word: str, limit: int) -> list[tuple[str, int]]:
        """Return words of the index that are spelled like `word`, with their document frequencies.

        Nearest first, then those with the same first letter, the most frequent, and by letters (`search.engines.similarity`).
        """

    def words_starting(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Return the most frequent words of the index with this prefix, and their document frequencies."""

    def keyword_counts(self, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Return the values of a keyword field, hidden ones too, whose folded form begins with `prefix`.

        `prefix` is folded by the caller as `fold_value` folds. Values come in their commonest spelling with the number of
        documents that have them: most documents first, then by folded form. "Not stated" is not a value.
        """

    def has_value(self, field: str, value: str) -> bool:
        """Return whether any document has a value of a keyword field, hidden ones too. `value` is folded by the caller."""

    def current(self) -> Generation:
        """Return the generation that answers. Raises IndexMissing when nothing has been published."""

    def generations(self) -> list[Generation]:
        """Return all generations that are kept, the current one first."""

    def list_published(self) -> Published:
        """Return every published document by id; empty before the first publication.

        When the current generation cannot be read, the nearest readable one is used, so that no document is lost unnoticed.
        Raises IndexProblem when there is none.
        """

    def build(self, documents: Sequence[Document], progress: Progress | None = None) -> Generation:
        """Write all documents as a new generation beside the current one, check it, and switch to it in one step."""

    def update(self, changed: Sequence[Document], removed: Iterable[str]) -> Generation:
        """Publish a new generation with these documents changed or removed. It answers exactly as a build would.

        Raises IndexOutdated when the current generation was built with another configuration.
        """

    def merge(self, generation: Generation) -> Generation | None:
        """Publish the documents of the current generation again, in its place, with what small updates have added merged.

        Searches get faster by it. Takes some seconds at most. Returns None where nothing is to do, or where another generation
        than this one is current or is being published.
        """

    def find_damage(self) -> list[str]:
        """Check what an update would carry over from the current generation; return one sentence for each damaged file.

        An update does not check this itself: call it before publishing.
        """

    def rollback(self) -> Generation:
        """Switch back to the previous generation. Raises IndexOutdated when it cannot be searched."""

    def verify(self) -> list[str]:
        """Read everything published and compare it with its checksums; return one sentence for each fault."""

    def follow(self) -> None:
        """Open new generations in a background thread from now on, so that no request waits for one."""

    def pin(self) -> AbstractContextManager[object]:
        """Answer one question: an engine may ask once which generation is current, for this thread, until the block ends."""

    def hold(self) -> None:
        """Answer from the generation that is current now, whatever is published or rolled back, until `close`."""

    def close(self) -> None:
        """Stop following and release files and connections. Nothing is opened afterwards."""


def count_matching(engine: Engine, match: Match) -> int:
    """Return the number of documents that match."""
    return engine.find(Request(match, limit=0)).total


def new_generation(documents: int, stamp: str) -> Generation:
    """Return a generation with a unique id that sorts by time."""
    now = datetime.now(UTC)
    return Generation(f"{now:%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}", now.isoformat(timespec="seconds"), documents, stamp)


def index_stamp(config: Config) -> str:
    """Return a text that changes with everything that shapes an index. An index with another stamp must be built again."""
    return f"{SCHEMA_VERSION}.{ANALYSIS_VERSION}.{config.language}.{configuration_stamp(config)}"


def ensure_readable(name: object, generation: Generation, own: str) -> None:
    """Raise IndexOutdated unless this program can search the generation: schema, analysis and language are the same.

    Other settings (fields, types, topics, weights) take effect with the next build.
    """
    if generation.stamp.rpartition(".")[0] != own.rpartition(".")[0]:
        raise IndexOutdated(f"{name}: was built with another language or by another program; run `python -m indexer build`")


def ensure_updatable(name: object, generation: Generation, own: str) -> None:
    """Raise IndexOutdated unless an update of the generation is equal to a build."""
    if generation.stamp != own:
        raise IndexOutdated(f"{name}: was built with another configuration; run `python -m indexer build`")


def warn_if_config_differs(name: object, generation: Generation, own: str) -> None:
    """Log a warning when the generation was built with another configuration."""
    if generation.stamp != own:
        fix = "answers as it was built until you run `python -m indexer build`"
        _log.warning("%s: was built with another configuration and %s", name, fix)
