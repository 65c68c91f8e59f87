"""The page of a cited search: its number of results and the digest of the archive then, and what has changed since."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from urllib.parse import urlencode

from babel.dates import format_date
from flask import Blueprint, request
from msgspec import Struct
from msgspec.structs import replace
from werkzeug.wrappers import Response

from search.archive import Archive
from search.digest import published_digest
from search.model.dates import locale_for
from search.model.document import Document
from search.model.results import ResultPage
from webui.addresses.cited_search import CitedSearch, latest_change, milliseconds, read_cited, write_cited
from webui.addresses.links import absolute, document_url, search_url
from webui.addresses.parameters import write_query
from webui.addresses.request import archive, requested_query
from webui.by_generation import keep_for_generation
from webui.formats.whole_search import take_turn
from webui.languages import gettext, locale_code
from webui.pages.links import Link
from webui.pages.results import SearchPage
from webui.serving.errors import error_response
from webui.templating import render

blueprint = Blueprint("cited_search", __name__)
_SHOWN = 100
"""Most documents listed as added, and as changed."""


class Since(Struct, frozen=True):
    """What has changed since a search was cited: how many of today's results were added or changed, and the first of these as
    links. `is_known` is false if the times of changes do not reach back so far."""

    total: int
    added: int = 0
    changed: int = 0
    added_links: tuple[Link, ...] = ()
    changed_links: tuple[Link, ...] = ()
    is_known: bool = True
    is_same_archive: bool = False

    @property
    def unchanged(self) -> int:
        """The number of today's results that have not changed."""
        return self.total - self.added - self.changed


@dataclass(frozen=True)
class CitedPage(SearchPage):
    """What the page of a cited search shows: the search now, the search as cited, and what has changed since (None for one
    that is being cited now)."""

    cited: CitedSearch = field(kw_only=True)
    since: Since | None = None

    @cached_property
    def day(self) -> str:
        """The day of the citation in the language of the page."""
        return _day(self.cited.day)

    @cached_property
    def address(self) -> str:
        """The address to cite, which leads back to this page."""
        pairs = [*write_query(self.query, self.archive.config.per_page), ("cited", write_cited(self.query, self.cited))]
        return absolute(f"/search/citation?{urlencode(pairs)}")

    @cached_property
    def digest_now(self) -> str:
        """The digest of the archive as it is now."""
        return _digest(self.archive)

    @cached_property
    def fewer(self) -> int:
        """The number of results then minus the number unchanged now; negative if more are found now."""
        return self.cited.total - self.since.unchanged if self.since else 0


@blueprint.get("/search/citation")
def cited_search() -> str | Response:
    """Show a search with what is needed to cite it; one cited before, with what has changed since."""
    of = archive()
    query = replace(requested_query()[0], page=1, per_page=of.config.per_page)
    token = request.args.get("cited", "").strip()
    page = of.search(query, facets=())
    if not token:
        return render("cited_search.html", page=CitedPage(of, page, cited=_cite(of, page)))
    try:
        cited = read_cited(query, token)
    except ValueError:
        message = gettext("Copy the whole address, as it was given. What can be found today is one step away.")
        offered = Link(gettext("Search today"), search_url(query))
        return error_response(400, message, title=gettext("This address of a cited search is incomplete"), proposals=[offered])
    return render("cited_search.html", page=CitedPage(of, page, cited=cited, since=_compare(of, page, cited)))


def _cite(of: Archive, page: ResultPage) -> CitedSearch:
    """Return the search as it is cited now."""
    built_at = of.engine.current().built_at
    since = latest_change(of.history(page.generation), built_at)
    return CitedSearch(datetime.now(UTC).date(), since, page.total, _digest(of))


def _compare(of: Archive, page: ResultPage, cited: CitedSearch) -> Since:
    """Return what has changed. If the archive has, all results are read, in a turn like that of an export."""
    if _digest(of) == cited.digest:
        return Since(page.total, is_same_archive=True)
    history = of.history(page.generation)
    first_times = map(milliseconds, history.changes.first_times())
    if min(first_times, default=cited.since + 1) > cited.since:
        return Since(page.total, is_known=False)
    added, changed, total = _Listed(of), _Listed(of), 0
    with take_turn():
        for document in of.every(page.query):
            total += 1
            if milliseconds(history.first(document.id)) > cited.since:
                added.add(document)
            elif milliseconds(history.last(document.id)) > cited.since:
                changed.add(document)
    return Since(total, added.count, changed.count, tuple(added.links), tuple(changed.links))


class _Listed:
    """Counts documents and keeps links to the first of them."""

    def __init__(self, of: Archive) -> None:
        self.archive, self.count = of, 0
        self.links: list[Link] = []

    def add(self, document: Document) -> None:
        self.count += 1
        if self.count <= _SHOWN:
            self.links.append(Link(self.archive.display_title(document), document_url(document.id)))


def _day(day: date) -> str:
    return str(format_date(day, format="long", locale=locale_for(locale_code())))


@keep_for_generation
def _digest(of: Archive) -> str:
    """Return the digest of the generation that answers."""
    return published_digest(of.config, of.engine)
