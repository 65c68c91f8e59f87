"""A segment into Whoosh's own files, through Whoosh's own codec.

Whoosh's writer takes one posting at a time and sorts them on disk. Ours are sorted already, so they are handed to the
codec a block at a time; what is written is what Whoosh writes: the same blocks, terms, stored fields and table of contents.
Only names that Whoosh 2.7.4 has too are used.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from itertools import pairwise
from pickle import dumps
from struct import Struct
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3PostingsWriter
from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from search.whoosh_engine.inversion import Postings, Segment
from search.whoosh_engine.schema import keyword_name

BLOCK = 128
"""Postings in a block; Whoosh's own default."""

_COUNT = Struct("!I")
_Term = tuple[bytes, list[int], list[float], Any]


class _BlockPostingsWriter(W3PostingsWriter):  # type: ignore[misc]
    """Whoosh's postings writer, given whole blocks."""

    def hold_block(self, docs: list[int], weights: list[float], values: list[bytes], lengths: list[int]) -> None:
        """Write the block held before, and hold this one: the last block of a term is written by `finish_postings`."""
        if len(self) > 0:
            self._write_block()
        self._ids, self._weights, self._values = array("I", docs), array("f", weights), values
        self._minlength, self._maxlength, self._maxweight = min(lengths) or None, max(lengths), max(weights)


class _BlockCodec(W3Codec):  # type: ignore[misc]
    def postings_writer(self, dbfile: Any, byteids: bool = False) -> W3PostingsWriter:
        return _BlockPostingsWriter(dbfile, blocklimit=BLOCK, byteids=byteids, inlinelimit=self._inlinelimit)


class _SortedPostings:
    """Stands where Whoosh's sorting pool stands, for a writer whose postings are sorted already."""

    def iter_postings(self) -> Iterator[Any]:
        return iter(())

    def cleanup(self) -> None:
        """Nothing was put on disk."""


def write_segment(index: FileIndex, segment: Segment, deleted: list[int], dropped: set[str]) -> str:
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
            writer.fieldwriter = _PresortedFieldWriter(writer, segment)
        writer.pool.cleanup()
        writer.pool = _SortedPostings()
        name = str(writer.newsegment.segment_id()) if segment.documents else ""
        writer.commit(mergetype=lambda _, segments: [s for s in segments if s.segment_id() not in dropped])
    except BaseException:
        if not writer.is_closed:
            writer.cancel()
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
    """Whoosh's field writer, fed from a segment instead of a pool when the writer commits."""

    def __init__(self, writer: SegmentWriter, segment: Segment) -> None:
        super().__init__(_BlockCodec(blocklimit=BLOCK), writer.storage, writer.newsegment)
        self.segment = segment

    def add_postings(self, schema: Any, lengths: Any, items: Any) -> None:
        for name in sorted(schema.names()):
            terms = _terms(name, schema[name], self.segment)
            if terms is None:
                continue
            by_document = self._lengths(name)
            self.start_field(name, schema[name])
            for term, docs, weights, values in terms:
                self.start_term(term)
                self._add_term(docs, weights, values, by_document)
                self.finish_term()
            self.finish_field()

    def _lengths(self, name: str) -> list[int] | None:
        if name == "text":
            return list(self.segment.lengths.tolist())
        return list(self.segment.title_lengths.tolist()) if name == "title" else None

    def _add_term(self, docs: list[int], weights: list[float], values: Any, lengths: list[int] | None) -> None:
        for start in range(0, len(docs), BLOCK):
            end = start + BLOCK
            part = docs[start:end]
            own = [lengths[doc] for doc in part] if lengths else [0]
            self._postwriter.hold_block(part, weights[start:end], values(start, end), own)


def _terms(name: str, field: Any, segment: Segment) -> Iterator[_Term] | None:
    """The terms of a field in order, each with documents, weights and the encoded values of a slice of its postings."""
    if name in ("text", "title"):
        return _text_terms(segment.words, segment.text if name == "text" else segment.title)
    if name == "id":
        numbered = sorted((document_id.encode(), number) for number, (document_id, _) in enumerate(segment.documents))
        return ((document_id, [number], [1.0], _no_values) for document_id, number in numbered)
    if name in ("first_day", "last_day"):
        return _day_terms(field, [days[name == "last_day"] for days in segment.days])
    for keyword, by_value in segment.values.items():
        if name == keyword_name(keyword):
            return ((value.encode(), list(docs), [1.0] * len(docs), _no_values) for value, docs in sorted(by_value.items()))
    return None


def _no_values(start: int, end: int) -> list[bytes]:
    return []


def _day_terms(field: Any, days: list[int]) -> Iterator[_Term]:
    by_term: dict[bytes, list[int]] = {}
    terms_of: dict[int, list[bytes]] = {}
    for number, day in enumerate(days):
        if day:
            if day not in terms_of:
                terms_of[day] = [term for term, *_ in field.index(day)]
            for term in terms_of[day]:
                by_term.setdefault(term, []).append(number)
    return ((term, by_term[term], [1.0] * len(by_term[term]), _no_values) for term in sorted(by_term))


def _text_terms(words: list[bytes], postings: Postings) -> Iterator[_Term]:
    starts, position_starts = postings.starts.tolist(), postings.position_starts.tolist()
    for number, word in enumerate(words):
        start, end = starts[number], starts[number + 1]
        if start == end:
            continue
        positions = postings.positions[position_starts[number] : position_starts[number + 1]].tolist()
        counts = postings.counts[start:end].tolist()
        weights = postings.frequencies[start:end].astype(float).tolist()
        yield word, postings.docs[start:end].tolist(), weights, _encoder(counts, positions)


def _encoder(counts: list[int], positions: list[int]) -> Callable[[int, int], list[bytes]]:
    """Encodes the positions of a slice of one term's postings, as whoosh.formats.Positions does."""
    at = 0

    def encode(start: int, end: int) -> list[bytes]:
        nonlocal at
        values = []
        for count in counts[start:end]:
            if count == 1:
                values.append(_single(positions[at]))
            else:
                own = positions[at : at + count]
                values.append(_COUNT.pack(count) + dumps([own[0], *(b - a for a, b in pairwise(own))], 2))
            at += count
        return values

    return encode


_SINGLES: dict[int, bytes] = {}


def _single(position: int) -> bytes:
    """A posting with one position; most are, and most positions are small, so the first few thousand are kept."""
    value = _SINGLES.get(position)
    if value is None:
        value = _COUNT.pack(1) + dumps([position], 2)
        if position < 4096:
            _SINGLES[position] = value
    return value
