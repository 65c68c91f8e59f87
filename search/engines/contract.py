"""What an engine must do, and the values that go in and come out.

An engine receives a tree of finished tokens (`search.query_language.matching`) and returns documents, an exact total and
facet counts. Everything else (parsing, snippets, spelling, links) is ours and the same on every engine. The oracle is the
definition; the contract suite compares every other engine with it.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from msgspec import Struct

from search.config.settings import Config, configuration_stamp
from search.errors import IndexOutdated
from search.fields import SCHEMA_VERSION
from search.model.document import Document
from search.model.query import Selection, Sort
from search.query_language.matching import Match, Term
from search.text.analysis import ANALYSIS_VERSION

_log = logging.getLogger(__name__)

MAX_WINDOW = 10_000
"""Deepest hit that can be paged to; OpenSearch's own `max_result_window`, so that engines agree."""


class Request(Struct, frozen=True):
    """One search as engines see it: what matches, which facet values, which facets to count, and the slice wanted.

    Facet f is counted over what `match` and the selections of all *other* facets let through.
    """

    match: Match
    selections: tuple[Selection, ...] = ()
    facets: tuple[str, ...] = ()
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 10


class Answer(Struct, frozen=True):
    """The answer: exact total, the slice as (document, score), and count by value for each facet asked for.

    `terms` is what there is to mark: the scored terms of the match. Of a term's alternatives but the first, an engine may leave
    out those it knows to stand in no document.
    """

    total: int
    hits: tuple[tuple[Document, float], ...]
    counts: Mapping[str, Mapping[str, int]]
    generation: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Generation:
    """One published state of the index. `built_at` is UTC, ISO 8601; `stamp` names schema, analysis and configuration."""

    id: str
    built_at: str
    documents: int
    stamp: str


@dataclass(frozen=True, slots=True)
class PublishedDocument:
    """What is known of a published document without reading it: its corpus file and the fingerprint of its content."""

    source_path: str
    fingerprint: str


Progress = Callable[[int, int], None]
"""Called with (documents done, documents in all) while writing."""


class Engine(Protocol):
    """Search and publish. Every answer comes from one generation; readers never wait for a writer."""

    def find(self, request: Request) -> Answer: ...

    def get(self, document_id: str) -> Document | None: ...

    def document_frequencies(self, words: Sequence[str]) -> list[int]:
        """In how many documents each surface word occurs."""

    def similar_words(self, word: str, limit: int) -> list[tuple[str, int]]:
        """Words of the vocabulary within one edit of `word`, or two behind the same first letter, with their frequencies.

        Nearest first, then most frequent, then by letters. The first letter is the one people least get wrong.
        """

    def words_starting(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """The most frequent words of the vocabulary that begin with `prefix`, with their frequencies."""

    def current(self) -> Generation:
        """The generation that answers. Raises IndexMissing when nothing has been published."""

    def generations(self) -> list[Generation]:
        """All generations kept, the current one first."""

    def published(self) -> Mapping[str, PublishedDocument]:
        """Every published document by id; empty before the first publication.

        Where the current generation cannot be read, the nearest that can speaks for it: what it holds must not be lost in
        silence. Raises IndexProblem when there is none.
        """

    def build(self, documents: Sequence[Document], progress: Progress | None = None) -> Generation:
        """Write all documents as a new generation beside the current one, check it, and switch to it in one step."""

    def update(self, changed: Sequence[Document], removed: Iterable[str]) -> Generation:
        """Publish a new generation that differs by these documents. Same answers as a build from nothing.

        Raises IndexOutdated when the current one was built with another configuration.
        """

    def find_damage(self) -> list[str]:
        """What an update would carry over from the current generation though it is not what was published; one sentence each.

        Reads all of it, which an update does not: whoever publishes asks first.
        """

    def rollback(self) -> Generation:
        """Switch back to the previous generation. Raises IndexOutdated when it could not be searched."""

    def verify(self) -> list[str]:
        """Read everything published and compare it with its sums; one sentence for each thing that is wrong."""

    def follow(self) -> None:
        """Look for new generations in the background from now on, so that no request waits for one to open."""

    def close(self) -> None:
        """Let go of files and connections."""


def new_generation(documents: int, stamp: str) -> Generation:
    """A generation whose id sorts by time and is unique."""
    now = datetime.now(UTC)
    return Generation(f"{now:%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}", now.isoformat(timespec="seconds"), documents, stamp)


def index_stamp(config: Config) -> str:
    """Changes with everything that shapes an index: one with another stamp cannot be updated, and must be built again."""
    return f"{SCHEMA_VERSION}.{ANALYSIS_VERSION}.{config.language}.{configuration_stamp(config)}"


def is_readable(stamp: str, own: str) -> bool:
    """Whether a generation with this stamp can be searched with our own: schema, analysis and language are the same.

    Whatever else is configured (fields, types and topics, weights) is in its answers as it was when it was built.
    """
    return stamp.rpartition(".")[0] == own.rpartition(".")[0]


def ensure_readable(name: object, generation: Generation, own: str) -> None:
    """Raises IndexOutdated unless the generation can be searched."""
    if not is_readable(generation.stamp, own):
        raise IndexOutdated(f"{name}: was built with another language or by another program; run `python -m indexer build`")


def ensure_updatable(name: object, generation: Generation, own: str) -> None:
    """Raises IndexOutdated unless an update of the generation gives what a build would."""
    if generation.stamp != own:
        raise IndexOutdated(f"{name}: was built with another configuration; run `python -m indexer build`")


def warn_if_config_differs(name: object, generation: Generation, own: str) -> None:
    """Warn of a generation that answers by another configuration."""
    if generation.stamp != own:
        fix = "answers as it was built until `python -m indexer build` has been run"
        _log.warning("%s: was built with another configuration and %s", name, fix)


MAX_EDITS = 2
"""Edits within which two words are spelled alike; three turn most short words into each other."""


def are_similar(word: str, other: str, edits: int) -> bool:
    """Whether two different words so many edits apart are spelled alike: one edit, or two behind the same first letter."""
    return 0 < edits < MAX_EDITS or (edits == MAX_EDITS and other[0] == word[0])
