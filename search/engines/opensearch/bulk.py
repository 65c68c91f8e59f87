"""Prepare documents as actions of bulk requests; for a large build in other processes than the one that sends them."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import lru_cache, partial
from typing import NamedTuple

from search.chunks import split_in_chunks
from search.config.settings import Config
from search.engines.opensearch.mapping import index_id, to_source
from search.fields import Fields
from search.model.document import Document, decode_document, encode_document
from search.second_process import SecondProcess

CHUNK = 500
_CHUNK_BYTES = 2_000_000
"""The most documents in one request, and their bytes before encoding; a request is three times as long. OpenSearch recommends a
few megabytes, and its limit is a hundred."""


class Chunk(NamedTuple):
    """What one bulk request writes: an action for each document, as the lines of the request, and the documents' fingerprints."""

    actions: list[str]
    fingerprints: list[int]


def index_actions(documents: Iterable[Document], config: Config, version: int, processes: int) -> Iterator[Chunk]:
    """Yield the actions that index documents, a chunk for each request, in their order.

    They are written by `processes` other processes, or with 0 by this one. Raises IndexProblem if one of them ends.
    """
    chunks = split_in_chunks(map(encode_document, documents), len, _CHUNK_BYTES, CHUNK)
    write = partial(_write_chunk, pickle.dumps(config), version)
    if not processes:
        yield from map(write, chunks)
        return
    with ExitStack() as ends:
        others = [ends.enter_context(SecondProcess()) for _ in range(processes)]
        asked = 0
        for chunk in chunks:
            process = others[asked % processes]
            written = process.answer() if asked >= processes else None
            process.ask(write, chunk)
            asked += 1
            if written:
                yield written
        for number in range(max(0, asked - processes), asked):
            yield others[number % processes].answer()


def delete_action(document_id: str, version: int) -> str:
    """Return the action that deletes a document, as a line of a request."""
    return _action("delete", document_id, version)


def _write_chunk(config: bytes, version: int, encoded: Sequence[bytes]) -> Chunk:
    fields = _load_fields(config)
    sources = [to_source(decode_document(one), fields) for one in encoded]
    actions = [_action("index", source["id"], version) + _line(source) for source in sources]
    return Chunk(actions, [int(source["fingerprint"], 16) for source in sources])


@lru_cache(maxsize=1)
def _load_fields(config: bytes) -> Fields:
    """Return the fields of a pickled configuration; they are made once a process."""
    return Fields(pickle.loads(config))


def _action(name: str, document_id: str, version: int) -> str:
    return _line({name: {"_id": index_id(document_id), "version": version, "version_type": "external_gte"}})


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"
