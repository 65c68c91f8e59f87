"""The shapes of the API's answers: what is sent is made from these, and so is its description.

Keys may be added in v1, never changed or taken away.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType, field

from search.completions import CompletionKind
from search.model.document import Access, TitleStatus
from search.model.query import Sort
from search.model.results import Explanation, Fragment, Ran


class NamedPerson(Struct, frozen=True):
    """A person or body, and what they did for the document."""

    name: str
    role: str


class HitAnswer(Struct, frozen=True):
    """One document found. `date` is EDTF, `year` its first year; `matched` names the fields that hold the words.

    `explanation` is there with `explain=1`: null where hits are not sorted by relevance.
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
"""What `fields` may name."""


class FacetValueAnswer(Struct, frozen=True):
    """A value of a facet, and the total there would be if it were the only one selected."""

    value: str
    label: str
    count: int
    selected: Literal[False, "include", "exclude"]
    parent: str | None


class Chosen(Struct, frozen=True):
    """The values of one facet that are wanted, and those that are not."""

    include: tuple[str, ...]
    exclude: tuple[str, ...]


class ReadingPartAnswer(Struct, frozen=True):
    """One part of the words typed and what it was taken to mean."""

    text: str
    meaning: str


class QueryAnswer(Struct, frozen=True):
    """The search as it was read. `sort` is the order of the hits."""

    text: str
    selections: dict[str, Chosen]
    since: str | None = field(name="from")
    until: str | None = field(name="to")
    sort: Sort
    reading: tuple[ReadingPartAnswer, ...]
    notices: tuple[str, ...]


class SearchAnswer(Struct, frozen=True):
    """One page of results. `total`, `hits` and `facets` are those of what ran, `typed_total` is that of what was typed.

    Hits have all keys of HitAnswer, or those that `fields` names. `next_cursor` is there where a cursor was sent: the cursor of
    the next page, null behind the last one.
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
"""The shapes that the description names; what they hold is described with them."""
