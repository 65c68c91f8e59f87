"""Publish a corpus, whole or only what changed, with its files, its kept versions and its history."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass

from msgspec.structs import replace

from indexer.corpus import Corpus
from indexer.dump_history import read_dumped_history
from indexer.holding import hold_files, note_generation, sweep_files
from indexer.plans import Plan, count_documents, shorten_ids
from indexer.spooled_documents import FinishedDocuments
from search.config.settings import Config
from search.digest import sum_hashes
from search.engines.contract import Engine, Generation, Progress
from search.engines.published import Published
from search.errors import IndexMissing, IndexProblem, PublishRefused
from search.history import History, load_history, load_newest_history, next_history, save_history, sweep_histories
from search.model.document import Document


@dataclass(frozen=True, slots=True)
class Publication:
    """Publishes a corpus by a build or an update. Raises PublishRefused."""

    config: Config
    engine: Engine
    corpus: Corpus
    plan: Plan
    published: Published

    def build(self, progress: Progress | None = None) -> Generation:
        """Publish all documents as a new generation; of documents with a mistake the kept versions."""
        documents, before = self._prepare()
        generation = self.engine.build(documents, progress)
        self._finish(generation, documents, before, sum_hashes(documents))
        return generation

    def update(self) -> Generation:
        """Publish only what changed, and then merge what small updates have left. Kept versions stay as they are."""
        documents, before = self._prepare()
        base, untouched = self._sum_untouched(before)
        changed = (*self.plan.added, *self.plan.changed)
        generation = self.engine.update(changed, self.plan.removed)
        is_known = untouched and base == self._find_previous()
        hashes = sum_hashes(changed, before=untouched) if is_known else sum_hashes(documents)
        history = self._finish(generation, documents, before, hashes)
        return self._merge(generation, history, documents) or generation

    def _merge(self, generation: Generation, history: History, documents: FinishedDocuments) -> Generation | None:
        """Merge what small updates have left. The change is published already, so that a failure is only a warning."""
        try:
            merged = self.engine.merge(generation)
            if merged is not None:
                self._record(merged, history, documents)
        except (OSError, IndexProblem) as problem:
            print(
                f"the change is published, but small segments were not merged: {problem}; the next update does", file=sys.stderr
            )
            return None
        return merged

    def _sum_untouched(self, before: History) -> tuple[str, bytes]:
        """Return the current generation and the sum of the hashes of its unchanged documents; b"" if it is not known."""
        with suppress(IndexProblem):
            base = self.engine.current().id
            found = [self.engine.get(name) for name in (*self.plan.changed.ids, *self.plan.removed)]
            if before.hashes and None not in found:
                return base, sum_hashes((), before=before.hashes, without=filter(None, found))
        return "", b""

    def _find_previous(self) -> str:
        """Return the id of the generation before the current one; "" if none is kept."""
        with suppress(IndexProblem):
            return next((one.id for one in self.engine.generations()[1:]), "")
        return ""

    def _prepare(self) -> tuple[FinishedDocuments, History]:
        """Store the files of all documents to be published; return these documents and the history so far."""
        kept = set(self.plan.kept)
        documents = self.corpus.documents
        if kept:
            others = [number for number, name in enumerate(documents.ids) if name not in kept]
            documents = documents.pick(others).with_others(self._read_kept_versions())
        hold_files(self.config.index_path, documents.with_files(), self.corpus.contents)
        return documents, self._load_history()

    def _load_history(self) -> History:
        """Return the history so far; before the first publication, that of the dump the archive is built from."""
        try:
            history = load_history(self.config, self.engine.current().id)
            # Without one, a publisher has died before it saved it. The hashes of another generation are not those of this one.
            return history if history.changes or history.gone else replace(load_newest_history(self.config), hashes=b"")
        except IndexMissing:
            return History() if self.published else read_dumped_history(self.config)
        except IndexProblem:  # the generation is damaged or of another program; its history can still be read
            return load_newest_history(self.config)

    def _read_kept_versions(self) -> list[Document]:
        ids = self.plan.kept
        try:
            found = [self.engine.get(document_id) for document_id in ids]
        except IndexProblem as error:
            reason = f"{count_documents(len(ids))} cannot be read as published ({shorten_ids(ids)}): {error}"
            fix = f"correct the mistakes above, or write --allow-loss {len(ids)}"
            raise PublishRefused(f"refused: {reason}; {fix}. The generation published before stays.") from None
        return [document for document in found if document is not None]

    def _finish(self, generation: Generation, documents: FinishedDocuments, before: History, hashes: bytes) -> History:
        """Record the generation with the history of its documents, and return that."""
        # Before the first publication the history is that of a dump: nothing has changed since.
        changed = {*self.plan.added.ids, *self.plan.changed.ids} if self.published else set()
        history = replace(next_history(before, self.plan.removed, documents.ids, changed), hashes=hashes)
        self._record(generation, history, documents)
        return history

    def _record(self, generation: Generation, history: History, documents: FinishedDocuments) -> None:
        """Save the history of a generation and the list of its files; remove files that no generation names."""
        save_history(self.config, generation.id, history)
        note_generation(self.config.index_path, generation.id, documents.with_files())
        with suppress(IndexProblem):  # the files of a damaged generation are not known, so nothing is removed
            generations = {one.id for one in self.engine.generations()}
            sweep_files(self.config.index_path, generations)
            sweep_histories(self.config, generations)


def refuse_if_lossy(plan: Plan, allow_loss: int) -> None:
    """Raise PublishRefused if more documents would be removed than the editor allowed."""
    refusal = plan.refusal(allow_loss)
    if refusal:
        stays = " The generation published before stays." if plan.published else ""
        raise PublishRefused(f"refused: {refusal}.{stays}")
