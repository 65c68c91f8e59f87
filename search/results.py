"""What comes back: plain data without a searcher, a request or an open file inside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from search.document import Document
from search.query import Query


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of text; `match` where it is one of the words asked for. Never markup."""

    text: str
    match: bool = False


Fragments = tuple[Fragment, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One match: the document, its title as displayed and a snippet, both cut into fragments, and where it matched."""

    document: Document
    score: float
    display_title: str
    title: Fragments
    snippet: Fragments
    anchor: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet and the total there would be if it were the only one selected (law 1)."""

    value: str
    label: str
    count: int
    selected: Literal["", "include", "exclude"] = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """Every value with hits, most hits first (years newest first), and every selected value even at 0."""

    field: str
    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class ReadingPart:
    """One part of the words typed: as written, what it was taken to mean, and the words without it."""

    text: str
    meaning: str
    rest: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How the words were read. `notices` are whole sentences: the input was cut, read as a passage, words were left out."""

    parts: tuple[ReadingPart, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WayOut:
    """A query that was run and found to give `total` results, and the reason to offer it, as a phrase."""

    kind: Literal["spelling", "any_word", "without_filters", "without_part"]
    label: str
    query: Query
    total: int


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of results. `total` counts all matches, exactly. `suggestion` is the query with its spelling corrected."""

    query: Query
    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    reading: Reading
    generation: str
    suggestion: WayOut | None = None
    ways_out: tuple[WayOut, ...] = ()

    @property
    def page_count(self) -> int:
        return max(1, -(-self.total // self.query.per_page))

    def facet(self, field: str) -> Facet | None:
        return next((facet for facet in self.facets if facet.field == field), None)
