"""One HTML page that holds many documents: parts of running text, and lists of dated entries.

They are found by CSS selectors from the configuration.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bs4 import BeautifulSoup, Tag

from indexer.readers.blocks import SectionsBuilder
from indexer.readers.html.layout import Layout
from indexer.readers.html.page import decode_page, parse_page, words_of
from indexer.readers.record import Record, Unreadable
from indexer.sources import SourceFile
from search.config.settings import Listing, ListingEntries, ListingSections
from search.errors import Problem
from search.text.analysis import fold_value


def read(file: SourceFile) -> Iterator[Record | Problem]:
    """Yield a record for each part of a page that holds many documents, by the selectors of its source."""
    listing = file.source.listing
    if listing is None:
        raise Unreadable("has no `listing` in the configuration; add one with the selectors of its documents")
    page = parse_page(decode_page(file.path.read_bytes()))
    for sections in listing.sections:
        for number, part in enumerate(_select(page, sections.select), 1):
            yield _section(file.name, part, sections, listing, number)
    for entries in listing.entries:
        for number, entry in enumerate(_select(page, entries.select), 1):
            yield _entry(file.name, entry, entries, number)


def _select(page: BeautifulSoup, selector: str) -> list[Tag]:
    found = list(page.select(selector))
    if not found:
        raise Unreadable(f'"{selector}" finds nothing on this page; correct the selector or the page')
    return found


def _section(name: str, part: Tag, sections: ListingSections, listing: Listing, number: int) -> Record | Problem:
    heading = part.select_one(sections.title)
    line = part.sourceline or 1
    if heading is None:
        return Problem(name, line, "title", f'"{sections.title}" finds no heading in this part; give it one')
    title = words_of(heading)
    repairs = part.select(listing.repairs) if listing.repairs else []
    # The heading may be a part of its element: of "1. Convene:" only the name is the title, and none of it is text.
    whole = heading.find_parent(["h1", "h2", "h3", "h4", "h5", "h6"])
    values = {
        "id": _id(sections.id, slug=fold_value(title), number=number),
        "title": title,
        "type": sections.type,
        "sections": _text(part, whole if isinstance(whole, Tag) else heading),
        "notes": [str(repair["title"]) for repair in repairs if repair.get("title")],
    }
    return Record(name, line, values)


def _text(part: Tag, without: Tag) -> list[dict[str, Any]]:
    builder = SectionsBuilder()
    Layout(builder, {id(without)}).add(part)
    return builder.list_sections()


def _entry(name: str, entry: Tag, entries: ListingEntries, number: int) -> Record | Problem:
    line = entry.sourceline or 1
    title, kind, written = (_words_at(entry, selector) for selector in (entries.title, entries.type, entries.date))
    try:
        date = datetime.strptime(written, entries.date_format).date().isoformat() if written else ""
    except ValueError:
        expected = f"write it as {entries.date_format}, or correct date_format"
        return Problem(name, line, "date", f'found "{written}", expected a date; {expected}')
    if not date and "{date}" in entries.id:
        return Problem(name, line, "date", f'"{entries.date}" finds no date in this entry, and its id is made of it; write one')
    identity = _id(entries.id, date=date, number=number)
    values = {"id": identity, "title": title, "type": kind, "date": date, "sections": []}
    return Record(name, line, values if title else values | {"title_status": "not_preserved"})


def _id(pattern: str, **parts: object) -> str:
    try:
        return pattern.format(**parts)
    except (LookupError, ValueError):
        known = " or ".join(f"{{{name}}}" for name in parts)
        raise Unreadable(f'cannot be read with the id "{pattern}" of its `listing`; it may hold {known}') from None


def _words_at(entry: Tag, selector: str) -> str:
    found = entry.select_one(selector) if selector else None
    return words_of(found) if found else ""
