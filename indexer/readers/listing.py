"""One HTML page that holds many documents: parts of running text, and lists of dated entries.

Where they stand is said by CSS selectors in the configuration; nothing here knows any particular page.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bs4 import BeautifulSoup, Tag

from indexer.readers import Record, Unreadable
from indexer.readers.html import paragraphs, words_of
from indexer.sources import SourceFile
from search.config import Listing, ListingEntries, ListingSections
from search.errors import Problem
from search.fields import fold_value


def read(file: SourceFile, text: str) -> Iterator[Record | Problem]:
    listing = file.source.listing
    if listing is None:
        raise Unreadable("has no `listing` in the configuration, which says where its documents stand")
    page = BeautifulSoup(text, "html.parser")
    for sections in listing.sections:
        for number, part in enumerate(_found(page, sections.select), 1):
            yield _section(file.name, part, sections, listing, number)
    for entries in listing.entries:
        for number, entry in enumerate(_found(page, entries.select), 1):
            yield _entry(file.name, entry, entries, number)


def _found(page: BeautifulSoup, selector: str) -> list[Tag]:
    found = list(page.select(selector))
    if not found:
        raise Unreadable(f'"{selector}" finds nothing on this page; correct the selector or the page')
    return found


def _section(name: str, part: Tag, sections: ListingSections, listing: Listing, number: int) -> Record:
    heading = part.select_one(sections.title)
    title = words_of(heading) if heading else ""
    repairs = part.select(listing.repairs) if listing.repairs else []
    notes = [str(repair["title"]) for repair in repairs if repair.get("title")]
    if heading is not None:
        whole = heading.find_parent(["h1", "h2", "h3", "h4"]) or heading
        whole.extract()
    values = {
        "id": sections.id.format(slug=fold_value(title), number=number),
        "title": title,
        "type": sections.type,
        "text": paragraphs(part),
        "notes": notes,
    }
    return Record(name, part.sourceline or 1, values)


def _entry(name: str, entry: Tag, entries: ListingEntries, number: int) -> Record | Problem:
    line = entry.sourceline or 1
    title, kind, written = (_words(entry, selector) for selector in (entries.title, entries.type, entries.date))
    try:
        date = datetime.strptime(written, entries.date_format).date().isoformat() if written else ""
    except ValueError:
        expected = f"write it as {entries.date_format}, or correct date_format"
        return Problem(name, line, "date", f'found "{written}", expected a date; {expected}')
    values = {"id": entries.id.format(date=date or number, number=number), "title": title, "type": kind, "date": date, "sections": []}
    if not title:
        values["title_status"] = "not_preserved"
    return Record(name, line, values)


def _words(entry: Tag, selector: str) -> str:
    found = entry.select_one(selector) if selector else None
    return words_of(found) if found else ""
