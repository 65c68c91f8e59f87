"""What a saved page states of itself: authors, date, language, summary, type and address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag

from indexer.readers.html.page import attribute, words_of

_AUTHORS = ("author", "dc.creator", "dcterms.creator", "citation_author", "article:author", "parsely-author", "sailthru.author")
_DATES = (
    "citation_publication_date", "citation_date", "dcterms.issued", "dc.date.issued", "dcterms.date", "dc.date",
    "dcterms.created", "article:published_time", "datepublished", "pubdate", "publishdate", "date",
)  # fmt: skip
_SUMMARIES = ("description", "dcterms.abstract", "dcterms.description", "dc.description", "og:description")
_TYPES = ("dcterms.type", "dc.type")
_LANGUAGES = ("content-language", "dcterms.language", "dc.language", "og:locale")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.I)


def find_stated_facts(page: BeautifulSoup) -> dict[str, Any]:
    """Return the record values that the page's head and its marked-up dates state; a key is missing where nothing is stated."""
    stated = _meta_values(page)
    authors = [name for kind in _AUTHORS for name in stated.get(kind, ()) if not re.match(r"https?://|@", name)]
    facts: dict[str, Any] = {
        "people": _distinct(authors),
        "date": _first(stated, _DATES) or _find_marked_date(page),
        "summary": _first(stated, _SUMMARIES),
        "type": _first(stated, _TYPES),
        "language": _language(page, stated),
        "url": _own_address(page, stated),
    }
    return {key: value for key, value in facts.items() if value}


def select_elements(page: BeautifulSoup, selectors: Iterable[str]) -> list[Tag]:
    """Return the elements of the first selector that finds any, but those without words."""
    for selector in selectors:
        found = [element for element in page.select(selector) if value_of(element)]
        if found:
            return found
    return []


def value_of(element: Tag) -> str:
    """Return the value of an element: the content of <meta>, the date of <time>, the words of any other."""
    if element.name == "meta":
        return " ".join(attribute(element, "content").split())
    if element.name == "time" and attribute(element, "datetime").strip():
        return attribute(element, "datetime").strip()
    return words_of(element)


def _meta_values(page: BeautifulSoup) -> dict[str, list[str]]:
    """Return the contents of all <meta> elements by name in lower case, in order."""
    found: dict[str, list[str]] = {}
    for meta in page.find_all("meta"):
        content = " ".join(attribute(meta, "content").split())
        if content:
            for key in ("name", "property", "http-equiv", "itemprop"):
                name = attribute(meta, key).strip().lower()
                if name:
                    found.setdefault(name, []).append(content)
    return found


def _distinct(names: Iterable[str]) -> list[str]:
    """Return the names in order, of those that differ only in case the first."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name.casefold(), name)
    return list(found.values())


def _first(stated: dict[str, list[str]], names: Iterable[str]) -> str:
    return next((stated[name][0] for name in names if name in stated), "")


def _find_marked_date(page: BeautifulSoup) -> str:
    """Return the date that an element marks as the page's own."""
    for element in page.find_all(_is_marked_date):
        found = attribute(element, "content") or (attribute(element, "title") if element.name == "abbr" else value_of(element))
        if found.strip():
            return found.strip()
    return ""


def _is_marked_date(element: Tag) -> bool:
    if element.get("itemprop") == "datePublished":
        return True
    if element.name not in ("time", "abbr"):
        return False
    return element.has_attr("pubdate") or any(name in ("published", "entry-date") for name in element.get("class") or ())


def _language(page: BeautifulSoup, stated: dict[str, list[str]]) -> str:
    root = page.find("html")
    given = [attribute(root, "lang"), attribute(root, "xml:lang")] if isinstance(root, Tag) else []
    for language in (*given, _first(stated, _LANGUAGES)):
        if _LANGUAGE.fullmatch(language.strip()):
            return language.strip().replace("_", "-")
    return ""


def _own_address(page: BeautifulSoup, stated: dict[str, list[str]]) -> str:
    found = _addresses(page, stated)
    return next((address for address in found if re.fullmatch(r"https?://[^\s/]+\.[^\s]+", address)), "")


def _addresses(page: BeautifulSoup, stated: dict[str, list[str]]) -> Iterator[str]:
    for link in page.find_all("link"):
        if "canonical" in attribute(link, "rel").lower().split():
            yield attribute(link, "href").strip()
    yield from stated.get("og:url", ())
