"""The title of a saved page, from the page alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from indexer.readers.html.page import attribute, words_of
from indexer.readers.html.surroundings import Surroundings, is_logo
from search.text.analysis import fold_value

_BETWEEN = re.compile(r"\s+[|»«·•–—:-]+\s+|\s*(?:::|\||»)\s*")
"""What separates the title of a page and the name of its site."""
_SAY_NOTHING = re.compile(r"(?:untitled.*|new page.*|no title|document|index|default|home ?page|home|main|title)?\s*\d*", re.I)


@dataclass(frozen=True, slots=True)
class PageTitle:
    """A title, and the heading element it is in (None for one from elsewhere)."""

    words: str = ""
    heading: Tag | None = None


def find_title(page: BeautifulSoup, surroundings: Surroundings, roots: tuple[Tag, ...]) -> PageTitle:
    """Return the page's title: `og:title`, or the one h1 in its text, or `<title>` without the site's name, or the first heading.

    A heading is preferred to `<title>` where it is a part of it, as in "Heading - Site", or where it is the only one and the two
    have little in common: then `<title>` is that of the site or of the template. A logo is no heading.
    """
    site = _meta(page, "og:site_name") or _meta(page, "application-name")
    stated = _find_stated_title(page)
    headings = [heading for heading in page.find_all("h1") if words_of(heading) and not is_logo(heading)]
    headings = [one for one in headings if not surroundings.is_around(one) or fold_value(words_of(one)) in _parts(stated)]
    headings = [one for one in headings if not _is_site_name(words_of(one), stated, site, not surroundings.is_around(one))]
    kept = {id(heading) for heading in headings}
    logos = [words_of(heading) for heading in page.find_all("h1") if id(heading) not in kept]
    shared = _without_site(_meta(page, "og:title"), [site], [])
    if shared and not _SAY_NOTHING.fullmatch(shared) and fold_value(shared) != fold_value(site):
        return PageTitle(shared, _find_heading(headings, shared))
    for heading in headings:
        part = _parts(stated).get(fold_value(words_of(heading)))
        if part:
            return PageTitle(part, heading)
    lower = find_first_heading(roots)
    is_lower = lower.heading is not None and lower.heading.name != "h1" and not surroundings.is_around(lower.heading)
    if is_lower and not headings and _may_be_path(stated) and fold_value(lower.words) in _parts(stated):
        return lower
    named = _without_site(stated, [site, *logos], [words_of(heading) for heading in headings])
    says_nothing = _SAY_NOTHING.fullmatch(named) is not None
    if headings and (says_nothing or (len(headings) == 1 and not _have_much_in_common(named, words_of(headings[0])))):
        return PageTitle(words_of(headings[0]), headings[0])
    if not says_nothing:
        return PageTitle(named, _find_heading(headings, named))
    found = find_first_heading(roots)
    return found if found.words else PageTitle(named)


def find_first_heading(roots: tuple[Tag, ...]) -> PageTitle:
    """Return the first heading of any level in the text; empty if there is none."""
    for root in roots:
        for heading in root.find_all(["h1", "h2", "h3"]):
            if words_of(heading) and not is_logo(heading):
                return PageTitle(words_of(heading), heading)
    return PageTitle()


def _meta(page: BeautifulSoup, name: str) -> str:
    found = page.find("meta", attrs={"property": name}) or page.find("meta", attrs={"name": name})
    return " ".join(attribute(found, "content").split()) if isinstance(found, Tag) else ""


def _find_stated_title(page: BeautifulSoup) -> str:
    for title in page.find_all("title"):
        if not title.find_parent("svg"):
            return words_of(title)
    return ""


def _parts(stated: str) -> dict[str, str]:
    """Return the whole of `<title>` and its parts, by their folded form."""
    return {fold_value(part): part.strip() for part in (stated, *_BETWEEN.split(stated)) if part and part.strip()}


def _have_much_in_common(one: str, other: str) -> bool:
    """Whether half the words of the shorter are in the longer."""
    first, second = (set(fold_value(words).split("-")) for words in (one, other))
    return 2 * len(first & second) >= min(len(first), len(second))


def _is_site_name(words: str, stated: str, site: str, is_in_text: bool) -> bool:
    """Whether a heading is the name of the site: declared as such, or the last part of a `<title>` that is no path."""
    parts = _BETWEEN.split(stated)
    folded = fold_value(words)
    is_last = len(parts) > 1 and folded == fold_value(parts[-1]) != fold_value(parts[0])
    return folded == fold_value(site) or (is_last and not (is_in_text and _may_be_path(stated)))


def _may_be_path(stated: str) -> bool:
    """Whether `<title>` may be a path from the site to the page, as in "Site » News » Title"."""
    return "»" in stated or len(_BETWEEN.split(stated)) > 2


def _without_site(stated: str, sites: list[str], headings: list[str]) -> str:
    """Return a title without the name of the site before or after it."""
    names = {fold_value(name) for name in sites if name}
    pieces = re.split(f"({_BETWEEN.pattern})", stated)
    while len(pieces) > 2 and (fold_value(pieces[-1]) in names or not pieces[-1].strip()):
        pieces = pieces[:-2]
    while len(pieces) > 2 and (fold_value(pieces[0]) in names or not pieces[0].strip()):
        pieces = pieces[2:]
    if len(pieces) > 2 and not names and not headings and re.search(r"[|»]|::", pieces[-2]):
        pieces = pieces[:-2]
    return "".join(pieces).strip()


def _find_heading(headings: list[Tag], title: str) -> Tag | None:
    return next((heading for heading in headings if fold_value(words_of(heading)) == fold_value(title)), None)
