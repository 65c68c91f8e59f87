"""Links of a page, ready to print, and the links from page to page of a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from search.engines.contract import MAX_WINDOW
from search.model.query import Query
from search.model.results import ResultPage
from webui.addresses.links import topic_url
from webui.addresses.request import archive


class Link(Struct, frozen=True):
    label: str
    url: str
    count: int | None = None


def topic_links(topics: Iterable[str]) -> tuple[Link, ...]:
    """Return a link to each topic's page."""
    field = archive().fields.keyword["topic"]
    return tuple(Link(field.value_label(topic), topic_url(topic)) for topic in topics)


def last_page(page: ResultPage) -> int:
    """The number of the last page that can be opened."""
    return min(page.page_count, MAX_WINDOW // page.query.per_page)


def numbered(query: Query, count: int, url: Callable[[Query], str]) -> list[Link | None]:
    """Links to the first, the last and the pages around this one, None where some are left out."""
    near = {1, count, *range(query.page - 2, query.page + 3)}
    pages: list[Link | None] = []
    for number in sorted(page for page in near if 1 <= page <= count):
        if pages and pages[-1] is not None and int(pages[-1].label) != number - 1:
            pages.append(None)
        pages.append(Link(str(number), url(query.with_page(number))))
    return pages if count > 1 else []


def site_settings() -> dict[str, object]:
    """Return what every template knows of the archive."""
    return {"site": archive().config.site, "language": archive().config.language}
