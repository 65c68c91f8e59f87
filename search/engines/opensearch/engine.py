"""The OpenSearch engine, behind the interface of `search.engines.contract`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from search.config.settings import Config
from search.engines.contract import (
    Answer,
    Generation,
    Progress,
    PublishedDocument,
    Request,
    ensure_readable,
    ensure_updatable,
    index_stamp,
    warn_if_config_differs,
)
from search.engines.following import Follower
from search.engines.opensearch.cluster import COMPLETE_ONLY, connect, iterate_hits, translate_errors
from search.engines.opensearch.indices import Index, Indices
from search.engines.opensearch.mapping import index_id
from search.engines.opensearch.publishing import Publisher, iterate_documents
from search.engines.opensearch.requests import (
    Json,
    documents_with_body,
    ensure_complete,
    facet_counts,
    most_matched_body,
    search_body,
    similar_words_body,
    values_with_prefix_body,
    words_with_prefix_body,
)
from search.engines.similarity import find_similar, rank_similar
from search.errors import IndexMissing, IndexProblem
from search.model.document import Document, decode_document, fingerprint
from search.model.query import NOT_STATED, Selection, Sort
from search.query_language.matching import Match, scored_terms
from search.text.analysis import fold_value

T = TypeVar("T")

_FOLLOW_SECONDS = 1.0
"""Interval at which a server asks for the current index; each look is one small request."""
_READ_AT_ONCE = 100
"""Documents of an iteration that are held in memory."""


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

    # reading

    def find(self, request: Request) -> Answer:
        """Answer one search."""
        is_ranked = bool(request.limit) and request.sort == "relevance"
        index, answer = self._search(search_body(request, self.config.ranking), is_ranked)
        hits = tuple((_document(hit), float(hit["_score"] or 0.0) if is_ranked else 0.0) for hit in answer["hits"]["hits"])
        terms = tuple(scored_terms(request.match))
        return Answer(answer["hits"]["total"]["value"], hits, facet_counts(answer), index.generation.id, terms)

    def every(self, match: Match, order: Sort = "id", selections: tuple[Selection, ...] = ()) -> Iterator[Document]:
        """Every matching document in order.

        All come from the index that is current now. It never changes, so `search_after` needs no point in time; if it is
        pruned before the last document has been read, IndexMissing is raised.
        """
        body = search_body(Request(match, selections, sort=order, limit=_READ_AT_ONCE), self.config.ranking)
        del body["from"]
        with translate_errors(self.config.opensearch.hosts):
            index = self._current_index()
        return self._iterate(index, body, order == "relevance")

    def _iterate(self, index: Index, body: Json, is_ranked: bool) -> Iterator[Document]:
        with translate_errors(self.config.opensearch.hosts):
            yield from map(_document, iterate_hits(self.client, index.name, body, _parameters(body, is_ranked)))

    def most_matched(self, parts: Sequence[Match], match: Match) -> int:
        """Return the largest number of `parts` that one document matching `match` has."""
        answer = self._search(most_matched_body(parts, match, self.config.ranking), is_ranked=False)[1]
        return round(answer["hits"]["max_score"] or 0)

    def get(self, document_id: str) -> Document | None:
        """Return the document with this id, None when there is none."""

        def ask(index: Index) -> Document | None:
            found = self.client.mget(index=index.name, body={"ids": [index_id(document_id)]})["docs"][0]
            if "error" in found:
                raise IndexMissing(f"{index.name}: {found['error']['reason']}")
            return _document(found) if found["found"] else None

        return self._ask_current(ask)[1]

    def document_frequencies(self, words: Sequence[str]) -> list[int]:
        """Return the number of documents that contain each surface word."""
        if not words:
            return []
        each = {str(number): {"term": {"words": {"value": word}}} for number, word in enumerate(words)}
        answer = self._search({"size": 0, "aggs": {"words": {"filters": {"filters": each}}}}, is_ranked=False)[1]
        buckets = answer["aggregations"]["words"]["buckets"]
        return [buckets[str(number)]["doc_count"] for number in range(len(words))]

    def similar_words(self, word: str, limit: int) -> list[tuple[str, int]]:
        """Return words spelled like `word`, nearest first, with their document frequencies."""
        answer = self._search(similar_words_body(word), is_ranked=False)[1]
        others = {option["text"] for entry in answer["suggest"]["near"] for option in entry["options"]}
        if "aggregations" in answer:
            others |= {bucket["key"] for bucket in answer["aggregations"]["other_first_letter"]["buckets"]}
        near = find_similar(word, sorted(others))
        return rank_similar(zip(near, self.document_frequencies([each.word for each in near]), strict=True), limit)

    def words_starting(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Return the most frequent words with this prefix, with their document frequencies."""
        answer = self._search(words_with_prefix_body(prefix, limit), is_ranked=False)[1]
        return [(bucket["key"], bucket["doc_count"]) for bucket in answer["aggregations"]["words"]["buckets"]]

    def keyword_counts(self, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Return the most frequent values of a keyword field with this prefix, and how many documents have them."""
        answer = self._search(values_with_prefix_body(field, prefix), is_ranked=False)[1]
        spellings: dict[str, list[tuple[int, str]]] = {}
        for bucket in answer["aggregations"]["values"]["buckets"] if answer["hits"]["total"]["value"] else ():
            if (key := fold_value(bucket["key"])).startswith(prefix) and key != NOT_STATED:
                spellings.setdefault(key, []).append((-bucket["doc_count"], bucket["key"]))
        # A document may have a value in two spellings, so their sum is only a bound.
        keys = sorted(spellings, key=lambda key: (sum(less for less, _ in spellings[key]), key))[: 2 * limit]
        if not keys:
            return []
        buckets = self._search(documents_with_body(field, keys), is_ranked=False)[1]["aggregations"]["values"]["buckets"]
        found = sorted((-buckets[str(number)]["doc_count"], key) for number, key in enumerate(keys))
        return [(min(spellings[key])[1], -less) for less, key in found[:limit]]

    def _search(self, body: Json, is_ranked: bool) -> tuple[Index, Json]:
        parameters = _parameters(body, is_ranked)
        index, answer = self._ask_current(lambda index: self.client.search(index=index.name, body=body, params=parameters))
        return index, ensure_complete(answer)

    def _ask_current(self, ask: Callable[[Index], T]) -> tuple[Index, T]:
        """Ask the current index; ask again when it was pruned after it had been looked up."""
        with translate_errors(self.config.opensearch.hosts):
            index = self._current_index()
            try:
                return index, ask(index)
            except Exception as error:
                newer = self._refresh() if _is_missing(error) else index
                if newer.name == index.name:
                    raise
                return newer, ask(newer)

    def current(self) -> Generation:
        """Return the generation that answers."""
        with translate_errors(self.config.opensearch.hosts):
            return self._current_index().generation

    def generations(self) -> list[Generation]:
        """Return all generations that are kept, the current one first."""
        with translate_errors(self.config.opensearch.hosts):
            return [index.generation for index in self.indices.list_sealed()]

    def published(self) -> Mapping[str, PublishedDocument]:
        """Return every published document by id, from the current index or the newest readable one."""
        with translate_errors(self.config.opensearch.hosts):
            try:
                index = self.indices.current()
            except IndexProblem as error:
                newest = self.indices.newest()
                if newest is None and isinstance(error, IndexMissing):
                    return {}
                if newest is None:
                    raise
                index = newest
            kept = iterate_documents(self.client, index.name, ("source_path", "fingerprint"))
            return {one["id"]: PublishedDocument(one["source_path"], one["fingerprint"]) for one in kept}

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
        self._follower = Follower(self._look_up, _FOLLOW_SECONDS)
        self._follower.start()

    def _look_up(self) -> None:
        with translate_errors(self.config.opensearch.hosts):
            self._refresh()

    # publishing

    def build(self, documents: Sequence[Document], progress: Progress | None = None) -> Generation:
        """Publish all documents as a new generation."""
        with translate_errors(self.config.opensearch.hosts):
            return self._publisher().build(documents, progress)

    def update(self, changed: Sequence[Document], removed: Iterable[str]) -> Generation:
        """Publish a new generation with these documents changed or removed."""
        with translate_errors(self.config.opensearch.hosts):
            index = self._refresh()
            ensure_updatable(index.name, index.generation, self.stamp)
            return self._publisher().update(index, changed, removed)

    def find_damage(self) -> list[str]:
        """Nothing to report: the cluster checks the sums of its own files when it copies or merges them."""
        return []

    def rollback(self) -> Generation:
        """Switch back to the previous generation."""
        with translate_errors(self.config.opensearch.hosts):
            previous = self.indices.previous()
            ensure_readable(previous.name, previous.generation, self.stamp)
            self.indices.switch(previous.name)
            return previous.generation

    def verify(self) -> list[str]:
        """Read every published document and compare it with its fingerprint; return one sentence for each fault."""
        with translate_errors(self.config.opensearch.hosts):
            return [sentence for index in self.indices.list_sealed() for sentence in self._wrong(index)]

    def _wrong(self, index: Index) -> list[str]:
        count, sums, wrong = 0, 0, []
        for one in iterate_documents(self.client, index.name, ("document", "fingerprint")):
            count += 1
            sums ^= int(one["fingerprint"], 16)
            if fingerprint(one["document"].encode()) != one["fingerprint"]:
                wrong.append(f"{index.name}: document {one['id']} is not what was published; build again")
        if count != index.generation.documents:
            wrong.append(f"{index.name}: holds {count:,} documents instead of {index.generation.documents:,}; build again")
        elif sums != index.fingerprints:
            wrong.append(f"{index.name}: the sum of its documents is not the one published; build again")
        return wrong

    def _publisher(self) -> Publisher:
        return Publisher(self.config, self.indices, self.stamp)

    def close(self) -> None:
        """Stop following and close the connections."""
        follower, self._follower = self._follower, None
        if follower is not None:
            follower.stop()
        self._index = None
        self.client.close()


def _document(hit: Json) -> Document:
    return decode_document(hit["_source"]["document"].encode())


def _parameters(body: Json, is_ranked: bool) -> dict[str, str]:
    """Parameters of a search. For a ranked one: statistics of all shards together, and the same copies for every page of it."""
    if not is_ranked:
        return dict(COMPLETE_ONLY)
    preference = hashlib.sha256(repr(body["query"]).encode()).hexdigest()[:16]
    return {**COMPLETE_ONLY, "search_type": "dfs_query_then_fetch", "preference": preference}


def _is_missing(error: Exception) -> bool:
    return isinstance(error, IndexMissing) or getattr(error, "status_code", None) == 404
