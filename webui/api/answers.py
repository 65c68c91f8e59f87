"""The shapes of the API's answers, from which the answers and their description are made.

In v1 keys may be added, never changed or removed.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType, field

from search.completions import CompletionKind
from search.model.document import Access, TitleStatus
from search.model.query import Sort
from search.model.results import Explanation, Fragment, Ran


class NamedPerson(Struct, frozen=True):
    """A person or body, and their role in the document."""

    name: str
    role: str


class HitAnswer(Struct, frozen=True):
    """One document found. `date` is EDTF, `year` its first year; `matched` names the fields that contain the words.

    `explanation` is present with `explain=1`; it is null if hits are not sorted by relevance.
    """

    id: str
    title: str
    title_status: TitleStatus
    type: str | None
    date: str | None
    year: int | None
    topics: tuple[str, ...]
    people: tuple[NamedPerson, ...]
    url: str | None
    page_url: str
    score: float
    access: Access
    matched: tuple[str, ...]
    snippet: tuple[Fragment, ...]
    explanation: Explanation | UnsetType | None = UNSET


HIT_KEYS: tuple[str, ...] = tuple(name for name in HitAnswer.__struct_fields__ if name != "explanation")
"""The keys that `fields` may name."""


class FacetValueAnswer(Struct, frozen=True):
    """A value of a facet, and the total there would be if it were the only one selected."""

    value: str
    label: str
    count: int
    selected: Literal[False, "include", "exclude"]
    parent: str | None


class Chosen(Struct, frozen=True):
    """The values of one facet that are included, and those that are excluded."""

    include: tuple[str, ...]
    exclude: tuple[str, ...]


class ReadingPartAnswer(Struct, frozen=True):
    """One part of what was typed, and how it was understood."""

    text: str
    meaning: str


class QueryAnswer(Struct, frozen=True):
    """The search as it was understood. `sort` is the order of the hits."""

    text: str
    selections: dict[str, Chosen]
    since: str | None = field(name="from")
    until: str | None = field(name="to")
    sort: Sort
    reading: tuple[ReadingPartAnswer, ...]
    notices: tuple[str, ...]


class SearchAnswer(Struct, frozen=True):
    """One page of results. `total`, `hits` and `facets` belong to the search that ran, `typed_total` to the words as typed.

    Hits have all keys of HitAnswer, or those that `fields` names. `next_cursor` is present if a cursor was sent: the cursor of
    the next page, null after the last one.
    """

    query: QueryAnswer
    total: int
    page: int
    per_page: int
    hits: tuple[HitAnswer, ...]
    facets: dict[str, tuple[FacetValueAnswer, ...]]
    suggestion: str | None
    ran: Ran
    typed_total: int
    notices: tuple[str, ...]
    generation: str
    next_cursor: str | UnsetType | None = UNSET


class CompletionAnswer(Struct, frozen=True):
    """What was typed, completed. `total` is the number of results it gives, `url` the page that shows them."""

    text: str
    kind: CompletionKind
    total: int
    url: str


class ParameterError(Struct, frozen=True):
    """A parameter that cannot be used, and the rule it breaks."""

    parameter: str
    detail: str


class Problem(Struct, frozen=True, omit_defaults=True):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str = ""
    instance: str = ""
    errors: tuple[ParameterError, ...] = ()


ANSWERS: tuple[Any, ...] = (SearchAnswer, CompletionAnswer, Problem)
"""The shapes that the description names; the shapes they contain are described with them."""
