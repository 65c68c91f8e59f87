"""The OpenSearch engine behind the seam of `search.engines.contract`."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from rapidfuzz.distance import OSA

from search.config.settings import Config
from search.engines.contract import (
    MAX_EDITS,
    Answer,
    Generation,
    Progress,
    PublishedDocument,
    Request,
    are_similar,
    ensure_readable,
    ensure_updatable,
    index_stamp,
    warn_if_config_differs,
)
from search.engines.opensearch.cluster import connect, translate_errors
from search.engines.opensearch.indices import Index, Indices
from search.engines.opensearch.mapping import index_id
from search.engines.opensearch.publishing import Publisher, iterate_documents
from search.engines.opensearch.requests import Json, ensure_complete, facet_counts, search_body
from search.errors import FindingAidError, IndexMissing, IndexProblem
from search.model.document import Document, decode_document, fingerprint
from search.query_language.matching import scored_terms

T = TypeVar("T")

_log = logging.getLogger(__name__)
_FOLLOW_SECONDS = 1.0
"""How often a server asks for the current index: one small request."""
_CANDIDATES = 100
"""Words near a misspelt one that each shard proposes, before we choose among them."""


class OpenSearchEngine:
    """Safe to share between threads. A search goes to the index that was current when it began, which never changes."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.stamp = index_stamp(config)
        self.client = connect(config)
        self.indices = Indices(self.client, config.opensearch.name, config.index.keep)
        self._index: Index | None = None
        self._following = False

    # reading

    def find(self, request: Request) -> Answer:
        body = search_body(request, self.config.ranking)
        ranked = bool(request.limit) and request.sort == "relevance"
        index, answer = self._search(body, ranked)
        hits = tuple(
            (decode_document(hit["_source"]["document"].encode()), float(hit["_score"] or 0.0) if ranked else 0.0)
            for hit in answer["hits"]["hits"]
        )
        terms = tuple(scored_terms(request.match))
        return Answer(answer["hits"]["total"]["value"], hits, facet_counts(answer), index.generation.id, terms)

    def get(self, document_id: str) -> Document | None:
        def ask(index: Index) -> Document | None:
            found = self.client.mget(index=index.name, body={"ids": [index_id(document_id)]})["docs"][0]
            if "error" in found:
                raise IndexMissing(f"{index.name}: {found['error']['reason']}")
            return decode_document(found["_source"]["document"].encode()) if found["found"] else None

        return self._ask_current(ask)[1]

    def document_frequencies(self, words: Sequence[str]) -> list[int]:
        if not words:
            return []
        each = {str(number): {"term": {"words": {"value": word}}} for number, word in enumerate(words)}
        answer = self._search({"size": 0, "aggs": {"words": {"filters": {"filters": each}}}}, ranked=False)[1]
        buckets = answer["aggregations"]["words"]["buckets"]
        return [buckets[str(number)]["doc_count"] for number in range(len(words))]

    def similar_words(self, word: str, limit: int) -> list[tuple[str, int]]:
        term = {
            "field": "words",
            "analyzer": "whitespace",
            "suggest_mode": "always",
            "string_distance": "damerau_levenshtein",
            "max_edits": MAX_EDITS,
            "prefix_length": 0,
            "min_word_length": 1,
            "accuracy": 0.0,
            "size": _CANDIDATES,
            "shard_size": _CANDIDATES,
            "max_inspections": _CANDIDATES,
        }
        answer = self._search({"size": 0, "suggest": {"near": {"text": word, "term": term}}}, ranked=False)[1]
        others = {option["text"] for entry in answer["suggest"]["near"] for option in entry["options"]}
        distances = [(OSA.distance(word, other), other) for other in sorted(others)]
        near = [(distance, other) for distance, other in distances if are_similar(word, other, distance)]
        frequencies = self.document_frequencies([other for _, other in near])
        counted = [(distance, -df, other) for (distance, other), df in zip(near, frequencies, strict=True) if df]
        return [(other, -df) for _, df, other in sorted(counted)[:limit]]

    def words_starting(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        terms = {"field": "vocabulary", "include": f"{prefix}.*", "size": limit, "shard_size": 100 * limit}
        body = {"size": 0, "query": {"prefix": {"words": {"value": prefix}}}, "aggs": {"words": {"terms": terms}}}
        answer = self._search(body, ranked=False)[1]
        return [(bucket["key"], bucket["doc_count"]) for bucket in answer["aggregations"]["words"]["buckets"]]

    def _search(self, body: Json, ranked: bool) -> tuple[Index, Json]:
        parameters = {"allow_partial_search_results": "false"}
        if ranked:  # statistics of all shards together; and the same copies for every page of one search
            parameters |= {"search_type": "dfs_query_then_fetch", "preference": _preference(body["query"])}
        index, answer = self._ask_current(lambda index: self.client.search(index=index.name, body=body, params=parameters))
        return index, ensure_complete(answer)

    def _ask_current(self, ask: Callable[[Index], T]) -> tuple[Index, T]:
        """Ask the current index; once more when it has been pruned since it was the current one."""
        with translate_errors(self.config.opensearch.hosts):
            index = self._current_index()
            try:
                return index, ask(index)
            except Exception as error:
                renewed = self._refresh() if _is_missing(error) else index
                if renewed.name == index.name:
                    raise
                return renewed, ask(renewed)

    def current(self) -> Generation:
        with translate_errors(self.config.opensearch.hosts):
            return self._current_index().generation

    def generations(self) -> list[Generation]:
        with translate_errors(self.config.opensearch.hosts):
            return [index.generation for index in self.indices.list_sealed()]

    def published(self) -> Mapping[str, PublishedDocument]:
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
        return self._refresh() if index is None or not self._following else index

    def _refresh(self) -> Index:
        index = self.indices.current()
        ensure_readable(index.name, index.generation, self.stamp)
        if self._index is None or self._index.name != index.name:
            warn_if_config_differs(index.name, index.generation, self.stamp)
        self._index = index
        return index

    def follow(self) -> None:
        """Ask for the current index in a thread from now on, so that requests need not."""
        self._following = True
        threading.Thread(target=self._follow, name="follow-generations", daemon=True).start()

    def _follow(self) -> None:
        failed = ""
        while self._following:
            try:
                with translate_errors(self.config.opensearch.hosts):
                    self._refresh()
                failed = ""
            except FindingAidError as error:
                if str(error) != failed:  # once an outage, not once a second
                    _log.error("still serving the generation before: %s", error)
                failed = str(error)
            time.sleep(_FOLLOW_SECONDS)

    # publishing

    def build(self, documents: Sequence[Document], progress: Progress | None = None) -> Generation:
        with translate_errors(self.config.opensearch.hosts):
            return self._publisher().build(documents, progress)

    def update(self, changed: Sequence[Document], removed: Iterable[str]) -> Generation:
        with translate_errors(self.config.opensearch.hosts):
            index = self._refresh()
            ensure_updatable(index.name, index.generation, self.stamp)
            return self._publisher().update(index, changed, removed)

    def find_damage(self) -> list[str]:
        return []  # the cluster keeps sums of its own files, and checks them when it copies or merges them

    def rollback(self) -> Generation:
        with translate_errors(self.config.opensearch.hosts):
            earlier = self.indices.previous()
            ensure_readable(earlier.name, earlier.generation, self.stamp)
            self.indices.switch(earlier.name)
            return earlier.generation

    def verify(self) -> list[str]:
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
        self._following = False
        self._index = None
        self.client.close()


def _preference(query: Json) -> str:
    return hashlib.sha256(repr(query).encode()).hexdigest()[:16]


def _is_missing(error: Exception) -> bool:
    return isinstance(error, IndexMissing) or getattr(error, "status_code", None) == 404
