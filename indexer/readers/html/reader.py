"""A saved page to its record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag

from indexer.readers.blocks import SectionsBuilder
from indexer.readers.dates_in_text import find_date
from indexer.readers.html.facts import find_stated_facts, select_elements, value_of
from indexer.readers.html.layout import Layout
from indexer.readers.html.page import attribute, decode_page, parse_page, words_of
from indexer.readers.html.surroundings import Surroundings
from indexer.readers.html.title import PageTitle, find_first_heading, find_title
from indexer.readers.record import Record
from indexer.sources import SourceFile
from search.config.settings import HtmlSelectors
from search.text.analysis import fold_value

_LONGEST_DATE = 60


def read(file: SourceFile) -> Iterator[Record]:
    """Yield the one record of a saved page."""
    yield page_record(file, decode_page(file.path.read_bytes()))


def page_record(file: SourceFile, text: str) -> Record:
    """Return the record of a page given as text; the selectors of the file's source are followed."""
    page = parse_page(text)
    selectors = file.source.html or HtmlSelectors()
    for noframes in page.find_all("noframes"):
        noframes.name = "div"
    surroundings = Surroundings(page)
    chosen = select_elements(page, selectors.text)
    place = surroundings.find_text(chosen, (element for selector in selectors.remove for element in page.select(selector)))
    title = _title(page, selectors, surroundings, place.roots)
    builder = SectionsBuilder()
    layout = Layout(builder, place.excluded | ({id(title.heading)} if title.heading else set()), _base(page))
    for root in place.roots:
        layout.add(root)
    stated = find_stated_facts(page)
    if selectors.date:
        stated.pop("date", None)
    values: dict[str, Any] = {**stated, **_select_facts(page, selectors)}
    values |= {"title": title.words, "sections": builder.list_sections()}
    if not values["sections"]:
        values["text"] = ""  # so that it is reported
    return Record(file.name, 1, values, words_left_out=place.words_left_out, is_whole_file=True, is_guessed=not chosen)


def _title(page: BeautifulSoup, selectors: HtmlSelectors, surroundings: Surroundings, roots: tuple[Tag, ...]) -> PageTitle:
    found = select_elements(page, selectors.title)
    if found:
        words = value_of(found[0])
        headings = [heading for root in roots for heading in root.find_all("h1")]
        same = next((heading for heading in headings if fold_value(words_of(heading)) == fold_value(words)), None)
        return PageTitle(words, same)
    return find_first_heading(roots) if selectors.title else find_title(page, surroundings, roots)


def _select_facts(page: BeautifulSoup, selectors: HtmlSelectors) -> dict[str, Any]:
    """Return the date and the people that selectors find. Without a date, the day in the file's name is taken."""
    facts: dict[str, Any] = {}
    written = [value_of(element) for element in select_elements(page, selectors.date)]
    found = next((date for date in map(find_date, written) if date), "")
    if not found and len(written) == 1 and len(written[0]) <= _LONGEST_DATE:
        found = written[0]  # the whole text may be a date in another form
    if found:
        facts["date"] = found
    people = [value_of(element) for element in select_elements(page, selectors.people)]
    if people:
        facts["people"] = list(dict.fromkeys(people))
    return facts


def _base(page: BeautifulSoup) -> str:
    base = page.find("base")
    return attribute(base, "href") if isinstance(base, Tag) else ""
