"""Why a hit ranks where it does, in a few numbers: its BM25, by what it was multiplied, and whether it comes first of all.

The reasons are found out by searches of any engine, one for each boost, so they are looked for only when somebody asks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from search.engines.contract import FIRST_SCORE, WINDOW, Engine, Request
from search.fields import IDENTIFIER
from search.lookups import identifier_key
from search.model.results import Explanation, Hit
from search.query_language.matching import AllOf, HasValue, Match, any_of


def explain(engine: Engine, request: Request, hits: Sequence[Hit]) -> Mapping[str, Explanation]:
    """Return by id why each hit of a search ranks where it does; nothing where it is not sorted by relevance."""
    if request.sort != "relevance" or not hits:
        return {}
    shown = HasValue(IDENTIFIER, tuple(identifier_key(hit.document.id) for hit in hits))
    first = _matching(engine, AllOf((any_of(request.first), shown)), len(hits)) if request.first else frozenset[str]()
    window = {hit.document.id for number, hit in enumerate(hits, request.offset) if number < WINDOW}
    raised: dict[str, dict[str, float]] = {hit.document.id: {} for hit in hits}
    for boost in request.boosts if window else ():
        for document_id in _matching(engine, AllOf((boost.match, shown)), len(hits)) & window:
            factors = raised[document_id]
            factors[boost.reason] = round(factors.get(boost.reason, 0.0) + boost.factor, 4)
    return {hit.document.id: _explain(hit, raised[hit.document.id], hit.document.id in first) for hit in hits}


def _explain(hit: Hit, raised: Mapping[str, float], is_first: bool) -> Explanation:
    factor = 1 + sum(raised.values())
    return Explanation(round(hit.score / factor - FIRST_SCORE * is_first, 3), round(factor, 4), raised, is_first)


def _matching(engine: Engine, match: Match, most: int) -> frozenset[str]:
    found = engine.find(Request(match, sort="id", limit=most))
    return frozenset(document.id for document, _ in found.hits)
