"""Searches as OpenSearch's JSON, and its answers as values of this program."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from search.config.settings import Ranking
from search.engines.contract import FIRST_SCORE, WINDOW, Request
from search.engines.opensearch.cluster import COMPLETE_ONLY
from search.engines.opensearch.mapping import counted_field, folded_field
from search.engines.similarity import MAX_EDITS, may_change_first_letter
from search.errors import EngineUnavailable, IndexProblem
from search.model.days import EARLIEST, LATEST
from search.model.query import Selection
from search.query_language import matching as m
from search.text.analysis import fold_value

Json = dict[str, Any]

MOST_VALUES = 20_000
"""Values of a facet that are counted. A facet with more would be incomplete, and is an error."""
_PREFIX_TERMS = 10
"""The most frequent words of a prefix that count for relevance; all words with the prefix match."""
_SEARCH_SECONDS = 10
_CANDIDATES = 500
"""Words near a misspelt one that each shard proposes."""
_LONGEST_PATTERN = 30
"""Letters of the longest word for which words with another first letter are searched: the expression grows with the square."""

_EVERYTHING: Json = {"match_all": {}}
_BY_ID = {"id": "asc"}
_SORTS: Mapping[str, list[Json]] = {
    "relevance": [{"_score": "desc"}, _BY_ID],
    "newest": [{"sort_day": {"order": "desc", "missing": "_last"}}, _BY_ID],
    "oldest": [{"sort_day": {"order": "asc", "missing": "_last"}}, _BY_ID],
    "id": [_BY_ID],
    "title": [{"titled": "asc"}, {"title_key": "asc"}, _BY_ID],
}


def search_body(request: Request, ranking: Ranking) -> Json:
    """Return the whole search. The selections of counted facets filter after counting; each facet is counted under the others."""
    counted = [chosen for chosen in request.selections if chosen.field in request.facets]
    always = [chosen for chosen in request.selections if chosen.field not in request.facets]
    compiler = _Compiler(ranking)
    query = {"must": [compiler.query(request.match)], "filter": _selection_filters(always)}
    if is_ranked(request) and (request.first or request.boosts):
        query["should"] = compiler.preferences(request)
    body: Json = {
        "query": {"bool": query},
        "track_total_hits": True,
        "timeout": f"{_SEARCH_SECONDS}s",
        "from": request.offset,
        "size": request.limit,
        "_source": ["document"],
    }
    if request.limit:
        body["sort"] = _SORTS[request.sort]
    if is_reordered(request):  # the documents of the page are read when it is known which they are
        body |= {"from": 0, "size": max(WINDOW, request.offset + request.limit), "_source": False}
    if counted:
        body["post_filter"] = {"bool": {"filter": _selection_filters(counted)}}
    if request.facets:
        body["aggs"] = {name: _facet(name, counted) for name in request.facets}
    return body


def search_parameters(body: Json, ranked: bool) -> dict[str, str]:
    """Return the parameters of a search.

    A ranked one takes the statistics of all shards together, and the same copies for every page.
    """
    if not ranked:
        return dict(COMPLETE_ONLY)
    preference = hashlib.sha256(repr(body["query"]["bool"]["must"]).encode()).hexdigest()[:16]
    return {**COMPLETE_ONLY, "search_type": "dfs_query_then_fetch", "preference": preference}


def is_ranked(request: Request) -> bool:
    """Return whether hits are wanted and their scores are needed."""
    return bool(request.limit) and request.sort == "relevance"


def is_reordered(request: Request) -> bool:
    """Return whether the slice reaches into the window of the best documents, which are reordered."""
    return is_ranked(request) and bool(request.boosts) and request.offset < WINDOW


def reorder(hits: list[Json], boosts: Sequence[m.Boost]) -> list[Json]:
    """Return the hits of a search from the first on, the best of them reordered by the boosts that each one matches."""
    best = hits[:WINDOW]
    for hit in best:
        hit["_score"] *= 1 + sum(boosts[int(number)].factor for number in hit.get("matched_queries", ()))
    best.sort(key=lambda hit: (-hit["_score"], hit["sort"][-1]))
    return best + hits[WINDOW:]


def _facet(name: str, selections: Iterable[Selection]) -> Json:
    others = _selection_filters(chosen for chosen in selections if chosen.field != name)
    values = {"terms": {"field": counted_field(name), "size": MOST_VALUES}}
    return {"filter": {"bool": {"filter": others}}, "aggs": {"values": values}}


def _selection_filters(selections: Iterable[Selection]) -> list[Json]:
    clauses: list[Json] = []
    for chosen in selections:
        if chosen.include:
            clauses.append(_filter_by_values(chosen.field, chosen.include))
        if chosen.exclude:
            clauses.append({"bool": {"must_not": [_filter_by_values(chosen.field, chosen.exclude)]}})
    return clauses


def _filter_by_values(field: str, values: Iterable[str]) -> Json:
    return {"terms": {folded_field(field): sorted({fold_value(value) for value in values})}}


class _Compiler:
    """Compiles a match. Only terms score. Lucene's BM25 leaves out the factor k1 + 1, so it is a boost here."""

    def __init__(self, ranking: Ranking) -> None:
        self.factor = ranking.k1 + 1

    def query(self, match: m.Match) -> Json:
        match match:
            case m.Term(alternatives, weight):
                queries = [self._alternative(alternative) for alternative in alternatives]
                return {"dis_max": {"queries": queries, "boost": weight * self.factor}}
            case m.AllOf(parts):
                return {"bool": {"must": [self.query(part) for part in parts]}}
            case m.AnyOf(parts):
                return {"bool": {"should": [self.query(part) for part in parts], "minimum_should_match": 1}}
            case m.AtLeast(count, parts):
                should = [self.query(part) for part in parts]
                if count > 0:
                    return {"bool": {"should": should, "minimum_should_match": count}}
                return {"bool": {"filter": [_EVERYTHING], "should": should}}
            case _:
                return {"bool": {"filter": [self._filter(match)]}}

    def preferences(self, request: Request) -> list[Json]:
        """Return clauses that need not match: those that come first score more, those of the boosts are only named."""
        clauses: list[Json] = []
        if request.first:
            clauses.append({"constant_score": {"filter": self.query(m.AnyOf(request.first)), "boost": FIRST_SCORE}})
        if is_reordered(request):
            for number, boost in enumerate(request.boosts):
                named = {"filter": self.query(boost.match), "boost": 0, "_name": str(number)}
                clauses.append({"constant_score": named})
        return clauses

    def _filter(self, match: m.Match) -> Json:
        match match:
            case m.Not(part):
                return {"bool": {"must_not": [self.query(part)]}}
            case m.HasValue(field, values):
                return _filter_by_values(field, values)
            case m.Within(first, last):
                within = [
                    {"range": {"first_day": {"lte": LATEST if last is None else last}}},
                    {"range": {"last_day": {"gte": EARLIEST if first is None else first}}},
                ]
                return {"bool": {"filter": within}}
            case _:
                return _EVERYTHING

    def _alternative(self, alternative: m.Sequence | m.WordPrefix) -> Json:
        prefix = "title_" if alternative.field == "title" else ""
        if isinstance(alternative, m.WordPrefix):
            return _match_prefix(f"{prefix}words", alternative.prefix)
        field = f"{prefix}{'stems' if alternative.stemmed else 'words'}"
        if len(alternative.tokens) == 1:
            return {"term": {field: {"value": alternative.tokens[0]}}}
        return {"match_phrase": {field: {"query": " ".join(alternative.tokens), "analyzer": "whitespace"}}}


def _match_prefix(field: str, prefix: str) -> Json:
    every = {"prefix": {field: {"value": prefix}}}
    best = {"prefix": {field: {"value": prefix, "rewrite": f"top_terms_blended_freqs_{_PREFIX_TERMS}"}}}
    return {"bool": {"filter": [every], "should": [best]}}


def most_matched_body(parts: Iterable[m.Match], match: m.Match, ranking: Ranking) -> Json:
    """Return a search whose highest score is the largest number of `parts` that one document matching `match` has."""
    compiler = _Compiler(ranking)
    should = [{"constant_score": {"filter": compiler.query(part)}} for part in parts]
    query = {"bool": {"filter": [compiler.query(match)], "should": should}}
    return {"size": 1, "query": query, "_source": False, "timeout": f"{_SEARCH_SECONDS}s"}


def similar_words_body(word: str) -> Json:
    """Return a search for words near `word`, from which the caller chooses.

    The suggester `near` never changes the first letter of a word two edits away (Lucene's DirectSpellChecker), so the
    aggregation `other_first_letter` gives those words, of the documents that contain any word near this one.
    """
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
        "max_term_freq": 2_000_000_000,  # by itself, nothing is near a word that a hundredth of the documents contain
    }
    body: Json = {"size": 0, "suggest": {"near": {"text": word, "term": term}}}
    if may_change_first_letter(word) and len(word) <= _LONGEST_PATTERN:
        near = {"value": word, "fuzziness": MAX_EDITS, "prefix_length": 0, "max_expansions": _CANDIDATES}
        values = {"field": "vocabulary", "include": _other_first_letter(word), "size": _CANDIDATES}
        body |= {"query": {"fuzzy": {"words": near}}, "aggs": {"other_first_letter": {"terms": values}}}
    return body


def _other_first_letter(word: str) -> str:
    """Return a regular expression of words two edits from `word`, one of which changes its first letter, and of some others."""
    first, rest = word[0], word[1:]
    changed = f".?({_one_edit(rest)})"
    inserted = f".({_one_edit(word)})"
    swapped = f"{rest[0]}({_one_edit(first + rest[1:])})"
    return f"{changed}|{inserted}|{swapped}"


def _one_edit(text: str) -> str:
    """Return a regular expression of everything at most one edit from `text`."""
    replaced = (f"{text[:at]}.?{text[at + 1 :]}" for at in range(len(text)))
    inserted = (f"{text[:at]}.{text[at:]}" for at in range(len(text) + 1))
    swapped = (f"{text[:at]}{text[at + 1]}{text[at]}{text[at + 2 :]}" for at in range(len(text) - 1))
    return "|".join((*replaced, *inserted, *swapped))


def words_with_prefix_body(prefix: str, limit: int) -> Json:
    """Return a search with the most frequent words with a prefix in its aggregation `words`."""
    terms = {"field": "vocabulary", "include": f"{prefix}.*", "size": limit, "shard_size": 100 * limit}
    return {"size": 0, "query": {"prefix": {"words": {"value": prefix}}}, "aggs": {"words": {"terms": terms}}}


def values_with_prefix_body(field: str, prefix: str) -> Json:
    """Return a search whose aggregation `values` counts the values of the documents that have one with this folded prefix."""
    values = {"terms": {"field": counted_field(field), "size": MOST_VALUES}}
    return {"size": 0, "query": {"prefix": {folded_field(field): {"value": prefix}}}, "aggs": {"values": values}}


def documents_with_body(field: str, keys: Sequence[str]) -> Json:
    """Return a search whose aggregation `values` counts, under the number of each folded value, the documents that have it."""
    each = {str(number): {"term": {folded_field(field): {"value": key}}} for number, key in enumerate(keys)}
    return {"size": 0, "aggs": {"values": {"filters": {"filters": each}}}}


def facet_counts(answer: Json) -> dict[str, dict[str, int]]:
    """Return the counts of each requested facet. Raises IndexProblem if OpenSearch omitted some."""
    counts: dict[str, dict[str, int]] = {}
    for name, facet in answer.get("aggregations", {}).items():
        values = facet["values"]
        if values["sum_other_doc_count"] or values["doc_count_error_upper_bound"]:
            raise IndexProblem(f"facet {name}: has more than {MOST_VALUES:,} values; take it out of `facets` in config.yaml")
        counts[name] = {bucket["key"]: bucket["doc_count"] for bucket in values["buckets"]}
    return counts


def ensure_complete(answer: Json) -> Json:
    """Return the answer if every shard answered in time. Raises EngineUnavailable: part of an answer is never shown."""
    shards = answer["_shards"]
    if shards["failed"] or answer.get("timed_out"):
        reason = "took too long" if answer.get("timed_out") else f"{shards['failed']} of {shards['total']} shards failed"
        raise EngineUnavailable(f"OpenSearch gave only part of the answer ({reason}); try again in a moment")
    return answer
