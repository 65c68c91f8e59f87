"""The page of all values of a facet within a search, with a box to find some of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from flask import Blueprint, abort, request
from msgspec.structs import replace

from search.model.days import is_year
from search.model.query import Query
from search.model.results import Facet, FacetValue
from search.text.analysis import fold
from webui.addresses.links import search_url
from webui.addresses.parameters import write_query
from webui.addresses.request import archive, requested_query
from webui.languages import gettext
from webui.pages.links import Link, page_links
from webui.pages.words import field_label, value_label
from webui.templating import render

blueprint = Blueprint("values", __name__)
_VALUES_ON_A_PAGE = 100
_LONGEST_FIND = 100


@blueprint.get("/values/<field>")
def values(field: str) -> str:
    """Show one page of the values of a facet; `find=` keeps those whose label contains it, `order=name` lists them A to Z."""
    if field not in archive().fields.keyword or archive().fields.keyword[field].is_hidden:
        abort(404)
    query, _ = requested_query()
    page = archive().search(replace(query, page=1), facets=(field,))
    facet = page.facet(field) or Facet(field, archive().fields.keyword[field].label, ())
    find = request.args.get("find", "")[:_LONGEST_FIND].strip()
    return render("values.html", values=ValuesPage(query, facet, find, request.args.get("order") == "name"))


@dataclass(frozen=True)
class ValuesPage:
    """What the page shows. `query.page` is the page of values, not of results."""

    query: Query
    facet: Facet
    find: str
    is_by_name: bool

    @property
    def field(self) -> str:
        """The name of the facet."""
        return self.facet.field

    @property
    def label(self) -> str:
        """The facet as shown."""
        return field_label(self.facet.label)

    @cached_property
    def _found(self) -> list[FacetValue]:
        wanted = fold(self.find)
        labelled = [(value_label(self.field, one.value, one.label), one) for one in self.facet.values]
        found = [(label, one) for label, one in labelled if wanted in fold(label)]
        if self.is_by_name:
            found.sort(key=lambda pair: _name_key(pair[0]))
        return [one for _, one in found]

    @property
    def total(self) -> int:
        """The number of values that `find` keeps."""
        return len(self._found)

    @cached_property
    def _count(self) -> int:
        return max(1, -(-self.total // _VALUES_ON_A_PAGE))

    @cached_property
    def number(self) -> int:
        """The number of this page of values."""
        return min(self.query.page, self._count)

    @cached_property
    def options(self) -> list[FacetValue]:
        """The values of this page."""
        first = (self.number - 1) * _VALUES_ON_A_PAGE
        return self._found[first : first + _VALUES_ON_A_PAGE]

    @cached_property
    def pages(self) -> list[Link | None]:
        """Links to the other pages of values."""
        return page_links(self.query.with_page(self.number), self._count, self._url)

    @cached_property
    def orders(self) -> list[tuple[Link, bool]]:
        """Links to the two orders of the values, each with whether this page has it."""
        labels = {False: gettext("Most documents first"), True: gettext("A to Z")}
        here = self.query.with_page(1)
        return [(Link(label, self._url(here, is_by_name)), is_by_name == self.is_by_name) for is_by_name, label in labels.items()]

    def _url(self, query: Query, is_by_name: bool | None = None) -> str:
        pairs = write_query(query, archive().config.per_page) + ([("find", self.find)] if self.find else [])
        pairs += [("order", "name")] if (self.is_by_name if is_by_name is None else is_by_name) else []
        return f"/values/{self.field}" + (f"?{urlencode(pairs)}" if pairs else "")

    @cached_property
    def find_form_inputs(self) -> list[tuple[str, str]]:
        """The search and the order, for the form that finds values."""
        return self._search + ([("order", "name")] if self.is_by_name else [])

    @cached_property
    def _search(self) -> list[tuple[str, str]]:
        return write_query(self.query.with_page(1), archive().config.per_page)

    @cached_property
    def apply_form_inputs(self) -> list[tuple[str, str]]:
        """The search without the values shown, for the form that applies them."""
        shown = {option.value for option in self.options}
        own = (self.field, f"-{self.field}")
        return [(name, value) for name, value in self._search if not (name in own and value in shown)]

    @property
    def back(self) -> str:
        """The page of results."""
        return search_url(self.query.with_page(1))


def _name_key(label: str) -> tuple[int, str]:
    """Return the key by which a label is sorted: years by number, other labels by their folded letters."""
    return (int(label), "") if is_year(label) else (10**9, fold(label))
