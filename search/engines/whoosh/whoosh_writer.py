"""Write a segment to Whoosh's own files, through Whoosh's own codec.

Whoosh's writer takes one posting at a time and sorts all of them on disk. Ours are sorted already, so they are given to
the codec a block at a time. The files are those of stock Whoosh: blocks, terms, stored fields, table of contents. Only
names that Whoosh 2.7.4 also has are used.
"""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator
from operator import sub
from pathlib import Path
from pickle import dumps
from typing import Any

from msgspec import Struct
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3FieldWriter, W3PostingsWriter, W3TermInfo
from whoosh.filedb.structfile import StructFile
from whoosh.formats import Positions
from whoosh.index import FileIndex
from whoosh.system import pack_ushort
from whoosh.util.numeric import length_to_byte
from whoosh.writing import SegmentWriter

from search.engines.whoosh.arrays import UNDATED, Strings, open_arrays
from search.engines.whoosh.inversion import Postings, Segment
from search.engines.whoosh.positions import encode_positions
from search.engines.whoosh.schema import keyword_name

BLOCK = 128
"""Postings in a block: Whoosh's default."""

_COMPRESSION, _SMALLEST_COMPRESSED = 1, 80
"""Level of zlib, and the size in bytes below which nothing gets smaller. Whoosh's default level, 3, makes postings 3 percent
smaller and takes 4 percent longer."""
_PROTOCOL = 3
"""Version of pickle. Whoosh writes 2 and reads any; 3 stores bytes as bytes."""
_COPIED = 1 << 20
_AT_ONCE = 200_000
"""Postings encoded at once; bounds the memory for that to about 20 MB."""

_Term = tuple[bytes, list[int], list[float], list[bytes]]
"""A term with the documents, weights and stored values of its postings."""


class _BlockPostingsWriter(W3PostingsWriter):  # type: ignore[misc]
    """Whoosh's postings writer, which is given whole blocks and writes each at once."""

    def add_term(self, docs: list[int], weights: list[float], values: list[bytes], lengths: list[int] | None) -> None:
        """Write all postings of a term; `lengths` are by document."""
        for start in range(0, len(docs), BLOCK):
            part = slice(start, start + BLOCK)
            own = [lengths[doc] for doc in docs[part]] if lengths else [0]
            self._add_block(docs[part], weights[part], values[part], own)

    def _add_block(self, docs: list[int], weights: list[float], values: list[bytes], lengths: list[int]) -> None:
        """Write the previous block and keep this one: the last block of a term is written by `finish_postings`."""
        if len(self) > 0:
            self._write_block()
        self._ids, self._weights, self._values = docs, array("f", weights), values
        self._minlength, self._maxlength, self._maxweight = min(lengths) or None, max(lengths), max(weights)

    def _write_block(self, last: bool = False) -> None:
        """Whoosh's block: magic before a term's first; length (negative for its last); statistics; steps from document to
        document, weights (one where all are equal, none where that is 1), values."""
        if not self._blockcount:
            self._postfile.write(WHOOSH3_HEADER_MAGIC)
        self._terminfo.add_block(self)
        docs, equal = self._ids, set(self._weights)
        weights = tuple(self._weights) if len(equal) > 1 else None if equal == {1.0} else self._weights[0]
        data = dumps(((docs[0], *map(sub, docs[1:], docs)), weights, self._mini_values()), _PROTOCOL)
        compression = self._compression if len(data) >= _SMALLEST_COMPRESSED else 0
        data = zlib.compress(data, compression) if compression else data
        shortest, longest = length_to_byte(self._minlength), length_to_byte(self._maxlength)
        header = dumps((len(docs), docs[-1], self._maxweight, compression, shortest, longest), _PROTOCOL)
        size = len(header) + len(data)
        self._postfile.write_int(-size if last else size)
        self._postfile.write(header)
        self._postfile.write(data)
        self._blockcount += 1
        self._new_block()


class _BlockCodec(W3Codec):  # type: ignore[misc]
    def postings_writer(self, dbfile: Any, byteids: bool = False) -> W3PostingsWriter:
        return _BlockPostingsWriter(dbfile, BLOCK, byteids=byteids, compression=_COMPRESSION, inlinelimit=self._inlinelimit)


class _SortedPostings:
    """Replaces Whoosh's sorting pool in a writer whose postings are sorted already."""

    def iter_postings(self) -> Iterator[Any]:
        return iter(())

    def cleanup(self) -> None:
        """Do nothing: nothing was put on disk."""


class RemainingTerms(Struct, frozen=True):
    """The terms of the field `text` from number `first` on, which another process writes to a file of its own."""

    first: int
    written: Callable[[], WrittenTerms]


class WrittenTerms(Struct, frozen=True):
    """A file of postings, and each of its terms with Whoosh's information on it (offsets are within this file)."""

    path: Path
    terms: list[tuple[bytes, Any]]


def write_segment(
    index: FileIndex, segment: Segment, deleted: list[int], dropped: set[str], later: RemainingTerms | None = None
) -> str:
    """Add a segment to the index and commit, without `dropped` segments (their names) and `deleted` documents.

    `deleted` are document numbers over all segments of the index. Returns the new segment's name, "" for an empty one.
    """
    writer = SegmentWriter(index, codec=W3Codec(blocklimit=BLOCK), compound=False)
    try:
        for number in deleted:
            writer.delete_document(number)
        if segment.documents:
            _write_documents(writer, segment)
            writer.fieldwriter.close()
            writer.fieldwriter = _PresortedFieldWriter(writer, segment, later)
        writer.pool.cleanup()
        writer.pool = _SortedPostings()
        name = str(writer.newsegment.segment_id()) if segment.documents else ""
        writer.commit(mergetype=lambda _, segments: [s for s in segments if s.segment_id() not in dropped])
    except BaseException:
        if not writer.is_closed:
            writer.cancel()
        if isinstance(writer.fieldwriter, _PresortedFieldWriter):
            writer.fieldwriter.close_files()
        raise
    return name


def _write_documents(writer: SegmentWriter, segment: Segment) -> None:
    schema, documents = writer.schema, writer.perdocwriter
    lengths, title_lengths = segment.lengths.tolist(), segment.title_lengths.tolist()
    for number, (document_id, encoded) in enumerate(segment.documents):
        documents.start_doc(number)
        documents.add_field("id", schema["id"], document_id, 0)
        documents.add_field("document", schema["document"], encoded, 0)
        documents.add_field("text", schema["text"], None, lengths[number])
        documents.add_field("title", schema["title"], None, title_lengths[number])
        documents.finish_doc()
    writer.docnum = len(segment.documents)
    writer._added = True


class _PresortedFieldWriter(W3FieldWriter):  # type: ignore[misc]
    """Whoosh's field writer, which takes postings from a segment instead of a pool when the writer commits."""

    def __init__(self, writer: SegmentWriter, segment: Segment, later: RemainingTerms | None) -> None:
        super().__init__(_BlockCodec(blocklimit=BLOCK), writer.storage, writer.newsegment)
        self.segment = segment
        self.later = later

    def close_files(self) -> None:
        """Close the files of a writer that failed: Whoosh leaves them open."""
        for file in (self._tindex.dbfile, self._postfile):
            if not file.is_closed:
                file.close()

    def add_postings(self, schema: Any, lengths: Any, items: Any) -> None:
        for name in sorted(schema.names()):
            terms = self._terms(name, schema[name])
            if terms is None:
                continue
            by_document = self._lengths(name)
            self.start_field(name, schema[name])
            for term, docs, weights, values in terms:
                self.start_term(term)
                self._postwriter.add_term(docs, weights, values, by_document)
                self.finish_term()
            if name == "text" and self.later:
                self._append(self.later.written())
            self.finish_field()

    def _terms(self, name: str, field: Any) -> Iterator[_Term] | None:
        if name == "text":
            return text_terms(self.segment.words, self.segment.text, 0, self.later.first if self.later else None)
        return _terms(name, field, self.segment)

    def _lengths(self, name: str) -> list[int] | None:
        if name == "text":
            return list(self.segment.lengths.tolist())
        return list(self.segment.title_lengths.tolist()) if name == "title" else None

    def _append(self, written: WrittenTerms) -> None:
        base = self._postfile.tell()
        with written.path.open("rb") as file:
            while part := file.read(_COPIED):
                self._postfile.write(part)
        for term, info in written.terms:
            offset, length = info.extent()
            info.set_extent(base + offset, length)
            self._tindex.add(pack_ushort(self._fieldid) + term, info.to_bytes())


def write_remaining_terms(arrays_path: Path, first: int, path: Path) -> WrittenTerms:
    """Write the postings of `text` from a term on to a file of their own, from a segment's file of arrays."""
    arrays, _ = open_arrays(arrays_path)
    words = list(Strings(arrays, "words"))
    lengths = arrays["lengths"].tolist()
    file = StructFile(path.open("xb"))
    writer = _BlockCodec(blocklimit=BLOCK).postings_writer(file)
    written: list[tuple[bytes, Any]] = []
    for term, docs, weights, values in text_terms(words, Postings.of(arrays, "text"), first, None):
        writer.start_postings(Positions(), W3TermInfo())
        writer.add_term(docs, weights, values, lengths)
        written.append((term, writer.finish_postings()))
    file.close()
    return WrittenTerms(path, written)


def _terms(name: str, field: Any, segment: Segment) -> Iterator[_Term] | None:
    """The terms of a field in order, with their postings."""
    if name == "title":
        return text_terms(segment.words, segment.title, 0, None)
    if name == "id":
        numbered = sorted((document_id.encode(), number) for number, (document_id, _) in enumerate(segment.documents))
        return ((document_id, [number], [1.0], []) for document_id, number in numbered)
    if name in ("first_day", "last_day"):
        return _day_terms(field, [days[name == "last_day"] for days in segment.days])
    for keyword, by_value in segment.values.items():
        if name == keyword_name(keyword):
            return ((value.encode(), list(docs), [1.0] * len(docs), []) for value, docs in sorted(by_value.items()))
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


def text_terms(words: list[bytes], postings: Postings, first: int, last: int | None) -> Iterator[_Term]:
    """Yield the terms of a text field with numbers from `first` up to `last`, and their postings."""
    starts, position_starts = postings.starts.tolist(), postings.position_starts.tolist()
    for begin, end in _portions(starts, first, len(words) if last is None else last):
        part = slice(starts[begin], starts[end])
        docs, weights = postings.docs[part].tolist(), postings.term_frequencies[part].astype(float).tolist()
        values = encode_positions(postings.counts[part], postings.positions[position_starts[begin] : position_starts[end]])
        for number in range(begin, end):
            own = slice(starts[number] - part.start, starts[number + 1] - part.start)
            if own.start < own.stop:
                yield words[number], docs[own], weights[own], values[own]


def _portions(starts: list[int], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Ranges of terms with about as many postings together as are encoded at once."""
    while first < last:
        end = min(max(first + 1, bisect_right(starts, starts[first] + _AT_ONCE) - 1), last)
        yield first, end
        first = end
