"""The Whoosh engine, behind the interface of `search.engines.contract`."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property

import numpy as np
from msgspec.structs import replace

from search.config.settings import Config
from search.engines.contract import (
    EVERYTHING_BY_ID,
    Answer,
    Generation,
    Progress,
    Request,
    ensure_readable,
    ensure_updatable,
    index_stamp,
    warn_if_config_differs,
)
from search.engines.following import Follower
from search.engines.published import ListedDocuments, Published
from search.engines.whoosh import vocabulary
from search.engines.whoosh.evaluation import Evaluation
from search.engines.whoosh.generations import Generations, report_passing_failures
from search.engines.whoosh.published import PublishedDocuments
from search.engines.whoosh.publishing import Publisher
from search.engines.whoosh.ranks import read_ranks
from search.engines.whoosh.segment import SegmentArrays
from search.engines.whoosh.snapshot import Snapshot
from search.errors import REMEDY, EngineUnavailable, FindingAidError, IndexDamaged, IndexMissing, IndexProblem
from search.fields import Fields
from search.model.document import Document
from search.query_language.matching import HasValue, Match

_log = logging.getLogger(__name__)
_FOLLOW_SECONDS = 0.1
"""Interval at which a server looks for a new generation; each look costs one `stat`."""


class WhooshEngine:
    """Searches and publishes an archive on disk. Safe to share between threads.

    Every answer comes from one immutable snapshot, which is replaced when a new generation has been opened.
    """

    def __init__(self, config: Config) -> None:
        self.config = config
        self.title_weight = config.ranking.weights.get("title", 1)
        self.keyword_names = tuple(Fields(config).keyword)
        self.stamp = index_stamp(config)
        self.generations_on_disk = Generations(config.index_path, config.index.keep)
        self._snapshot: Snapshot | None = None
        self._mark = (-1, -1)
        self._opening = threading.Lock()
        self._pinned = threading.local()
        self._follower: Follower | None = None
        self._is_held = False

    # reading

    def find(self, request: Request) -> Answer:
        """Answer one search."""
        snapshot = self.snapshot()
        only_counts = request.limit == 0 and not request.facets
        if only_counts and isinstance(request.match, HasValue) and not request.selections:  # some times a page
            return Answer(int(snapshot.documents_with(request.match).size), (), {}, snapshot.generation.id, ())
        evaluation = Evaluation(snapshot, request)
        total = evaluation.selected.size
        if only_counts:
            return Answer(total, (), {}, snapshot.generation.id, evaluation.terms())
        docs, scores = evaluation.slice()
        hits = [(snapshot.document(number), score) for number, score in zip(docs.tolist(), scores.tolist(), strict=True)]
        return Answer(total, tuple(hits), evaluation.counts(), snapshot.generation.id, evaluation.terms())

    def every(self, request: Request = EVERYTHING_BY_ID) -> Iterator[Document]:
        """Yield every document of a request in its order, from the current snapshot."""
        snapshot = self.snapshot()
        docs, _ = Evaluation(snapshot, replace(request, facets=(), offset=0, limit=snapshot.size)).slice()
        return (snapshot.document(int(number)) for number in docs)

    def count_most_matched(self, parts: Sequence[Match], match: Match) -> int:
        """Return the largest number of `parts` that one document matching `match` has."""
        return Evaluation(self.snapshot(), Request(match)).count_most_matched(parts)

    def get(self, document_id: str) -> Document | None:
        """Return the document with this id, None if there is none."""
        snapshot = self.snapshot()
        number = snapshot.number_of(document_id)
        return snapshot.document(number) if number >= 0 else None

    def document_frequencies(self, words: Sequence[str]) -> list[int]:
        """Return the number of documents that contain each surface word."""
        snapshot = self.snapshot()
        return [vocabulary.document_frequency(snapshot, word) for word in words]

    def similar_words(self, word: str, limit: int) -> list[tuple[str, int]]:
        """Return words spelled like `word`, nearest first, with their document frequencies."""
        return vocabulary.find_similar_words(self.snapshot(), word, limit)

    def words_starting(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Return the most frequent words with this prefix, with their document frequencies."""
        return vocabulary.find_words_with_prefix(self.snapshot(), prefix, limit)

    def keyword_counts(self, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Return the most frequent values of a keyword field with this prefix, and how many documents have them."""
        snapshot = self.snapshot()
        column = snapshot.keywords.columns.get(field)
        found = column.values_with_prefix(prefix, snapshot.live) if column else []
        return sorted(((value, count) for value, count in found if count), key=lambda item: -item[1])[:limit]

    def has_value(self, field: str, value: str) -> bool:
        """Return whether any document has a folded value of a keyword field."""
        return self.snapshot().has_value(field, value)

    def current(self) -> Generation:
        """Return the generation that answers."""
        return self.snapshot().generation

    def generations(self) -> list[Generation]:
        """Return all generations that are kept, the current one first."""
        disk = self.generations_on_disk
        return [disk.open(generation_id)[1].generation for generation_id in disk.list_ids()]

    def list_published(self) -> Published:
        """Return every published document by id, from the current generation or the nearest readable one."""
        try:
            return PublishedDocuments(self.snapshot())
        except IndexProblem as error:
            for generation_id in self.generations_on_disk.ids_to_recover_from():
                with suppress(IndexDamaged):
                    return PublishedDocuments(self._open_generation(generation_id, any_program=True))
            if isinstance(error, IndexMissing):
                return ListedDocuments()
            raise

    def snapshot(self) -> Snapshot:
        """Return the snapshot that answers. It is opened here if necessary, unless a follower does that."""
        pinned: Snapshot | None = getattr(self._pinned, "snapshot", None)
        if pinned is not None:
            return pinned
        snapshot = self._snapshot
        if self._follower is not None:
            if snapshot is None:
                raise (self._follower.failure or IndexMissing("no generation has been opened yet")).with_traceback(None)
        elif snapshot is None or not (self._is_held or self._mark == self.generations_on_disk.current_mark()):
            snapshot = self._reopen()
        return snapshot

    @contextmanager
    def pin(self) -> Iterator[None]:
        """Answer this thread from the snapshot of now until the block ends."""
        before = getattr(self._pinned, "snapshot", None)
        self._pinned.snapshot = self.snapshot()
        try:
            yield
        finally:
            self._pinned.snapshot = before

    def hold(self) -> None:
        """Answer from the snapshot of now. Its files stay open, also when its generation is removed."""
        self.snapshot()
        self._is_held = True

    def follow(self) -> None:
        """Open the current generation, and look for new ones in a thread: no request ever waits for one to open."""
        follower = Follower(self._open_if_new, _FOLLOW_SECONDS)
        follower.start()
        self._follower = follower

    def _open_if_new(self) -> None:
        if self._snapshot is None or self._mark != self.generations_on_disk.current_mark():
            self._reopen(keep_on_passing_failure=False)

    def _reopen(self, keep_on_passing_failure: bool = True) -> Snapshot:
        """Open the current generation if it is new.

        A damaged generation is skipped as long as another is open. After a passing failure (too many open files) the next
        call tries again.
        """
        with self._opening:
            mark = self.generations_on_disk.current_mark()
            if self._snapshot is not None and mark == self._mark:
                return self._snapshot
            try:
                opened = self._open()
            except FindingAidError as error:
                if self._snapshot is None or isinstance(error, IndexMissing):
                    raise
                if isinstance(error, EngineUnavailable):
                    if keep_on_passing_failure:
                        return self._snapshot
                    raise
                _log.error("still serving the generation before: %s; if it is new, send this server SIGHUP", error)
                opened = self._snapshot
            self._snapshot, self._mark = opened, mark
            return opened

    def _open(self) -> Snapshot:
        """Open the current generation; the next one when it was pruned meanwhile."""
        while True:
            with report_passing_failures(self.generations_on_disk.path):
                generation_id = self.generations_on_disk.current_id()
            try:
                return self._open_generation(generation_id)
            except IndexDamaged:
                if generation_id == self.generations_on_disk.current_id():
                    raise

    def _open_generation(self, generation_id: str, any_program: bool = False) -> Snapshot:
        folder, manifest = self.generations_on_disk.open(generation_id)
        if not any_program:
            ensure_readable(folder, manifest.generation, self.stamp)
            warn_if_config_differs(folder, manifest.generation, self.stamp)
        known = dict(zip(self._snapshot.names, self._snapshot.segments, strict=True)) if self._snapshot else {}
        parts = manifest.content["segments"]
        try:
            with report_passing_failures(folder):
                return Snapshot(
                    manifest.generation,
                    tuple(part["name"] for part in parts),
                    tuple(known.get(part["name"]) or SegmentArrays(folder, part["name"], self.title_weight) for part in parts),
                    tuple(np.array(part["deleted"], dtype=np.int64) for part in parts),
                    () if any_program else self.keyword_names,
                    self.config.ranking,
                    {} if any_program else read_ranks(folder),
                    self._snapshot,
                )
        except (OSError, ValueError, LookupError, TypeError) as error:
            reason = f"{type(error).__name__}: {error}"
            raise IndexDamaged(f"{folder}: cannot be opened ({reason}); {REMEDY}") from error

    # publishing

    def build(self, documents: Sequence[Document], progress: Progress | None = None) -> Generation:
        """Publish all documents as a new generation."""
        return self._publisher.build(documents, progress)

    def update(self, changed: Sequence[Document], removed: Iterable[str]) -> Generation:
        """Publish a new generation with these documents changed or removed."""
        snapshot = self._reopen()
        ensure_updatable(self.generations_on_disk.path / snapshot.generation.id, snapshot.generation, self.stamp)
        return self._publisher.update(snapshot, changed, removed)

    def merge(self, generation: Generation) -> Generation | None:
        """Publish the current documents again with small segments merged, in the place of `generation`, if that is current."""
        snapshot = self._reopen()
        return self._publisher.merge(snapshot) if snapshot.generation.id == generation.id else None

    def find_damage(self) -> list[str]:
        """Compare files of the current generation with their checksums; return one sentence for each that differs.

        Files that were read for their sums when they were published, or found unharmed since, are not read again: `verify`
        reads everything.
        """
        return self.generations_on_disk.find_damage(self.generations_on_disk.current_id())

    def rollback(self) -> Generation:
        """Switch back to the previous generation."""
        previous = self.generations_on_disk.previous()
        ensure_readable(self.generations_on_disk.path / previous.id, previous, self.stamp)
        self.generations_on_disk.switch(previous.id)
        return previous

    def verify(self) -> list[str]:
        """Compare every published file with its checksum; return one sentence for each that differs."""
        disk = self.generations_on_disk
        return [sentence for generation_id in disk.list_ids() for sentence in disk.verify(generation_id)]

    @cached_property
    def _publisher(self) -> Publisher:
        return Publisher(self.config, self.generations_on_disk, self.stamp)

    def close(self) -> None:
        """Stop following and let go of the snapshot; its files are closed when its last reader is done."""
        follower, self._follower = self._follower, None
        if follower is not None:
            follower.stop()
        self._snapshot = None
        self._is_held = False
        self._mark = (-1, -1)
