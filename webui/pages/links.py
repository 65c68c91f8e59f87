"""Links of a page, ready to print, and the links from page to page of a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from urllib.parse import unquote

from markupsafe import Markup
from msgspec import Struct

from search.engines.contract import MAX_WINDOW
from search.model.query import Query
from search.model.results import ResultPage
from webui.languages import gettext, ngettext


class Link(Struct, frozen=True):
    """A link: its label, its address, and the number of results there, if known."""

    label: str
    url: str
    count: int | None = None


def readable_address(url: str) -> str:
    """Return an address as people read it: without the scheme, and not percent-encoded."""
    return unquote(url.partition("://")[2]).rstrip("/") or url


def count_label(total: int) -> str:
    """Return a number of results in words, as in `1,204 results`."""
    return ngettext("%(num)s result", "%(num)s results", total)


def last_page(page: ResultPage) -> int:
    """Return the number of the last page that can be opened."""
    return min(page.page_count, MAX_WINDOW // page.query.per_page)


def page_links(query: Query, count: int, url: Callable[[Query], str]) -> list[Link | None]:
    """Return links to the first, the last and the pages around this one, None for each gap between them."""
    near = {1, count, *range(query.page - 2, query.page + 3)}
    pages: list[Link | None] = []
    for number in sorted(page for page in near if 1 <= page <= count):
        if pages and pages[-1] is not None and int(pages[-1].label) != number - 1:
            pages.append(None)
        pages.append(Link(str(number), url(query.with_page(number))))
    return pages if count > 1 else []


def print_page_links(pages: Iterable[Link | None], number: int) -> Markup:
    """Return the links of `page_links` as a list, that of page `number` marked as current; "" if there are none."""
    items = []
    for page in pages:
        if page is None:
            items.append('<li><span aria-hidden="true">…</span></li>\n')
            continue
        current = ' aria-current="page"' if page.label == str(number) else ""
        name = escape(gettext("Page %(number)s", number=page.label))
        items.append(f'<li><a href="{escape(page.url)}" rel="nofollow"{current} aria-label="{name}">{page.label}</a></li>\n')
    label = escape(gettext("Pages of results"))
    return Markup(f'<nav class="pages" aria-label="{label}"><ul>\n{"".join(items)}</ul></nav>\n' if items else "")
