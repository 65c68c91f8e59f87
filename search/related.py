"""Find documents related to one: its neighbours in a list of results, and documents that share people, topics or time."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from search.archive import Archive
from search.engines.contract import Request
from search.model.document import Document
from search.model.query import Query
from search.model.results import Hit
from search.query_language import tree as ql
from search.query_language.compiling import to_match
from search.query_language.matching import AnyOf, HasValue, Match, Within

_POOL = 24
"""Documents compared with one: those with its people or topics and the most of its title's words."""
_SHOWN = 5
_NEAR_DAYS = 60
_WIDEST_DAYS = 400
"""The longest span, in days, of a date that is precise enough to find documents of about the same time."""
_WEIGHTS = {"people": 4.0, "event": 4.0, "topic": 1.5, "time": 1.0}

ReasonKind = Literal["people", "event", "topic", "time"]


class Reason(Struct, frozen=True):
    """The value that two documents share: the name of a person or an event, the value of a topic, "" for time."""

    kind: ReasonKind
    value: str = ""


class Related(Struct, frozen=True):
    """A document similar to another, and the reason."""

    document: Document
    reasons: tuple[Reason, ...]


class Place(Struct, frozen=True):
    """The place of a document in a list of results: its rank from 1, and the hits before and after it with their pages."""

    rank: int
    total: int
    previous: tuple[Hit, int] | None
    next: tuple[Hit, int] | None
    text: str


def place_in_results(archive: Archive, query: Query, document_id: str) -> Place | None:
    """Return the place of a document on this page of results, None if it is not there. Runs one or two searches.

    `text` is what was searched for: the corrected words where those ran.
    """
    page = archive.search(query, facets=())
    hits = page.hits
    at = next((at for at, hit in enumerate(hits) if hit.document.id == document_id), None)
    if at is None:
        return None
    rank = (query.page - 1) * query.per_page + at + 1
    before = (hits[at - 1], query.page) if at else _hit_at_end(archive, query, query.page - 1, -1)
    after = (hits[at + 1], query.page) if at + 1 < len(hits) else None
    if after is None and rank < page.total:
        after = _hit_at_end(archive, query, query.page + 1, 0)
    corrected = page.ran == "corrected" and page.suggestion is not None
    return Place(rank, page.total, before, after, page.suggestion.query.text if corrected and page.suggestion else query.text)


def _hit_at_end(archive: Archive, query: Query, number: int, which: int) -> tuple[Hit, int] | None:
    """Return the first or last hit of another page."""
    hits = archive.search(replace(query, page=number), facets=()).hits if number >= 1 else ()
    return (hits[which], number) if hits else None


@lru_cache(maxsize=1024)
def related_documents(archive: Archive, document: Document, generation: str) -> tuple[Related, ...]:
    """Return the documents most like this one, each with its reasons. Runs one search of bounded size, once a generation."""
    match = _match_related(archive, document)
    if match is None:
        return ()
    found = archive.engine.find(Request(match, limit=_POOL)).hits
    highest = max((score for _, score in found), default=0.0) or 1.0
    ranked = []
    for other, score in found:
        reasons = _reasons(document, other)
        if other.id != document.id and reasons:
            ranked.append((sum(_WEIGHTS[reason.kind] for reason in reasons) + score / highest, Related(other, reasons)))
    ranked.sort(key=lambda pair: (-pair[0], pair[1].document.id))
    return tuple(related for worth, related in ranked[:_SHOWN])


@lru_cache(maxsize=1024)
def documents_around(archive: Archive, document: Document, generation: str) -> tuple[Document, ...]:
    """Return other documents of about the same time, in order of date; none for a date that covers more than a year."""
    span = document.date
    if span is None or span.first_day is None or span.last_day is None or span.last_day - span.first_day > _WIDEST_DAYS:
        return ()
    middle = (span.first_day + span.last_day) // 2
    match = Within(span.first_day - _NEAR_DAYS, span.last_day + _NEAR_DAYS)
    found = [other for other, _ in archive.engine.find(Request(match, sort="newest", limit=_POOL)).hits]
    dated = [(other.date.sort_day, other) for other in found if other.date and other.id != document.id]
    nearest = sorted(dated, key=lambda pair: (abs(pair[0] - middle), pair[1].id))[:_SHOWN]
    return tuple(other for _, other in sorted(nearest, key=lambda pair: (pair[0], pair[1].id)))


def _match_related(archive: Archive, document: Document) -> Match | None:
    """Return the values of which a related document must have one; None if the document has none."""
    parts: list[Match] = []
    people = tuple(dict.fromkeys(person.name for person in document.people))
    if people:
        parts.append(HasValue("people", tuple(map(archive.fields.keyword["people"].canonical, people))))
    if document.topics:
        parts.append(HasValue("topic", document.topics))
    words = " ".join((document.title, document.event))
    if archive.analyzer.words(words):
        parts.append(to_match(ql.Passage(words), archive.analyzer))
    return AnyOf(tuple(parts)) if parts else None


def _reasons(document: Document, other: Document) -> tuple[Reason, ...]:
    names = {person.name for person in other.people}
    reasons = [Reason("people", person.name) for person in document.people if person.name in names]
    if document.event and document.event == other.event:
        reasons.append(Reason("event", document.event))
    reasons += [Reason("topic", topic) for topic in document.topics if topic in other.topics]
    if document.date and other.date and abs(document.date.sort_day - other.date.sort_day) <= _NEAR_DAYS and reasons:
        reasons.append(Reason("time"))
    return tuple(reasons)
