"""References as BibTeX, which BibLaTeX reads too: `year`, `month` and `day` are for BibTeX, `date` is for BibLaTeX."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from urllib.parse import quote

from search.citations.dates import CitedDate
from search.citations.item import Item
from search.citations.names import Name
from search.citations.pieces import one_line
from search.citations.wording import have_others
from search.text.analysis import fold
from webui.formats.items import item_of
from webui.formats.whole_search import Form, make_blueprint

_TYPES = {
    "report": ("techreport", "institution", "institution"),
    "article": ("article", "publisher", "journal"),
    "article-newspaper": ("article", "publisher", "journal"),
    "article-magazine": ("article", "publisher", "journal"),
    "article-journal": ("article", "publisher", "journal"),
    "book": ("book", "publisher", "series"),
    "chapter": ("incollection", "publisher", "booktitle"),
    "paper-conference": ("inproceedings", "publisher", "booktitle"),
    "thesis": ("phdthesis", "school", "series"),
    "pamphlet": ("booklet", "howpublished", "howpublished"),
    "manuscript": ("unpublished", "howpublished", "howpublished"),
}
"""The type of entry, and the fields that hold publisher and container, by CSL type; the rest is `misc`."""
_OTHERS = ("misc", "publisher", "howpublished")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "&%$#_"},
}
_LIGATURES = re.compile(r"([-'`,<>])(?=\1)|([?!])(?=`)")
"""Pairs that TeX prints as one sign."""
_PLAIN_KEY = re.compile(r"[a-z0-9][a-z0-9._-]*")
_IN_ADDRESS = re.compile(r"[{}\\\"<>^`| \x00-\x1f\x7f]")


def to_bibtex(item: Item) -> str:
    """Return one entry."""
    kind, publisher, container = _TYPES.get(item.kind, _OTHERS)
    fields = [*_people(item), *_texts(item, publisher, container), *_date(item.date), *_addresses(item)]
    body = "".join(f"  {name} = {value},\n" for name, value in fields if value and value != "{}")
    return f"@{kind}{{{key_of(item.id)},\n{body}}}\n\n"


def key_of(document_id: str) -> str:
    """Return the key of a document's entry: its id where that is a plain key, else its letters and a digest of it.

    Two ids never have one key, also for readers that compare keys without case.
    """
    if _PLAIN_KEY.fullmatch(document_id):
        return document_id
    letters = re.sub(r"[^a-z0-9]+", "-", fold(document_id)).strip("-")[:40]
    return f"{letters or 'id'}:{hashlib.sha256(document_id.encode()).hexdigest()[:10]}"


def escape(text: str) -> str:
    """Return text on one line with TeX's special characters escaped. Braces are always balanced."""
    line = one_line(text)
    paired = _find_paired_braces(line)
    made = []
    for place, char in enumerate(line):
        if char in "{}":
            made.append(f"\\{char}" if place in paired else r"\lbrace{}" if char == "{" else r"\rbrace{}")
        else:
            made.append(_ESCAPES.get(char, char))
    return _LIGATURES.sub(r"\1\2{}", "".join(made))


def _find_paired_braces(line: str) -> set[int]:
    """Return the places of braces that open and close each other; BibTeX counts escaped ones too."""
    opened: list[int] = []
    paired: set[int] = set()
    for place, char in enumerate(line):
        if char == "{":
            opened.append(place)
        elif char == "}" and opened:
            paired |= {opened.pop(), place}
    return paired


def _people(item: Item) -> Iterator[tuple[str, str]]:
    yield "author", _names(item.authors)
    yield "editor", _names(item.editors)
    yield "translator", _names(item.translators)


def _names(names: tuple[Name, ...]) -> str:
    return "{" + " and ".join([*map(_name, names), *(["others"] if have_others(names) else [])]) + "}"


def _name(name: Name) -> str:
    """Return the name as "von Last, Jr, First"; the name of a body in braces, so that it is not split."""
    if name.literal:
        return "{" + escape(name.literal) + "}"
    family = _guard(name.family, any(word[:1].islower() for word in name.family.split()))
    particle = escape(name.particle) if name.particle[:1].islower() else _guard(name.particle) if name.particle else ""
    last = f"{particle} {family}".strip()
    return ", ".join(part for part in (last, _guard(name.suffix), _guard(name.given)) if part)


def _guard(part: str, is_one: bool = False) -> str:
    """Return a part of a name, in braces if a comma or "and" in it would split it."""
    escaped = escape(part)
    return "{" + escaped + "}" if is_one or "," in part or re.search(r"\band\b", part, re.I) else escaped


def _texts(item: Item, publisher: str, container: str) -> Iterator[tuple[str, str]]:
    yield "title", "{{" + escape(item.full_title) + "}}"
    yield container, "{" + escape(item.container) + "}"
    yield publisher, "{" + escape(item.publisher) + "}"
    yield "address", "{" + escape(item.place) + "}"
    yield "type", "{" + escape(item.genre) + "}"
    yield "abstract", "{" + escape(item.abstract) + "}"
    keywords = [f"{{{escape(word)}}}" if "," in word else escape(word) for word in item.keywords]
    yield "keywords", "{" + ", ".join(keywords) + "}"
    yield "language", "{" + escape(item.language) + "}"


def _date(date: CitedDate | None) -> Iterator[tuple[str, str]]:
    if date is None or date.point is None:
        yield "year", "{" + escape(date.words) + "}" if date else ""
        return
    point = date.point
    yield "date", "{" + date.edtf.replace("..", "") + "}"
    yield "year", "{" + str(point.year) + "}"
    if point.month and not point.is_season:
        yield "month", _MONTHS[point.month - 1]
        yield "day", "{" + str(point.day) + "}" if point.day and not date.is_range else ""


def _addresses(item: Item) -> Iterator[tuple[str, str]]:
    yield "url", "{" + _IN_ADDRESS.sub(lambda match: quote(match[0]), one_line(item.url)) + "}"
    roles = [f"{role}: {name.in_order}" for role, name in item.contributors]
    source = ", ".join(part for part in (item.archive, item.page_url if item.page_url != item.url else "") if part)
    rights = f"Rights: {item.rights}" if item.rights else ""
    own = [f"{label}: {words}" for label, words in item.own]
    yield "note", "{" + escape(". ".join(part for part in (*roles, source, rights, *own) if part)) + "}"


_FORM = Form("bib", "application/x-bibtex", lambda document: to_bibtex(item_of(document)))
blueprint = make_blueprint("bibtex", _FORM, _FORM)
