"""Write a segment to Whoosh's own files, through Whoosh's own codec.

Whoosh's writer takes one posting at a time and sorts all of them on disk. Ours are sorted already, so they are given to
the codec (`whoosh_codec`) a block at a time. The files are those of stock Whoosh: blocks, terms, stored fields, table of
contents. Only names that Whoosh 2.7.4 also has are used.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, groupby, islice, pairwise
from operator import itemgetter
from pathlib import Path
from pickle import dumps, loads
from types import TracebackType
from typing import Any

from msgspec import Struct
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter
from whoosh.filedb.structfile import StructFile
from whoosh.index import FileIndex
from whoosh.system import pack_ushort
from whoosh.writing import SegmentWriter

from search.engines.whoosh.arrays import UNDATED
from search.engines.whoosh.positions import encode_positions
from search.engines.whoosh.postings import Postings, ranges_of_terms, split_postings
from search.engines.whoosh.schema import keyword_of
from search.engines.whoosh.whoosh_codec import (
    BLOCK,
    PICKLE_PROTOCOL,
    PackedBucket,
    SortedPostings,
    TermPart,
    WrittenTerm,
    pack_lengths,
    write_term,
)
from search.engines.whoosh.written_segment import WrittenSegment

_COPIED = 1 << 20
_TERMS_PICKLED = 2000
_AT_ONCE = 800 * BLOCK
"""Positions encoded at once; bounds the memory for that to about 30 MB. Of a term with more, whole blocks of postings."""

_Term = tuple[bytes, list[int], list[float], list[bytes]]
"""A term with the documents, weights and stored values of its postings, or of a part of them."""
_FIRST: Callable[[_Term], bytes] = itemgetter(0)
_REST: Callable[[_Term], TermPart] = itemgetter(1, 2, 3)


class RemainingTerms(Struct, frozen=True):
    """The terms of the field `text` from number `first` on, which another process writes to a file of its own."""

    first: int
    written: Callable[[], WrittenTerms]


class WrittenTerms(Struct, frozen=True):
    """A file of postings, and each of its terms with its `WrittenTerm` (offsets are within this file).

    Terms are pickled some at a time: as objects they would take six times the memory.
    """

    path: Path
    terms: list[bytes]


class WhooshSegmentWriter:
    """Adds a segment to an index: documents first, then all postings, and a commit. A context manager, which takes back a
    segment that fails.
    """

    def __init__(self, index: FileIndex) -> None:
        self._writer = SegmentWriter(index, codec=W3Codec(blocklimit=BLOCK), compound=False)
        self._added = 0
        self._title_lengths = array("I")

    def add_document(self, document_id: str, encoded: bytes, length: int, title_length: int) -> None:
        """Store the next document, whose text and title have these lengths."""
        schema, documents = self._writer.schema, self._writer.perdocwriter
        documents.start_doc(self._added)
        documents.add_field("id", schema["id"], document_id, 0)
        documents.add_field("document", schema["document"], encoded, 0)
        documents.add_field("text", schema["text"], None, length)
        documents.add_field("title", schema["title"], None, title_length)
        documents.finish_doc()
        self._title_lengths.append(title_length)
        self._added += 1

    def finish(
        self, segment: WrittenSegment | None, deleted: list[int], dropped: set[str], later: RemainingTerms | None = None
    ) -> str:
        """Write the postings of the documents added and commit, without `dropped` segments (their names) and `deleted` documents.

        `deleted` are document numbers over all segments of the index. Returns the new segment's name, "" for an empty one.
        """
        writer = self._writer
        for number in deleted:
            writer.delete_document(number)
        if segment:
            writer.docnum = self._added
            writer._added = True
            writer.fieldwriter.add_postings = _SortedPostingsWriter(writer.fieldwriter, segment, self._title_lengths, later).write
        writer.pool.cleanup()
        writer.pool = SortedPostings()
        name = str(writer.newsegment.segment_id()) if self._added else ""
        writer.commit(mergetype=lambda _, segments: [s for s in segments if s.segment_id() not in dropped])
        return name

    def __enter__(self) -> WhooshSegmentWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is not None:
            if not self._writer.is_closed:
                self._writer.cancel()
            for file in (self._writer.fieldwriter._tindex.dbfile, self._writer.fieldwriter._postfile):
                if not file.is_closed:  # Whoosh leaves them open
                    file.close()


class _SortedPostingsWriter:
    """Writes postings through Whoosh's field writer: those of a segment, in place of those of a pool."""

    def __init__(
        self, whoosh: W3FieldWriter, segment: WrittenSegment, title_lengths: array[int], later: RemainingTerms | None
    ) -> None:
        whoosh._tindex.buckets = [PackedBucket() for _ in whoosh._tindex.buckets]
        self.whoosh = whoosh
        self.segment = segment
        self.title_lengths = title_lengths
        self.later = later

    def write(self, schema: Any, lengths: Any, items: Any) -> None:
        """Write the postings of all fields, when the writer commits."""
        for name in sorted(schema.names()):
            terms = _terms(name, schema[name], self.segment, self.later.first if self.later else None)
            if terms is None:
                continue
            self.whoosh.start_field(name, schema[name])
            for term, written in _write_terms(self.whoosh._postfile, terms, self._lengths(name)):
                self._add(term, written.info())
            if name == "text" and self.later:
                self._append(self.later.written())
            self.whoosh.finish_field()

    def _lengths(self, name: str) -> bytes | None:
        if name == "text":
            return pack_lengths(self.segment.column("lengths"))
        return pack_lengths(self.title_lengths) if name == "title" else None

    def _append(self, written: WrittenTerms) -> None:
        base = self.whoosh._postfile.tell()
        with written.path.open("rb") as file:
            while part := file.read(_COPIED):
                self.whoosh._postfile.write(part)
        for term, one in chain.from_iterable(map(loads, written.terms)):
            self._add(term, one.info(base))

    def _add(self, term: bytes, info: bytes) -> None:
        self.whoosh._tindex.add(pack_ushort(self.whoosh._fieldid) + term, info)


def write_remaining_terms(arrays_path: Path, first: int, path: Path) -> WrittenTerms:
    """Write the postings of `text` from a term on to a file of their own, from a segment's file of arrays."""
    segment = WrittenSegment(arrays_path)
    file = StructFile(path.open("xb"))
    terms = text_terms(segment.words, segment.postings("text"), first, None)
    written = _write_terms(file, terms, pack_lengths(segment.column("lengths")))
    pickled: list[bytes] = []
    while some := list(islice(written, _TERMS_PICKLED)):
        pickled.append(dumps(some, PICKLE_PROTOCOL))
    file.close()
    return WrittenTerms(path, pickled)


def _write_terms(file: StructFile, terms: Iterator[_Term], lengths: bytes | None) -> Iterator[tuple[bytes, WrittenTerm]]:
    offset = file.tell()
    for term, parts in groupby(terms, _FIRST):
        written = write_term(file, offset, map(_REST, parts), lengths)
        offset += written.size
        yield term, written


def _terms(name: str, field: Any, segment: WrittenSegment, end: int | None) -> Iterator[_Term] | None:
    """Return the terms of a field in order, with their postings, those of `text` up to number `end`; None for a stored field."""
    if name in ("text", "title"):
        return text_terms(segment.words, segment.postings(name), 0, end if name == "text" else None)
    if name == "id":
        return ((document_id, [number], [1.0], []) for document_id, number in segment.ids())
    if name in ("first_day", "last_day"):
        return _day_terms(field, segment.column(name))
    if keyword := keyword_of(name):
        return ((value, docs, [1.0] * len(docs), []) for value, docs in segment.values(keyword))
    return None


def _day_terms(field: Any, days: list[int]) -> Iterator[_Term]:
    by_term: dict[bytes, list[int]] = {}
    terms_of: dict[int, list[bytes]] = {}
    for number, day in enumerate(days):
        if day not in UNDATED:
            if day not in terms_of:
                terms_of[day] = [term for term, *_ in field.index(day)]
            for term in terms_of[day]:
                by_term.setdefault(term, []).append(number)
    return ((term, by_term[term], [1.0] * len(by_term[term]), []) for term in sorted(by_term))


def text_terms(words: Sequence[bytes], postings: Postings, first: int, last: int | None) -> Iterator[_Term]:
    """Yield the terms of a text field with numbers from `first` up to `last`, and their postings; long ones in parts."""
    starts, position_starts = postings.starts, postings.position_starts
    for begin, end in ranges_of_terms(position_starts, first, len(words) if last is None else last, _AT_ONCE):
        if end - begin == 1:
            for own, placed in split_postings(postings, begin, _AT_ONCE, BLOCK):
                yield words[begin], *_encode(postings, own, placed)
            continue
        bounds = starts[begin : end + 1].tolist()
        placed = slice(int(position_starts[begin]), int(position_starts[end]))
        docs, weights, values = _encode(postings, slice(bounds[0], bounds[-1]), placed)
        for number, (start, stop) in enumerate(pairwise(bounds), begin):
            own = slice(start - bounds[0], stop - bounds[0])
            if start < stop:
                yield words[number], docs[own], weights[own], values[own]


def _encode(postings: Postings, own: slice, placed: slice) -> tuple[list[int], list[float], list[bytes]]:
    values = encode_positions(postings.counts[own], postings.positions[placed])
    return postings.docs[own].tolist(), postings.term_frequencies[own].astype(float).tolist(), values
