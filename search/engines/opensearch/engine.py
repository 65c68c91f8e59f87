"""The OpenSearch engine, behind the interface of `search.engines.contract`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from itertools import islice
from typing import TypeVar

from msgspec.structs import replace

from search.config.settings import Config
from search.engines.contract import (
    EVERYTHING_BY_ID,
    MAX_WINDOW,
    WINDOW,
    Answer,
    Generation,
    Progress,
    Request,
    ensure_readable,
    ensure_updatable,
    index_stamp,
    warn_if_config_differs,
)
from search.engines.following import Follower
from search.engines.opensearch import vocabulary
from search.engines.opensearch.cluster import connect, iterate_hits
from search.engines.opensearch.indices import Index, Indices
from search.engines.opensearch.mapping import index_id
from search.engines.opensearch.publishing import Publisher, iterate_documents
from search.engines.opensearch.requests import (
    Json,
    ensure_complete,
    facet_counts,
    is_ranked,
    is_reordered,
    most_matched_body,
    reorder,
    search_body,
    search_parameters,
)
from search.engines.published import ListedDocuments, PublishedDocument
from search.errors import IndexMissing, IndexProblem
from search.model.document import Document, decode_document, fingerprint
from search.query_language.matching import HasValue, Match, scored_terms

T = TypeVar("T")
_DEEP_STEP = 2_000
"""Hits read in one request on the way to a deep page."""
_FOLLOW_SECONDS = 1.0
"""Interval at which a server asks for the current index; each look is one small request."""


class OpenSearchEngine:
    """Searches and publishes an archive on a cluster. Safe to share between threads.

    A search goes to the index that was current when it began, which never changes.
    """

    def __init__(self, config: Config) -> None:
        self.config = config
        self.stamp = index_stamp(config)
        self.client = connect(config)
        self.indices = Indices(self.client, config.opensearch.name, config.index.keep)
        self._index: Index | None = None
        self._follower: Follower | None = None
        self._publisher = Publisher(config, self.indices, self.stamp)

    def find(self, request: Request) -> Answer:
        """Answer one search."""
        is_deep = request.limit > 0 and request.offset + request.limit > MAX_WINDOW
        asked = replace(request, offset=0, limit=1) if is_deep else request
        index, answer = self._search(search_body(asked, self.config.ranking), is_ranked(request))
        found = answer["hits"]["hits"]
        if is_deep:
            found = self._find_deep_hits(index, request)
        elif is_reordered(request):
            found = reorder(found, request.boosts)[request.offset : request.offset + request.limit]
        has_documents = not (is_deep or is_reordered(request))
        documents = list(map(_document, found)) if has_documents else self._read(index, [hit["_id"] for hit in found])
        scores = [float(hit["_score"]) if is_ranked(request) else 0.0 for hit in found]
        return Answer(
            answer["hits"]["total"]["value"],
            tuple(zip(documents, scores, strict=True)),
            facet_counts(answer),
            index.generation.id,
            tuple(scored_terms(request.match)),
        )

    def _find_deep_hits(self, index: Index, request: Request) -> list[Json]:
        """Return hits beyond the last that OpenSearch pages to. The hits before them are read without their documents."""
        body = search_body(replace(request, facets=(), offset=0, limit=_DEEP_STEP), self.config.ranking) | {"_source": False}
        del body["from"]
        hits = iterate_hits(self.client, index.name, body, search_parameters(body, is_ranked(request)))
        return list(islice(hits, request.offset, request.offset + request.limit))

    def _read(self, index: Index, ids: list[str]) -> list[Document]:
        if not ids:
            return []
        found = self.client.mget(index=index.name, body={"ids": ids})["docs"]
        if any(not hit.get("found") for hit in found):
            raise IndexMissing(f"{index.name}: has been replaced; search again")
        return list(map(_document, found))

    def every(self, request: Request = EVERYTHING_BY_ID) -> Iterator[Document]:
        """Yield every document of a request in its order.

        All come from the index that is current now. It never changes, so `search_after` needs no point in time; if it is
        pruned before the last document has been read, IndexMissing is raised.
        """
        request = replace(request, facets=(), offset=0, limit=WINDOW)
        body = search_body(request, self.config.ranking) | {"_source": ["document"]}
        del body["from"]
        return self._iterate(self._current_index(), body, request)

    def _iterate(self, index: Index, body: Json, request: Request) -> Iterator[Document]:
        hits = iterate_hits(self.client, index.name, body, search_parameters(body, is_ranked(request)))
        if is_reordered(request):
            yield from map(_document, reorder(list(islice(hits, WINDOW)), request.boosts))
        yield from map(_document, hits)

    def count_most_matched(self, parts: Sequence[Match], match: Match) -> int:
        """Return the largest number of `parts` that one document matching `match` has."""
        answer = self._search(most_matched_body(parts, match, self.config.ranking))[1]
        return round(answer["hits"]["max_score"] or 0)

    def has_value(self, field: str, value: str) -> bool:
        """Return whether any document has a folded value of a keyword field."""
        return self.find(Request(HasValue(field, (value,)), limit=0)).total > 0

    def get(self, document_id: str) -> Document | None:
        """Return the document with this id, None if there is none."""

        def ask(index: Index) -> Document | None:
            found = self.client.mget(index=index.name, body={"ids": [index_id(document_id)]})["docs"][0]
            if "error" in found:
                raise IndexMissing(f"{index.name}: {found['error']['reason']}")
            return _document(found) if found["found"] else None

        return self._ask_current(ask)[1]

    def document_frequencies(self, words: Sequence[str]) -> list[int]:
        """Return the number of documents that contain each surface word."""
        return vocabulary.document_frequencies(self._ask, words)

    def similar_words(self, word: str, limit: int) -> list[tuple[str, int]]:
        """Return words spelled like `word`, nearest first, with their document frequencies."""
        return vocabulary.similar_words(self._ask, word, limit)

    def words_starting(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Return the most frequent words with this prefix, with their document frequencies."""
        return vocabulary.words_with_prefix(self._ask, prefix, limit)

    def keyword_counts(self, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Return the most frequent values of a keyword field with this prefix, and how many documents have them."""
        return vocabulary.values_with_prefix(self._ask, field, prefix, limit)

    def _ask(self, body: Json) -> Json:
        return self._search(body)[1]

    def _search(self, body: Json, ranked: bool = False) -> tuple[Index, Json]:
        parameters = search_parameters(body, ranked)
        index, answer = self._ask_current(lambda index: self.client.search(index=index.name, body=body, params=parameters))
        return index, ensure_complete(answer)

    def _ask_current(self, ask: Callable[[Index], T]) -> tuple[Index, T]:
        """Ask the current index; ask again when it was pruned after it had been looked up."""
        index = self._current_index()
        try:
            return index, ask(index)
        except IndexMissing:
            newer = self._refresh()
            if newer.name == index.name:
                raise
            return newer, ask(newer)

    def current(self) -> Generation:
        """Return the generation that answers."""
        return self._current_index().generation

    def generations(self) -> list[Generation]:
        """Return all generations that are kept, the current one first."""
        return [index.generation for index in self.indices.list_sealed()]

    def list_published(self) -> ListedDocuments:
        """Return every published document by id, from the current index or the newest readable one."""
        try:
            index = self.indices.current()
        except IndexProblem as error:
            newest = self.indices.newest()
            if newest is None and isinstance(error, IndexMissing):
                return ListedDocuments()
            if newest is None:
                raise
            index = newest
        kept = iterate_documents(self.client, index.name, ("source_path", "fingerprint"))
        return ListedDocuments((one["id"], PublishedDocument(one["source_path"], one["fingerprint"])) for one in kept)

    def _current_index(self) -> Index:
        index = self._index
        return self._refresh() if index is None or self._follower is None else index

    def _refresh(self) -> Index:
        """Look up the current index and remember it."""
        index = self.indices.current()
        ensure_readable(index.name, index.generation, self.stamp)
        if self._index is None or self._index.name != index.name:
            warn_if_config_differs(index.name, index.generation, self.stamp)
        self._index = index
        return index

    def follow(self) -> None:
        """Look up the current index in a thread from now on, so that requests need not."""
        self._follower = Follower(self._refresh, _FOLLOW_SECONDS)
        self._follower.start()

    def pin(self) -> nullcontext[None]:
        """Do nothing: each search looks up the current index itself."""
        return nullcontext()

    def hold(self) -> None:
        """Answer from the index that is current now. Raises IndexMissing once it has been removed."""
        self.indices.hold(self._current_index())

    def build(self, documents: Sequence[Document], progress: Progress | None = None) -> Generation:
        """Publish all documents as a new generation."""
        return self._publisher.build(documents, progress)

    def update(self, changed: Sequence[Document], removed: Iterable[str]) -> Generation:
        """Publish a new generation with these documents changed or removed."""
        index = self._refresh()
        ensure_updatable(index.name, index.generation, self.stamp)
        return self._publisher.update(index, changed, removed)

    def merge(self, generation: Generation) -> None:
        """Do nothing: the cluster merges its segments itself."""

    def find_damage(self) -> list[str]:
        """Return nothing: the cluster checks the sums of its own files when it copies or merges them."""
        return []

    def rollback(self) -> Generation:
        """Switch back to the previous generation."""
        previous = self.indices.previous()
        ensure_readable(previous.name, previous.generation, self.stamp)
        self.indices.switch(previous.name)
        return previous.generation

    def verify(self) -> list[str]:
        """Read every published document and compare it with its fingerprint; return one sentence for each fault."""
        return [sentence for index in self.indices.list_sealed() for sentence in self._find_faults(index)]

    def _find_faults(self, index: Index) -> list[str]:
        count, sums, faults = 0, 0, []
        for one in iterate_documents(self.client, index.name, ("document", "fingerprint")):
            count += 1
            sums ^= int(one["fingerprint"], 16)
            if fingerprint(one["document"].encode()) != one["fingerprint"]:
                faults.append(f"{index.name}: document {one['id']} is not what was published; build again")
        if count != index.generation.documents:
            faults.append(f"{index.name}: holds {count:,} documents instead of {index.generation.documents:,}; build again")
        elif sums != index.fingerprints:
            faults.append(f"{index.name}: the sum of its documents is not the one published; build again")
        return faults

    def close(self) -> None:
        """Stop following and close the connections."""
        follower, self._follower = self._follower, None
        if follower is not None:
            follower.stop()
        self._index = None
        self.client.close()


def _document(hit: Json) -> Document:
    return decode_document(hit["_source"]["document"].encode())
