"""What would change, what must not be lost in silence, and publishing it.

Three rules (invariant 7): a mistake that was never published only waits, the rest is published; a published document that is
missing, replaced, or has lost what was known of it, because of a mistake stops the publication; so does removing more than a
tenth of the archive at once. `allow_loss` is the editor's word that so many documents may go.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.corpus import Corpus
from indexer.holding import hold_files, note_generation, sweep_files
from indexer.sources import covers
from search.engines.contract import Engine, Generation, Progress, PublishedDocument
from search.errors import PublishRefused
from search.model.document import Document, encode_document, fingerprint

MANY = 0.1
"""The share of the archive that may be removed at once without a word; more is rather a lost folder than an edit."""
FEW = 1
"""So many may always go, or an archive of fewer than ten documents could not remove any."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What publishing the corpus would do. `lost` are documents missing because of a mistake, `replaced` changed ones whose
    id a record with a mistake claims too, `poorer` changed ones whose facts have a mistake."""

    added: tuple[Document, ...]
    changed: tuple[Document, ...]
    removed: tuple[str, ...]
    lost: tuple[str, ...]
    replaced: tuple[str, ...]
    poorer: tuple[str, ...]
    unchanged: int
    published: int

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.removed)

    def refusal(self, allow_loss: int) -> str:
        """Why this must not be published, "" when it may."""
        if self.published == 0 and not self.added:
            return "there is no document to publish"
        spoiled = (*self.lost, *self.replaced, *self.poorer)
        if len(spoiled) > allow_loss:
            fates = {"be lost": self.lost, "be replaced": self.replaced, "lose facts": self.poorer}
            fate = " or ".join(name for name, ids in fates.items() if ids)
            return (
                f"{_count(len(spoiled))} published before would {fate} because of the mistakes above "
                f"({_some(spoiled)}); mend them, or say --allow-loss {len(spoiled)}"
            )
        if len(self.removed) > max(allow_loss, FEW, int(self.published * MANY)):
            return (
                f"{_count(len(self.removed))} of {self.published} published would be removed at once "
                f"({_some(self.removed)}); if that is meant, say --allow-loss {len(self.removed)}"
            )
        return ""


def plan(corpus: Corpus, published: Mapping[str, PublishedDocument]) -> Plan:
    """Compare the corpus with what is published."""
    added, changed = [], []
    for document in corpus.documents:
        known = published.get(document.id)
        if known is None:
            added.append(document)
        elif known.fingerprint != fingerprint(encode_document(document)):
            changed.append(document)
    removed = tuple(sorted(published.keys() - {document.id for document in corpus.documents}))
    sources = {published[gone].source_path for gone in removed}
    bad = {path for path in sources if any(covers(named, path) for named in corpus.bad_files)}
    lost = tuple(gone for gone in removed if gone in corpus.mistaken or published[gone].source_path in bad)
    replaced = tuple(document.id for document in changed if document.id in corpus.mistaken)
    poorer = tuple(document.id for document in changed if document.id in corpus.doubtful - corpus.mistaken)
    unchanged = len(corpus.documents) - len(added) - len(changed)
    return Plan(tuple(added), tuple(changed), removed, lost, replaced, poorer, unchanged, len(published))


def build(
    engine: Engine,
    corpus: Corpus,
    published: Mapping[str, PublishedDocument],
    index_path: Path,
    allow_loss: int,
    progress: Progress | None,
) -> Generation:
    """Publish all documents anew. Raises PublishRefused."""
    _refuse(plan(corpus, published), allow_loss)
    hold_files(index_path, corpus.documents, corpus.contents)
    generation = engine.build(corpus.documents, progress)
    _keep_files(engine, index_path, generation, corpus)
    return generation


def update(engine: Engine, corpus: Corpus, changes: Plan, index_path: Path, allow_loss: int) -> Generation:
    """Publish the changes only. Raises PublishRefused."""
    _refuse(changes, allow_loss)
    hold_files(index_path, corpus.documents, corpus.contents)
    generation = engine.update((*changes.added, *changes.changed), changes.removed)
    _keep_files(engine, index_path, generation, corpus)
    return generation


def _keep_files(engine: Engine, index_path: Path, generation: Generation, corpus: Corpus) -> None:
    """Note the files that the generation names, and sweep those that no generation names any more."""
    note_generation(index_path, generation.id, corpus.documents)
    sweep_files(index_path, {one.id for one in engine.generations()})


def _refuse(changes: Plan, allow_loss: int) -> None:
    refusal = changes.refusal(allow_loss)
    if refusal:
        kept = " The generation published before serves on." if changes.published else ""
        raise PublishRefused(f"refused: {refusal}.{kept}")


def _count(number: int) -> str:
    return "1 document" if number == 1 else f"{number} documents"


def _some(ids: tuple[str, ...]) -> str:
    return ", ".join(ids[:5]) + (", …" if len(ids) > 5 else "")
