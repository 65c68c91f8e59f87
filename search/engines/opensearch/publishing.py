"""Write generations on a cluster: a new index of all documents, or a clone of the current one with some changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import reduce
from operator import xor
from typing import Any

from search.config.settings import Config
from search.engines.contract import Generation, Progress, new_generation
from search.engines.opensearch.bulk import CHUNK, delete_action, index_actions
from search.engines.opensearch.cluster import COMPLETE_ONLY, iterate_hits, send
from search.engines.opensearch.indices import Index, Indices
from search.engines.opensearch.mapping import index_body, index_id
from search.errors import IndexDamaged
from search.fields import Fields
from search.model.document import Document, encode_document, fingerprint

_CHECKED = 50
"""Documents read back before a switch, evenly spread."""
_LARGE = 2_000
"""Documents from which on a build is worth the second that other processes take to start."""


class Publisher:
    """Writes generations of one archive."""

    def __init__(self, config: Config, indices: Indices, stamp: str) -> None:
        self.config = config
        self.indices = indices
        self.stamp = stamp

    def build(self, documents: Sequence[Document], progress: Progress | None) -> Generation:
        """Publish all documents in a new index."""
        with self.indices.publishing() as beat:
            generation = new_generation(len(documents), self.stamp)
            name = self.indices.create(generation, index_body(self.config, Fields(self.config)))
            with _delete_unless_finished(self.indices, name):
                version = _version(0)
                sums = self._write(name, documents, version, beat, progress)
                return self._finish(name, generation, version, reduce(xor, sums, 0), documents)

    def update(self, index: Index, changed: Sequence[Document], removed: Iterable[str]) -> Generation:
        """Publish a clone of `index` that differs by these documents."""
        with self.indices.publishing() as beat:
            touched = {*removed, *(document.id for document in changed)}
            before = self._fingerprints(index.name, sorted(touched))
            count = index.generation.documents - len(before) + len(changed)
            generation = new_generation(count, self.stamp)
            name = self.indices.clone(index, generation, self.config.opensearch.replicas)
            with _delete_unless_finished(self.indices, name):
                version = _version(index.version)
                gone = before.keys() - {document.id for document in changed}
                deletions = [delete_action(document_id, version) for document_id in sorted(gone)]
                if deletions:
                    send(self.indices.client, name, deletions, beat)
                sums = self._write(name, changed, version, beat, None)
                fingerprints = reduce(xor, [*before.values(), *sums], index.fingerprints)
                return self._finish(name, generation, version, fingerprints, changed)

    def _write(
        self, name: str, documents: Sequence[Document], version: int, beat: Callable[[], None], progress: Progress | None
    ) -> list[int]:
        """Send documents; return their fingerprints."""
        sums: list[int] = []
        client = self.indices.client
        processes = self.config.opensearch.processes if len(documents) >= _LARGE else 0
        with ThreadPoolExecutor(1) as sender:  # one chunk is on its way while the next is prepared
            sent = sender.submit(beat)
            for chunk in index_actions(documents, self.config, version, processes):
                sent.result()
                sent = sender.submit(send, client, name, chunk.actions, beat)
                sums += chunk.fingerprints
                if progress is not None:
                    progress(len(sums), len(documents))
            sent.result()
        return sums

    def _finish(
        self, name: str, generation: Generation, version: int, fingerprints: int, documents: Sequence[Document]
    ) -> Generation:
        self.indices.seal(name, generation, version, fingerprints)
        probes = documents[:: max(1, len(documents) // _CHECKED)]
        found = self._fingerprints(name, [document.id for document in probes])
        for document in probes:
            if found.get(document.id) != int(fingerprint(encode_document(document)), 16):
                raise IndexDamaged(f"{name}: document {document.id} is not the one that was written; try again")
        self.indices.switch(name)
        self.indices.prune()
        return generation

    def _fingerprints(self, name: str, ids: Sequence[str]) -> dict[str, int]:
        """Return the fingerprints of those of these documents that the index has, by id."""
        found: dict[str, int] = {}
        for start in range(0, len(ids), CHUNK):
            own = {index_id(document_id): document_id for document_id in ids[start : start + CHUNK]}
            answer = self.indices.client.mget(index=name, body={"ids": list(own)}, params={"_source_includes": "fingerprint"})
            for item in answer["docs"]:
                if item.get("found"):
                    found[own[item["_id"]]] = int(item["_source"]["fingerprint"], 16)
        return found


@contextmanager
def _delete_unless_finished(indices: Indices, name: str) -> Iterator[None]:
    """Delete an index that could not be finished, which no reader has seen."""
    try:
        yield
    except BaseException:
        indices.delete(name)
        raise


def _version(after: int) -> int:
    """Return the version of the documents of one publication: the time in milliseconds, and always later than those before."""
    return max(after + 1, time.time_ns() // 1_000_000)


def iterate_documents(client: Any, name: str, fields: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield the stored fields of all documents of an index, in order of id."""
    body: dict[str, Any] = {"size": 2_000, "sort": [{"id": "asc"}], "_source": list(fields)}
    for hit in iterate_hits(client, name, body, COMPLETE_ONLY):
        yield {"id": hit["sort"][0], **hit["_source"]}
