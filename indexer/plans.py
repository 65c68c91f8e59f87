"""What publishing the corpus would change, and what must not be lost (invariant 7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indexer.corpus import Corpus
from indexer.patterns import contains_path
from indexer.spooled_documents import FinishedDocuments
from search.engines.published import Published, PublishedDocument
from search.model.document import Document

_LARGE_SHARE = 0.1
"""The share of the archive that may be removed without --allow-loss. A larger one is probably a missing folder."""
_ALWAYS_ALLOWED = 1
"""Documents that may always be removed, so that an archive of fewer than ten documents can remove one."""
_SHOWN_IDS = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """The changes that publishing the corpus would make.

    `kept` are the ids whose published version stays because of a mistake: the document would be missing, be replaced by another
    with its id, or lose facts. They are in no other list. `renamed` maps old ids to new ones if the file is the same.
    `published` is the number of documents published before.
    """

    added: FinishedDocuments
    changed: FinishedDocuments
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    renamed: Mapping[str, str]
    unchanged: int
    published: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to publish."""
        return not (self.added or self.changed or self.removed)

    def refusal(self, allow_loss: int) -> str:
        """Return the reason not to publish this; "" if it may be published."""
        if self.published == 0 and not self.added:
            return "there is no document to publish"
        if len(self.removed) > max(allow_loss, _ALWAYS_ALLOWED, int(self.published * _LARGE_SHARE)):
            return (
                f"{count_documents(len(self.removed))} of {self.published:,} published would be removed at once "
                f"({shorten_ids(self.removed)}){self._cause()}; if that is meant, write --allow-loss {len(self.removed)}"
            )
        return ""

    def _cause(self) -> str:
        if not self.renamed:
            return ""
        old, new = next(iter(self.renamed.items()))
        return (
            f"; {len(self.renamed):,} of them only get another id, as in {old} to {new}: an id that no file states is "
            "made from the path below the source’s folder, and `path` or `id` of the source has changed"
        )


def make_plan(corpus: Corpus, published: Published, allow_loss: int = 0) -> Plan:
    """Compare the corpus with what is published. No version is kept if `allow_loss` is large enough for all that would go."""
    documents = corpus.documents
    different, outdated = published.compare(documents.known_fingerprints()) if published else (range(len(documents)), {})
    new = {documents.ids[number]: number for number in different}
    changed, removed = [], []
    for document_id, known in outdated.items():
        number = new.pop(document_id, None)
        if number is None:
            removed.append(document_id)
        elif known.fingerprint != documents.fingerprint(number):
            changed.append(number)
    changed.sort()
    removed.sort()
    added = documents.pick(list(new.values()))
    kept = {*_find_lost(corpus, outdated, removed)}
    uncertain = corpus.mistaken | corpus.doubtful
    kept |= {documents.ids[number] for number in changed if documents.ids[number] in uncertain}
    if len(kept.union(removed)) <= allow_loss:
        kept = set()
    unchanged = len(documents) - len(added) - len(changed)
    return Plan(
        added,
        documents.pick([number for number in changed if documents.ids[number] not in kept]),
        tuple(gone for gone in removed if gone not in kept),
        tuple(sorted(kept)),
        _find_renames(added, removed, outdated) if removed else {},
        unchanged,
        len(published),
    )


def shorten_ids(ids: tuple[str, ...]) -> str:
    """Return the first few ids as a list in a sentence."""
    return ", ".join(ids[:_SHOWN_IDS]) + (", …" if len(ids) > _SHOWN_IDS else "")


def _find_lost(corpus: Corpus, published: Mapping[str, PublishedDocument], removed: list[str]) -> list[str]:
    """Return the removed ids whose file, folder or record now has a mistake."""
    sources = {published[gone].source_path for gone in removed}
    bad = {path for path in sources if any(contains_path(named, path) for named in corpus.bad_files)}
    return [gone for gone in removed if gone in corpus.mistaken or published[gone].source_path in bad]


def _find_renames(added: Iterable[Document], removed: list[str], published: Mapping[str, PublishedDocument]) -> dict[str, str]:
    """Return added ids by the removed ids they replace, where a file had one document before and has one now."""
    by_file: dict[str, str] = {}
    times: Counter[str] = Counter()
    for document in added:
        by_file[document.source_path] = document.id
        times[document.source_path] += 1
    files = {gone: published[gone].source_path for gone in removed}
    before = Counter(files.values())
    return {gone: by_file[file] for gone, file in files.items() if times[file] == before[file] == 1}


def count_documents(number: int) -> str:
    """Return "1 document", "1,200 documents"."""
    return f"{number:,} document{'' if number == 1 else 's'}"
