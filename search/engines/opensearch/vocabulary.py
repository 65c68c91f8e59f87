"""Questions about the words and the keyword values of the current index."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from search.engines.opensearch.requests import (
    Json,
    documents_with_body,
    similar_words_body,
    values_with_prefix_body,
    words_with_prefix_body,
)
from search.engines.similarity import find_similar, rank_similar
from search.model.query import NOT_STATED
from search.text.analysis import fold_value

Ask = Callable[[Json], Json]
"""From the body of a search to its answer."""


def document_frequencies(ask: Ask, words: Sequence[str]) -> list[int]:
    """Return the number of documents that contain each surface word."""
    if not words:
        return []
    each = {str(number): {"term": {"words": {"value": word}}} for number, word in enumerate(words)}
    answer = ask({"size": 0, "aggs": {"words": {"filters": {"filters": each}}}})
    buckets = answer["aggregations"]["words"]["buckets"]
    return [buckets[str(number)]["doc_count"] for number in range(len(words))]


def similar_words(ask: Ask, word: str, limit: int) -> list[tuple[str, int]]:
    """Return words spelled like `word`, nearest first, with their document frequencies."""
    answer = ask(similar_words_body(word))
    others = {option["text"] for entry in answer["suggest"]["near"] for option in entry["options"]}
    if "aggregations" in answer:
        others |= {bucket["key"] for bucket in answer["aggregations"]["other_first_letter"]["buckets"]}
    near = find_similar(word, sorted(others))
    return rank_similar(zip(near, document_frequencies(ask, [each.word for each in near]), strict=True), limit)


def words_with_prefix(ask: Ask, prefix: str, limit: int) -> list[tuple[str, int]]:
    """Return the most frequent words with this prefix, with their document frequencies."""
    buckets = ask(words_with_prefix_body(prefix, limit))["aggregations"]["words"]["buckets"]
    return [(bucket["key"], bucket["doc_count"]) for bucket in buckets]


def values_with_prefix(ask: Ask, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
    """Return the most frequent values of a keyword field with this prefix, and how many documents have them."""
    answer = ask(values_with_prefix_body(field, prefix))
    spellings: dict[str, list[tuple[int, str]]] = {}
    for bucket in answer["aggregations"]["values"]["buckets"] if answer["hits"]["total"]["value"] else ():
        if (key := fold_value(bucket["key"])).startswith(prefix) and key != NOT_STATED:
            spellings.setdefault(key, []).append((-bucket["doc_count"], bucket["key"]))
    # A document may have a value in two spellings, so their sum is only a bound.
    keys = sorted(spellings, key=lambda key: (sum(less for less, _ in spellings[key]), key))[: 2 * limit]
    if not keys:
        return []
    buckets = ask(documents_with_body(field, keys))["aggregations"]["values"]["buckets"]
    found = sorted((-buckets[str(number)]["doc_count"], key) for number, key in enumerate(keys))
    return [(min(spellings[key])[1], -less) for less, key in found[:limit]]
