"""Write generations: all documents as one segment or as several large ones, or the changed ones as one more segment."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import nullcontext, suppress
from functools import partial
from itertools import compress, pairwise
from pathlib import Path

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import _DEF_INDEX_NAME, TOC, create_in, open_dir
from whoosh.reading import SegmentReader

from search.config.settings import Config
from search.engines.contract import Generation, Progress, new_generation
from search.engines.whoosh.arrays import Array, InParts, write_arrays
from search.engines.whoosh.generations import Generations
from search.engines.whoosh.inversion import Inversion, Inverter
from search.engines.whoosh.merging import choose_parts, read_back
from search.engines.whoosh.new_segment import SegmentCollector
from search.engines.whoosh.ranks import RANKS, write_ranks
from search.engines.whoosh.schema import whoosh_schema
from search.engines.whoosh.segment import SegmentArrays
from search.engines.whoosh.shares import invert_in_shares
from search.engines.whoosh.snapshot import Snapshot
from search.engines.whoosh.stored_documents import StoredDocumentsWriter, train_dictionary
from search.engines.whoosh.whoosh_writer import RemainingTerms, WhooshSegmentWriter, write_remaining_terms
from search.engines.whoosh.written_segment import WrittenSegment
from search.errors import IndexDamaged, PublishLocked
from search.model.document import Document, encode_document
from search.query_language.matching import Sequence as Words
from search.query_language.matching import Term
from search.second_process import SecondProcess, has_another_core

_CHECKED_TERMS = 200
"""The most terms whose postings are read back through Whoosh before a switch, evenly spread over the vocabulary."""
_FEWEST_CHECKED = 20
"""For few documents this many terms, and one more for each, since otherwise the check would take longer than the update."""

_LARGE_UPDATE = 1 << 20
"""Characters of text above which an update is large: writing it takes longer than merging segments up to its size."""
_LATER_PART = 0.62
"""Share of the postings that the second process writes while the first writes stored documents and all other fields."""
LARGEST_SEGMENT = 200_000
"""Most documents that a build puts into one segment. What writing a segment takes in memory grows with their number."""
SECOND_PROCESS_THRESHOLD = 3000
"""Smallest number of documents for which a second process, which takes a third of a second to start, is faster."""
ReadShares = Callable[[bytes], Iterable[Inversion]]
"""A function from the compression dictionary of a segment to the inversions of its documents, share by share."""


class Publisher:
    """Writes generations of one archive."""

    def __init__(self, config: Config, generations: Generations, stamp: str) -> None:
        self.config = config
        self.inverter = Inverter(config)
        self.generations = generations
        self.stamp = stamp
        self.title_weight = config.ranking.weights.get("title", 1)

    def build(self, documents: Sequence[Document], progress: Progress | None) -> Generation:
        """Publish all documents as new segments of about the same size, a single one up to LARGEST_SEGMENT documents."""
        large, size = len(documents) >= SECOND_PROCESS_THRESHOLD and has_another_core(), len(documents)
        with self.generations.publishing() as folder, SecondProcess() if large else nullcontext() as second:
            create_in(folder, whoosh_schema(self.inverter.fields.keyword.values()))
            segments: list[SegmentArrays] = []
            for first, last in pairwise(_bounds_of_segments(size)):
                report = (lambda done, _: progress(first + done, size)) if progress else None  # noqa: B023
                segments += self._write(folder, documents[first:last], [], set(), None, report, second)
            write_ranks(folder, segments, {})
            return self._publish(folder, [(one, []) for one in segments], segments, {})

    def update(self, snapshot: Snapshot, changed: Sequence[Document], removed: Iterable[str]) -> Generation:
        """Publish a generation that differs from `snapshot` by these documents; untouched files are shared by hard link.

        A large update also rewrites the segments that are no larger than itself; a small one leaves them to `merge`.
        """
        with self.generations.publishing() as folder:
            live = snapshot.live.copy()
            gone = map(snapshot.number_of, {*removed, *(document.id for document in changed)})
            live[[number for number in gone if number >= 0]] = False
            merged = _segments_to_merge(snapshot, live, len(changed)) if _is_large(changed) else {}
            kept_documents = [snapshot.document(number) for numbers in merged.values() for number in numbers]
            return self._replace(folder, snapshot, live, merged, [*kept_documents, *changed])

    def merge(self, snapshot: Snapshot) -> Generation | None:
        """Publish the same documents with small segments merged, in the place of `snapshot`.

        Returns None if there is nothing to do, or if somebody else publishes or has published.
        """
        parts = choose_parts(snapshot)
        if not parts:
            return None
        with suppress(PublishLocked), self.generations.publishing() as folder:
            if self.generations.current_id() == snapshot.generation.id:
                documents = [part.segment.document(int(number)) for part in parts for number in part.live]
                read = partial(read_back, parts, documents, tuple(self.inverter.fields.keyword))
                names = [part.name for part in parts]
                return self._replace(folder, snapshot, snapshot.live, names, documents, read, snapshot.generation.id)
        return None

    def _replace(
        self,
        folder: Path,
        snapshot: Snapshot,
        live: Array,
        dropped: Collection[str],
        documents: Sequence[Document],
        read: ReadShares | None = None,
        replaced: str = "",
    ) -> Generation:
        """Publish the `live` documents of `snapshot` without the segments `dropped`, and with a segment of these documents."""
        source, manifest = self.generations.open(snapshot.generation.id)
        for name in manifest.files:
            os.link(f"{source}/{name}", f"{folder}/{name}")
        new = self._write(folder, documents, np.flatnonzero(snapshot.live & ~live).tolist(), set(dropped), read)
        parts = zip(snapshot.segments, snapshot.split(~live), strict=True)
        segments = [(part, np.flatnonzero(deleted).tolist()) for part, deleted in parts if part.path.name not in dropped]
        segments += [(one, []) for one in new]
        files = dict(manifest.files)
        if new or dropped:
            _rank_again(folder, snapshot, [segment for segment, _ in segments])
            del files[RANKS]
        return self._publish(folder, segments, new, files, replaced)

    def _write(
        self,
        folder: Path,
        documents: Sequence[Document],
        deleted: list[int],
        dropped: set[str],
        read: ReadShares | None = None,
        progress: Progress | None = None,
        second: SecondProcess | None = None,
    ) -> list[SegmentArrays]:
        """Write documents as one segment; return it in a list, empty if there are none. With `read` nothing is analysed."""
        read = read or partial(invert_in_shares, documents, self.inverter, second)
        arrays, postings, stored = folder / "new.arrays", folder / "later.postings", folder / "new.documents"
        with WhooshSegmentWriter(open_dir(folder)) as whoosh:
            write_arrays(arrays, self._collect(documents, read, stored, whoosh, progress))
            segment, later = WrittenSegment(arrays) if documents else None, None
            if segment and second:
                starts = segment.postings("text").starts
                first = int(np.searchsorted(starts, starts[-1] * (1 - _LATER_PART)))
                second.ask(write_remaining_terms, arrays, first, postings)
                later = RemainingTerms(first, second.answer)
            name = whoosh.finish(segment, deleted, dropped, later)
        for left in (folder / f"{_DEF_INDEX_NAME}_WRITELOCK", postings):
            left.unlink(missing_ok=True)
        if not name:
            arrays.unlink()
            stored.unlink()
            return []
        arrays.rename(folder / f"{name}.arrays")
        stored.rename(folder / f"{name}.documents")
        return [SegmentArrays(folder, name, self.title_weight)]

    def _collect(
        self,
        documents: Sequence[Document],
        read: ReadShares,
        path: Path,
        whoosh: WhooshSegmentWriter,
        progress: Progress | None,
    ) -> Mapping[str, Array | InParts]:
        """Store the documents, and return the arrays of the segment."""
        dictionary = train_dictionary(documents)
        collector = SegmentCollector(path.parent, self.inverter.fields.analyzer, self.config.index.build_memory)
        with StoredDocumentsWriter(path, dictionary) as stored:
            for share in read(dictionary):
                lengths = collector.add(share)
                for document in zip(share.ids, share.encoded, *lengths, strict=True):
                    whoosh.add_document(*document)
                for compressed in share.compressed:
                    stored.add(compressed)
                if progress is not None:
                    progress(len(collector.ids), len(documents))
        return collector.finish() | stored.arrays()

    def _publish(
        self,
        folder: Path,
        segments: Sequence[tuple[SegmentArrays, list[int]]],
        new: Sequence[SegmentArrays],
        known: dict[str, tuple[int, str]],
        replaced: str = "",
    ) -> Generation:
        """Check and publish these segments with the numbers of their deleted documents; those that are `new` are the last."""
        documents = sum(segment.size - len(deleted) for segment, deleted in segments)
        parts = [{"name": one.path.name, "documents": one.size, "deleted": deleted} for one, deleted in segments]
        shared = {file: sums for file, sums in known.items() if not file.endswith(".toc")}  # rewritten under the same names
        generation, check = new_generation(documents, self.stamp), partial(_check, folder, new, documents)
        return self.generations.publish(folder, generation, {"segments": parts}, shared, check, replaced)


def _rank_again(folder: Path, snapshot: Snapshot, segments: Sequence[SegmentArrays]) -> None:
    """Write the ranks of the documents of these segments: those of `snapshot` first, and a new one."""
    (folder / RANKS).unlink()
    kept = [part in segments for part in snapshot.segments]
    known = {column: [*compress(snapshot.split(ranks), kept)] for column, ranks in snapshot.ranks.items()}
    write_ranks(folder, segments, known)


def _check(folder: Path, new: Sequence[SegmentArrays], documents: int) -> None:
    """Read new segments back through Whoosh, and compare their documents and postings with their arrays."""
    storage = FileStorage(str(folder), readonly=True)
    contents = TOC.read(storage, _DEF_INDEX_NAME)
    counted = sum(segment.doc_count() for segment in contents.segments)
    if counted != documents:
        raise IndexDamaged(f"{folder}: Whoosh counts {counted} documents, {documents} were written; build again")
    for arrays, segment in zip(new, contents.segments[len(contents.segments) - len(new) :], strict=True):
        with SegmentReader(storage, contents.schema, segment) as reader:
            _check_segment(folder, arrays, reader)


def _check_segment(folder: Path, arrays: SegmentArrays, reader: SegmentReader) -> None:
    checked = min(_CHECKED_TERMS, _FEWEST_CHECKED + arrays.size)
    for number in range(0, arrays.size, max(1, arrays.size // checked)):
        stored = reader.stored_fields(number)
        if (stored["id"].encode(), stored["document"]) != (arrays.ids[number], encode_document(arrays.document(number))):
            raise IndexDamaged(f"{folder}: document {number} is not the one that was written; build again")
    for number in range(0, len(arrays.words), max(1, len(arrays.words) // checked)):
        word = arrays.words[number]
        docs = list(reader.postings("text", word).all_ids())
        if docs != arrays.term(Term((Words((word.decode(),), stemmed=False),))).docs.tolist():
            raise IndexDamaged(f"{folder}: the postings of “{word.decode()}” differ from those written; build again")


def _bounds_of_segments(documents: int) -> list[int]:
    """Return where the segments of a build begin and end: as few as possible, of about the same size."""
    segments = max(1, -(-documents // LARGEST_SEGMENT))
    return [number * documents // segments for number in range(segments + 1)]


def _is_large(documents: Sequence[Document]) -> bool:
    return sum(len(section.text) for document in documents for section in document.sections) > _LARGE_UPDATE


def _segments_to_merge(snapshot: Snapshot, live: Array, new: int) -> dict[str, list[int]]:
    """Return the segments that a large update merges into its new one, smallest first, each with the numbers of its documents.

    A segment is merged while it is no larger than what is being written, as in a binary counter: a document is rewritten at most
    about log2(documents) times. A segment that is half deleted is merged too.
    """
    merged: dict[str, list[int]] = {}
    numbers = map(np.flatnonzero, snapshot.split(live))
    parts = zip(snapshot.names, snapshot.segments, snapshot.bases, numbers, strict=True)
    for name, segment, base, kept in sorted(parts, key=lambda part: part[3].size):
        if kept.size <= new or 2 * kept.size < segment.size:
            merged[name] = (kept + base).tolist()
            new += kept.size
    return merged
