"""The answer to a search as plain values: no open file, connection or request is inside."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import Literal

from msgspec import Struct

from search.model.document import Document
from search.model.query import Query, Sort


class Fragment(Struct, frozen=True, gc=False):
    """A piece of plain text. `match` is true of a word that was searched for."""

    text: str
    match: bool = False


Fragments = tuple[Fragment, ...]


_is_match = attrgetter("match")


def has_match(fragments: Fragments) -> bool:
    """Return whether one of the fragments is marked."""
    return any(map(_is_match, fragments))


def plain(fragments: Fragments) -> str:
    """Return the text of the fragments without their marks."""
    return "".join(fragment.text for fragment in fragments)


class Hit(Struct, frozen=True, gc=False):
    """One match: the document, its title as displayed and a snippet, both cut into fragments, and where it matched.

    `matched` names fields that hold the words, as in ("title", "topic"): all of them if they were asked for, else those that
    show why the document was found. `lacks` are the words that a hit of a search for most words does not have.
    """

    document: Document
    score: float
    display_title: str
    title: Fragments
    snippet: Fragments
    anchor: str = ""
    heading: str = ""
    matched: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


class Explanation(Struct, frozen=True, rename={"is_first": "first"}):
    """Why a hit ranks where it does: its score is `bm25` times `factor`: 1 plus the numbers in `raised_by`, one a reason.

    `is_first` is true of a document that was named outright, or has all words of a sentence: 1,000 is added to its BM25.
    """

    bm25: float
    factor: float
    raised_by: Mapping[str, float]
    is_first: bool = False


class FacetValue(Struct, frozen=True, gc=False):
    """A value of a facet and the total there would be if it were the only one selected (invariant 1)."""

    value: str
    label: str
    count: int
    selected: Literal["", "include", "exclude"] = ""
    parent: str = ""


class Facet(Struct, frozen=True, gc=False):
    """Every value with hits, most hits first (years newest first), and every selected value even at 0."""

    field: str
    label: str
    values: tuple[FacetValue, ...]


class ReadingPart(Struct, frozen=True, gc=False):
    """One part of the words typed: as written, what it was taken to mean, and the words without it.

    `is_plain` is true if the text is taken literally. `rest` is the whole query with this part taken literally: words understood
    as a date or a type, and words with synonyms, are in quotation marks there.
    """

    text: str
    meaning: str
    rest: str
    is_plain: bool = False


class Reading(Struct, frozen=True, gc=False):
    """How a query was read. `notices` are whole sentences: it was cut, read as a passage, or words were left out.

    `is_literal` is true if a search for exactly what was typed finds all documents that have all of the words.
    """

    parts: tuple[ReadingPart, ...] = ()
    notices: tuple[str, ...] = ()
    is_literal: bool = False


Way = Literal[
    "spelling",
    "person",
    "topic",
    "turned_round",
    "without_filters",
    "apart",
    "anywhere",
    "any_word",
    "without_part",
    "without_words",
    "everything",
]


Ran = Literal["as typed", "corrected", "most words"]


class WayOut(Struct, frozen=True, gc=False):
    """A query that was run and finds `total` documents, and the reason to offer it, as a phrase."""

    kind: Way
    label: str
    query: Query
    total: int


class PageLink(Struct, frozen=True, gc=False):
    """A link to a page of the site that answers the question typed."""

    label: str
    url: str


class ResultPage(Struct, frozen=True):
    """One page of results. `total` is the exact number of matches of the query as run; `typed_total` that as typed.

    `suggestion` is the query with its spelling corrected. `sort` is the order of the hits: a query without words to rank by
    has its newest first. `ran` says how the words were searched; `ran_text` is the query after correction, if it was corrected;
    `is_sentence` says that each document found by most of the words has at least half of them.
    `offers` are searches for a person or topic whose name was typed, `help` the page that answers a question about the archive.
    """

    query: Query
    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    reading: Reading
    generation: str
    suggestion: WayOut | None = None
    ways_out: tuple[WayOut, ...] = ()
    sort: Sort = "relevance"
    ran: Ran = "as typed"
    typed_total: int = 0
    ran_text: str = ""
    is_sentence: bool = False
    offers: tuple[WayOut, ...] = ()
    help: PageLink | None = None

    @property
    def page_count(self) -> int:
        """The number of pages, at least 1."""
        return max(1, -(-self.total // self.query.per_page))

    def facet(self, field: str) -> Facet | None:
        """Return the facet of this name; None if it was not requested."""
        return next((facet for facet in self.facets if facet.field == field), None)
