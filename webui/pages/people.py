"""The people and institutions of the archive, and the page of each."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, abort, redirect
from werkzeug.wrappers import Response

from search.archive import Archive
from search.model.query import NOT_STATED, Query
from search.text.analysis import fold
from webui.addresses.links import person_slug, person_url, search_url
from webui.addresses.request import archive, requested_query
from webui.by_generation import keep_for_generation, print_once
from webui.languages import gettext
from webui.pages.links import Link, page_links
from webui.pages.lists import group_by_letter
from webui.pages.value_page import show_value
from webui.templating import render

blueprint = Blueprint("people", __name__)
_PEOPLE_ON_A_PAGE = 200


@blueprint.get("/people")
@print_once
def people() -> str | Response:
    """Show one page of the names, by the first letter of the family name."""
    named = list(_people(archive()).values())
    requested, _ = requested_query()
    count = max(1, -(-len(named) // _PEOPLE_ON_A_PAGE))
    here = Query(page=requested.page, per_page=archive().config.per_page)
    url = partial(search_url, path="/people")
    if here.page > count:
        return redirect(url(here.with_page(1)))
    first = (here.page - 1) * _PEOPLE_ON_A_PAGE
    rows = sorted((_filing_name(label), Link(label, person_url(value), total)) for value, label, total in named)
    letters = group_by_letter(rows[first : first + _PEOPLE_ON_A_PAGE])
    return render("people.html", letters=letters, total=len(named), pages=page_links(here, count, url), number=here.page)


@blueprint.get("/people/<slug>")
def person(slug: str) -> str | Response:
    """Show one person: their documents by year, their roles, and other spellings of the name."""
    found = _people(archive()).get(person_slug(slug))
    if found is None:
        abort(404)
    value = found[0]
    known = archive().config.people.get(slug)
    return show_value(
        field=archive().fields.keyword["people"],
        value=value,
        path=person_url(value),
        description="",
        state=("people", value),
        others=known.also if known else (),
        listed=Link(gettext("People"), "/people"),
    )


@keep_for_generation
def _people(of: Archive) -> dict[str, tuple[str, str, int]]:
    """Return (value, label, number of documents) by slug."""
    field = of.fields.keyword["people"]
    counts = of.counts("people").items()
    return {person_slug(value): (value, field.value_label(value), count) for value, count in counts if value != NOT_STATED}


def _filing_name(name: str) -> str:
    """Return the key by which a name is sorted: folded, with the family name first."""
    if "," in name:
        return fold(name)
    *given, family = name.split() or [name]
    return fold(" ".join((family, *given)))
