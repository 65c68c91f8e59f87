"""The Whoosh engine behind the seam of `search.engines.contract`."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

import numpy as np

from search.config.settings import Config
from search.engines.contract import (
    Answer,
    Generation,
    Progress,
    PublishedDocument,
    Request,
    ensure_readable,
    ensure_updatable,
    index_stamp,
    warn_if_config_differs,
)
from search.engines.whoosh import vocabulary
from search.engines.whoosh.evaluation import Evaluation
from search.engines.whoosh.generations import Generations
from search.engines.whoosh.publishing import Publisher
from search.engines.whoosh.segment import SegmentArrays
from search.engines.whoosh.snapshot import Snapshot
from search.errors import FindingAidError, IndexDamaged, IndexMissing, IndexProblem
from search.fields import Fields
from search.model.document import Document

_log = logging.getLogger(__name__)
_FOLLOW_SECONDS = 0.1
"""How often a server looks for a new generation: soon enough to seem at once, and one stat each time."""
_OPEN_ATTEMPTS = 5
"""A generation can be pruned while it is being opened only when several are published meanwhile."""

_UNOPENED = IndexMissing("no generation has been opened yet")


class WhooshEngine:
    """Safe to share between threads. Answers come from one immutable snapshot; a new one replaces it when it is open."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.title_weight = config.ranking.weights.get("title", 1)
        self.keyword_names = tuple(Fields(config).keyword)
        self.stamp = index_stamp(config)
        self.generations_on_disk = Generations(config.index_path, config.index.keep)
        self._snapshot: Snapshot | None = None
        self._mark = (-1, -1)
        self._failure: FindingAidError = _UNOPENED
        self._opening = threading.Lock()
        self._following = False

    # reading

    def find(self, request: Request) -> Answer:
        snapshot = self.snapshot()
        evaluation = Evaluation(snapshot, request)
        chosen = evaluation.chosen()
        docs, scores = evaluation.slice(chosen)
        hits = [(snapshot.document(number), score) for number, score in zip(docs.tolist(), scores.tolist(), strict=True)]
        return Answer(int(chosen.size), tuple(hits), evaluation.counts(), snapshot.generation.id, evaluation.terms())

    def get(self, document_id: str) -> Document | None:
        snapshot = self.snapshot()
        number = snapshot.number_of(document_id)
        return snapshot.document(number) if number >= 0 else None

    def document_frequencies(self, words: Sequence[str]) -> list[int]:
        snapshot = self.snapshot()
        return [vocabulary.document_frequency(snapshot, word) for word in words]

    def similar_words(self, word: str, limit: int) -> list[tuple[str, int]]:
        return vocabulary.find_similar_words(self.snapshot(), word, limit)

    def words_starting(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        return vocabulary.find_words_with_prefix(self.snapshot(), prefix, limit)

    def current(self) -> Generation:
        return self.snapshot().generation

    def generations(self) -> list[Generation]:
        disk = self.generations_on_disk
        return [disk.open(generation_id)[1].generation for generation_id in disk.list_ids()]

    def published(self) -> Mapping[str, PublishedDocument]:
        try:
            return dict(self.snapshot().published())
        except IndexProblem as error:
            for generation_id in self.generations_on_disk.ids_to_recover_from():
                with suppress(IndexDamaged):
                    return dict(self._open_generation(generation_id, any_program=True).published())
            if isinstance(error, IndexMissing):
                return {}
            raise

    def snapshot(self) -> Snapshot:
        """The generation that answers. It is opened here if need be, unless the engine follows: then nobody waits."""
        snapshot = self._snapshot
        if self._following:
            if snapshot is None:
                raise self._failure.with_traceback(None)
        elif snapshot is None or self._mark != self.generations_on_disk.current_mark():
            snapshot = self._reopen()
        return snapshot

    def follow(self) -> None:
        """Open what there is, and look for new generations in a thread: no request ever waits for one to open."""
        self._open_if_new()
        self._following = True
        threading.Thread(target=self._follow, name="follow-generations", daemon=True).start()

    def _follow(self) -> None:
        while self._following:
            time.sleep(_FOLLOW_SECONDS)
            self._open_if_new()

    def _open_if_new(self) -> None:
        """Open the current generation if it is new. A failure is kept for those who ask, and told once."""
        if self._snapshot is not None and self._mark == self.generations_on_disk.current_mark():
            return
        try:
            self._reopen()
        except FindingAidError as error:
            if str(error) != str(self._failure):
                _log.error("%s: %s", "still serving the generation before" if self._snapshot else "not ready", error)
            self._failure = error

    def _reopen(self) -> Snapshot:
        with self._opening:
            mark = self.generations_on_disk.current_mark()
            if self._snapshot is not None and mark == self._mark:
                return self._snapshot
            try:
                opened = self._open()
            except FindingAidError as error:
                if self._snapshot is None or isinstance(error, IndexMissing):
                    raise
                _log.error("still serving the generation before: %s", error)
                opened = self._snapshot
            self._snapshot, self._mark, self._failure = opened, mark, _UNOPENED
            return opened

    def _open(self) -> Snapshot:
        for attempt in range(_OPEN_ATTEMPTS):
            generation_id = self.generations_on_disk.current_id()
            try:
                return self._open_generation(generation_id)
            except IndexDamaged:
                if attempt + 1 == _OPEN_ATTEMPTS or generation_id == self.generations_on_disk.current_id():
                    raise
        raise AssertionError("unreachable")

    def _open_generation(self, generation_id: str, any_program: bool = False) -> Snapshot:
        folder, manifest = self.generations_on_disk.open(generation_id)
        if not any_program:
            ensure_readable(folder, manifest.generation, self.stamp)
            warn_if_config_differs(folder, manifest.generation, self.stamp)
        known = dict(zip(self._snapshot.names, self._snapshot.segments, strict=True)) if self._snapshot else {}
        parts = manifest.content["segments"]
        try:
            return Snapshot(
                manifest.generation,
                tuple(part["name"] for part in parts),
                tuple(known.get(part["name"]) or SegmentArrays(folder, part["name"], self.title_weight) for part in parts),
                tuple(np.array(part["deleted"], dtype=np.int64) for part in parts),
                () if any_program else self.keyword_names,
                self.config.ranking,
            )
        except (OSError, ValueError, LookupError, TypeError) as error:
            reason = f"{type(error).__name__}: {error}"
            raise IndexDamaged(f"{folder}: cannot be opened ({reason}); roll back or build again") from error

    # publishing

    def build(self, documents: Sequence[Document], progress: Progress | None = None) -> Generation:
        return self._publisher().build(documents, progress)

    def update(self, changed: Sequence[Document], removed: Iterable[str]) -> Generation:
        snapshot = self._reopen()
        ensure_updatable(self.generations_on_disk.path / snapshot.generation.id, snapshot.generation, self.stamp)
        return self._publisher().update(snapshot, changed, removed)

    def find_damage(self) -> list[str]:
        return self.generations_on_disk.verify(self.generations_on_disk.current_id())

    def rollback(self) -> Generation:
        earlier = self.generations_on_disk.previous()
        ensure_readable(self.generations_on_disk.path / earlier.id, earlier, self.stamp)
        self.generations_on_disk.switch(earlier.id)
        return earlier

    def verify(self) -> list[str]:
        disk = self.generations_on_disk
        return [sentence for generation_id in disk.list_ids() for sentence in disk.verify(generation_id)]

    def _publisher(self) -> Publisher:
        return Publisher(self.config, self.generations_on_disk, self.stamp)

    def close(self) -> None:
        self._following = False
        self._snapshot = None
        self._mark = (-1, -1)
