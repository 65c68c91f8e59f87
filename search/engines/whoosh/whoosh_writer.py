"""Write a segment to Whoosh's own files, through Whoosh's own codec.

Whoosh's writer takes one posting at a time and sorts all of them on disk. Ours are sorted already, so they are given to
the codec a block at a time. The files are those of stock Whoosh: blocks, terms, stored fields, table of contents. Only
names that Whoosh 2.7.4 also has are used.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Callable, Iterator
from itertools import chain, groupby
from operator import itemgetter, sub
from pathlib import Path
from pickle import dumps, loads
from types import TracebackType
from typing import Any

from msgspec import Struct
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3FieldWriter, W3PostingsWriter, W3TermInfo
from whoosh.filedb.structfile import StructFile
from whoosh.formats import Positions
from whoosh.index import FileIndex
from whoosh.system import pack_ushort
from whoosh.util.numeric import length_to_byte
from whoosh.writing import SegmentWriter

from search.engines.whoosh.arrays import UNDATED, Strings
from search.engines.whoosh.disk_arrays import open_unmapped
from search.engines.whoosh.new_segment import NewSegment
from search.engines.whoosh.positions import encode_positions
from search.engines.whoosh.postings import Postings, ranges_of_terms, split_postings
from search.engines.whoosh.schema import keyword_name

BLOCK = 128
"""Postings in a block: Whoosh's default."""

_COMPRESSION, _SMALLEST_COMPRESSED = 1, 80
"""Level of zlib, and the size in bytes below which nothing gets smaller. Whoosh's default level, 3, makes postings 3 percent
smaller and takes 4 percent longer."""
_PROTOCOL = 3
"""Version of pickle. Whoosh writes 2 and reads any; 3 stores bytes as bytes."""
_COPIED = 1 << 20
_TERMS_PICKLED = 2000
_AT_ONCE = 1600 * BLOCK
"""Postings encoded at once; bounds the memory for that to about 20 MB. Of a term with more, whole blocks."""

_Term = tuple[bytes, list[int], list[float], list[bytes]]
"""A term with the documents, weights and stored values of its postings, or of a part of them."""
_FIRST: Callable[[_Term], bytes] = itemgetter(0)


class _BlockPostingsWriter(W3PostingsWriter):  # type: ignore[misc]
    """Whoosh's postings writer, which is given whole blocks and writes each at once."""

    def add_part(self, docs: list[int], weights: list[float], values: list[bytes], lengths: list[int] | None) -> None:
        """Write postings of a term: all, or whole blocks and at last the rest. `lengths` are by document."""
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
    """A file of postings, and each of its terms with Whoosh's information on it (offsets are within this file).

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

    def add_document(self, document_id: str, encoded: bytes, length: int, title_length: int) -> None:
        """Store the next document, whose text and title have these lengths."""
        schema, documents = self._writer.schema, self._writer.perdocwriter
        documents.start_doc(self._added)
        documents.add_field("id", schema["id"], document_id, 0)
        documents.add_field("document", schema["document"], encoded, 0)
        documents.add_field("text", schema["text"], None, length)
        documents.add_field("title", schema["title"], None, title_length)
        documents.finish_doc()
        self._added += 1

    def finish(self, segment: NewSegment, deleted: list[int], dropped: set[str], later: RemainingTerms | None = None) -> str:
        """Write the postings and commit, without `dropped` segments (their names) and `deleted` documents.

        `deleted` are document numbers over all segments of the index. Returns the new segment's name, "" for an empty one.
        """
        writer = self._writer
        for number in deleted:
            writer.delete_document(number)
        if self._added:
            writer.docnum = self._added
            writer._added = True
            writer.fieldwriter.close()
            writer.fieldwriter = _PresortedFieldWriter(writer, segment, later)
        writer.pool.cleanup()
        writer.pool = _SortedPostings()
        name = str(writer.newsegment.segment_id()) if self._added else ""
        writer.commit(mergetype=lambda _, segments: [s for s in segments if s.segment_id() not in dropped])
        return name

    def __enter__(self) -> WhooshSegmentWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is not None:
            if not self._writer.is_closed:
                self._writer.cancel()
            if isinstance(self._writer.fieldwriter, _PresortedFieldWriter):
                self._writer.fieldwriter.close_files()


class _PresortedFieldWriter(W3FieldWriter):  # type: ignore[misc]
    """Whoosh's field writer, which takes postings from a segment instead of a pool when the writer commits."""

    def __init__(self, writer: SegmentWriter, segment: NewSegment, later: RemainingTerms | None) -> None:
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
            for term, parts in groupby(terms, _FIRST):
                self.start_term(term)
                for _, docs, weights, values in parts:
                    self._postwriter.add_part(docs, weights, values, by_document)
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
        for term, info in chain.from_iterable(map(loads, written.terms)):
            offset, length = info.extent()
            info.set_extent(base + offset, length)
            self._tindex.add(pack_ushort(self._fieldid) + term, info.to_bytes())


def write_remaining_terms(arrays_path: Path, first: int, path: Path) -> WrittenTerms:
    """Write the postings of `text` from a term on to a file of their own, from a segment's file of arrays."""
    arrays = open_unmapped(arrays_path)
    words = list(Strings({name: arrays[name][:] for name in ("words.bytes", "words.offsets")}, "words"))
    lengths = arrays["lengths"][:].tolist()
    file = StructFile(path.open("xb"))
    writer = _BlockCodec(blocklimit=BLOCK).postings_writer(file)
    written: list[tuple[bytes, Any]] = []
    pickled: list[bytes] = []
    for term, parts in groupby(text_terms(words, Postings.of(arrays, "text"), first, None), _FIRST):
        writer.start_postings(Positions(), W3TermInfo())
        for _, docs, weights, values in parts:
            writer.add_part(docs, weights, values, lengths)
        written.append((term, writer.finish_postings()))
        if len(written) == _TERMS_PICKLED:
            pickled.append(dumps(written, _PROTOCOL))
            written.clear()
    file.close()
    return WrittenTerms(path, [*pickled, dumps(written, _PROTOCOL)])


def _terms(name: str, field: Any, segment: NewSegment) -> Iterator[_Term] | None:
    """The terms of a field in order, with their postings."""
    if name == "title":
        return text_terms(segment.words, segment.title, 0, None)
    if name == "id":
        numbered = sorted((document_id.encode(), number) for number, document_id in enumerate(segment.documents.ids))
        return ((document_id, [number], [1.0], []) for document_id, number in numbered)
    if name in ("first_day", "last_day"):
        return _day_terms(field, segment.days[:, int(name == "last_day")].tolist())
    for keyword, by_value in segment.documents.values.items():
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
    """Yield the terms of a text field with numbers from `first` up to `last`, and their postings; long ones in parts."""
    starts, position_starts = postings.starts.tolist(), postings.position_starts.tolist()
    for begin, end in ranges_of_terms(starts, first, len(words) if last is None else last, _AT_ONCE):
        if end - begin == 1:
            for own, placed in split_postings(postings, begin, _AT_ONCE):
                yield words[begin], *_encode(postings, own, placed)
            continue
        part = slice(starts[begin], starts[end])
        docs, weights, values = _encode(postings, part, slice(position_starts[begin], position_starts[end]))
        for number in range(begin, end):
            own = slice(starts[number] - part.start, starts[number + 1] - part.start)
            if own.start < own.stop:
                yield words[number], docs[own], weights[own], values[own]


def _encode(postings: Postings, own: slice, placed: slice) -> tuple[list[int], list[float], list[bytes]]:
    values = encode_positions(postings.counts[own], postings.positions[placed])
    return postings.docs[own].tolist(), postings.term_frequencies[own].astype(float).tolist(), values
