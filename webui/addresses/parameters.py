"""The URL is the state (invariant 3): a `Query` from the parameters of /search and back, exact inverses.

    q=words  type=  topic=  year=  (repeat: any of them; `none`: not stated)  -type=  -topic=  -year=  (none of them)
    from=  to=  (years or dates)  sort=relevance|newest|oldest|title  exact=1  page=  per_page=

`between=2012..2015` sets `from` and `to`; a bar in the chart of years sends it. Empty parameters are ignored. A parameter
that cannot be used is left out and reported as a `ParameterProblem`: pages show it above the results, the API refuses it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Literal, cast
from urllib.parse import urlencode

from search.engines.contract import MAX_WINDOW
from search.model.dates import parse_bound
from search.model.days import plain_year
from search.model.query import SORTS, Query, Sort
from search.model.sentences import sentence
from search.query_language.cutting import MAX_CHARACTERS, clean, shorten_text

MAX_PER_PAGE = 100
_BOUND_NAMES = {"from": sentence("from"), "to": sentence("to")}
MAX_VALUES = 50
"""Values of one parameter: more than a page offers, and few enough to answer cheaply."""
MAX_VALUE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class ParameterProblem:
    """A parameter that cannot be used: the rule it breaks, and what is done instead if it is not refused.

    Neither text ends with a full stop. `is_notice` is true if each parameter is valid alone but not with the others: then a
    program's request is answered too, with a notice of what was done instead.
    """

    parameter: str
    rule: str
    consequence: str = ""
    is_notice: bool = False

    @property
    def detail(self) -> str:
        """The rule and the consequence as a sentence."""
        if self.consequence:
            return sentence("%(rule)s; %(consequence)s.", rule=self.rule, consequence=self.consequence)
        return sentence("%(rule)s.", rule=self.rule)


def read_query(
    pairs: Iterable[tuple[str, str]],
    facets: Collection[str] = ("type", "topic", "year"),
    per_page: int = 10,
    last_page: int = 0,
) -> tuple[Query, tuple[ParameterProblem, ...]]:
    """Return the query of these request parameters, and their problems. Never raises; unknown parameters are ignored.

    `last_page` is the largest page number allowed; 0 stands for the last page within `MAX_WINDOW` results.
    """
    given: dict[str, list[str]] = {}
    times: Counter[str] = Counter()
    for key, value in pairs:
        times[key] += 1
        if value.strip():
            given.setdefault(key, []).append(value)
    problems: list[ParameterProblem] = []
    typed = clean(given.get("q", [""])[0][: 4 * MAX_CHARACTERS])
    text = shorten_text(typed)
    if text != typed:
        rule = sentence("What you typed was shortened to its first %(number)s characters", number=len(text))
        problems.append(ParameterProblem("q", rule, is_notice=True))
    per_page = _number("per_page", given, per_page, MAX_PER_PAGE, problems)
    since, until = _bounds(given, problems)
    query = Query(
        text=text,
        since=since,
        until=until,
        sort=_sort(given, problems),
        per_page=per_page,
        is_exact=given.get("exact", [""])[0].strip() == "1",
    )
    query = _with_values(query, given, times, facets, problems)
    return query.with_page(_number("page", given, 1, last_page or MAX_WINDOW // per_page, problems)), tuple(problems)


def drop_values_beyond(query: Query, most: int) -> tuple[Query, tuple[ParameterProblem, ...]]:
    """Return the query with the first chosen values, those that take at most `most` characters of its address, but one at least.

    The second value is the problem if there are others.
    """
    chosen = [(one, value) for one in query.selections for value in (*one.include, *one.exclude)]
    lengths = accumulate(len(urlencode([(one.field, value)])) for one, value in chosen)
    fitting = max(sum(length <= most for length in lengths), 1)
    shortened = query
    for one, value in chosen[fitting:]:
        shortened = shortened.without_value(one.field, value)
    is_short = len(chosen) <= fitting
    return (query, ()) if is_short else (shortened.with_page(query.page), (_too_many_values("", fitting),))


def _too_many_values(parameter: str, most: int) -> ParameterProblem:
    rule = sentence("Only %(number)s values can be chosen at once", number=most)
    return ParameterProblem(parameter, rule, sentence("the rest was left out"))


def write_query(query: Query, per_page: int = 10) -> list[tuple[str, str]]:
    """Return the parameters from which `read_query` reads this query, without those at their default."""
    pairs = [("q", query.text)]
    for chosen in query.selections:
        pairs += ((chosen.field, value) for value in chosen.include)
        pairs += ((f"-{chosen.field}", value) for value in chosen.exclude)
    pairs += [("from", query.since), ("to", query.until), ("sort", query.sort), ("exact", "1" if query.is_exact else "")]
    if query.per_page != per_page:
        pairs.append(("per_page", str(query.per_page)))
    if query.page != 1:
        pairs.append(("page", str(query.page)))
    return [(key, value) for key, value in pairs if value]


def to_url(path: str, query: Query, per_page: int = 10) -> str:
    """Return the address of this search under `path`."""
    parameters = encode_query(query, per_page)
    return f"{path}?{parameters}" if parameters else path


def encode_query(query: Query, per_page: int = 10) -> str:
    """Return the query string of this search, without the question mark."""
    if query.page == 1:
        return _encode_first_page(query, per_page)
    first = _encode_first_page(query.with_page(1), per_page)
    return f"{first}&page={query.page}" if first else f"page={query.page}"


@lru_cache(maxsize=64)
def _encode_first_page(query: Query, per_page: int) -> str:
    """Return the query string of the first page. Cached: a page of results has a dozen addresses of one search."""
    return urlencode(write_query(query, per_page))


def _with_values(
    query: Query,
    given: dict[str, list[str]],
    times: Mapping[str, int],
    facets: Collection[str],
    problems: list[ParameterProblem],
) -> Query:
    """Return the query with the values of each facet. `times` is how often each parameter was given, empty ones included."""
    for field in facets:
        names = field, f"-{field}"
        if names[0] not in times and names[1] not in times:
            continue
        chosen: list[list[str]] = []
        for key in names:
            written = (clean(value)[:MAX_VALUE_LENGTH].strip() for value in given.get(key, [])[:MAX_VALUES])
            values = list(dict.fromkeys(plain_year(value) if field == "year" else value for value in written))
            if times[key] > MAX_VALUES:
                problems.append(_too_many_values(key, MAX_VALUES))
            chosen.append([value for value in values if value])
        both = [value for value in chosen[1] if value in chosen[0]]
        if both:
            rule = sentence("“%(value)s” cannot be both chosen and left out", value=both[0])
            problems.append(ParameterProblem(f"-{field}", rule, sentence("it was taken as chosen"), True))
        query = query.with_selection(field, chosen[0], (value for value in chosen[1] if value not in both))
    return query


def _number(name: str, given: dict[str, list[str]], default: int, most: int, problems: list[ParameterProblem]) -> int:
    text = given.get(name, [""])[0].strip()
    if not text:
        return default
    if text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= most:
        return int(text)
    rule = sentence("“%(name)s” must be a whole number from 1 to %(most)s", name=name, most=most)
    problems.append(ParameterProblem(name, rule, sentence("%(default)s is used", default=default)))
    return default


def _sort(given: dict[str, list[str]], problems: list[ParameterProblem]) -> Sort | Literal[""]:
    text = given.get("sort", [""])[0].strip()
    if text and text not in SORTS:
        rule = sentence("“sort” must be one of %(orders)s", orders=", ".join(SORTS))
        problems.append(ParameterProblem("sort", rule, sentence("the default order is used")))
        return ""
    return cast(Sort, text)


def _bounds(given: dict[str, list[str]], problems: list[ParameterProblem]) -> tuple[str, str]:
    bounds = []
    since, _, until = given.get("between", [""])[0].partition("..")
    for name, default in (("from", since), ("to", until)):
        text = (default or given.get(name, [""])[0]).strip()
        try:
            if text:
                parse_bound(text)
        except ValueError:
            rule = sentence("“%(name)s” must be a year or a date such as 2012 or 2012-05-31", name=_BOUND_NAMES[name])
            problems.append(ParameterProblem(name, rule, sentence("it was left out")))
            text = ""
        bounds.append(text)
    since, until = bounds
    if since and until and parse_bound(since).bounds[0] > parse_bound(until).bounds[1]:
        rule = sentence("“from” (%(first)s) is later than “to” (%(last)s), so nothing lies between them", first=since, last=until)
        problems.append(ParameterProblem("from", rule, is_notice=True))
    return since, until
