"""Invert the documents of a segment in shares, some of them in a second process; the shares come in order."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from itertools import count

from search.chunks import split_in_chunks
from search.engines.whoosh.inversion import Inversion, Inverter, invert_documents
from search.engines.whoosh.stored_documents import DocumentCompressor
from search.model.document import Document, encode_document
from search.second_process import SecondProcess

_OWN_SHARE, _OTHER_SHARE = 50, 250
"""Documents that this process inverts before it looks again whether the second is free, and that the second gets at a time."""
_CHARACTERS = 4000
"""A share of at most n documents also ends when its texts have n times as many characters."""
_MOST_WAITING = 20
"""The most inverted shares kept while an earlier share is missing; then this process waits for the second."""


def invert_in_shares(
    documents: Iterable[Document], inverter: Inverter, second: SecondProcess | None, dictionary: bytes
) -> Iterator[Inversion]:
    """Yield the inversion of all documents, share by share in order. The second process gets a share whenever it is free."""
    compressor, rest = DocumentCompressor(dictionary), iter(documents)
    if second is None:
        while share := _take(rest, _OWN_SHARE):
            yield inverter.invert(zip(share, map(encode_document, share), strict=True), compressor)
        return
    settings = pickle.dumps(inverter.config)
    second.ask(invert_documents, settings, dictionary, [])  # it answers when the process has started
    done: dict[int, Inversion] = {}
    elsewhere, following = -1, 0

    def collect() -> None:
        done[elsewhere] = second.answer()
        done.pop(-1, None)  # that it has started

    for number in count():
        if second.has_answered() or len(done) > _MOST_WAITING:
            collect()
            share = _take(rest, _OTHER_SHARE)
            second.ask(invert_documents, settings, dictionary, list(map(encode_document, share)))
            elsewhere = number
        else:
            share = _take(rest, _OWN_SHARE)
            done[number] = inverter.invert(zip(share, map(encode_document, share), strict=True), compressor)
        while following in done:
            yield done.pop(following)
            following += 1
        if not share:
            break
    collect()
    yield from (done[number] for number in sorted(done))


def _take(documents: Iterator[Document], most: int) -> list[Document]:
    """Return the next documents: at most the given number, and fewer if they are long."""
    return next(split_in_chunks(documents, _count_characters, most * _CHARACTERS, most), [])


def _count_characters(document: Document) -> int:
    return sum(len(section.text) for section in document.sections)
