"""Where a page's text is, and what is around it: menus, headers, footers, hidden elements.

An element is judged by its name, role, id and classes, and by how many of the page's words it contains
and how many of those are links. What holds most of a page's text is never taken for something around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from indexer.readers.html.implied_ends import NOT_TEXT
from indexer.readers.html.page import attribute, text_of_node

_TEXT_ELEMENTS = frozenset({"main", "article"})
_MAY_BE_AROUND = frozenset("div section ul ol dl table tr td p center aside details layer ilayer span fieldset li".split())
_ROLES = frozenset("navigation search menu menubar banner contentinfo complementary dialog alertdialog toolbar".split())
_NAMES = frozenset(
    "nav navbar navi navigation menu menubar side sidebar header footer masthead banner breadcrumb breadcrumbs crumbs "
    "toolbar topbar pagination pager search searchbox searchform share sharing social cookie cookies cookiebar logo "
    "branding adverts ads ad "
    "advertisement newsletter subscribe login langnav langswitch skip skiplink skipnav "
    "skiptocontent sitenav mainnav topnav subnav "
    "leftnav rightnav sidenav leftmenu topmenu mainmenu submenu related sitemap".split()
)
"""An element is around the text if its id or class, without hyphens and digits, is one of these."""
_LAST_WORDS = frozenset(
    "nav navigation navbar menu sidebar breadcrumb breadcrumbs header footer pager pagination toolbar banner masthead".split()
)
_FIRST_WORDS = frozenset(
    "nav menu breadcrumb breadcrumbs footer sidebar social share sharing cookie skip search pagination".split()
)
_NEGATIONS = frozenset("no not non has have with without hide full".split())
_HIDDEN_LABELS = frozenset("sronly visuallyhidden screenreadertext screenreaderonly skiplink elementinvisible".split())
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_CONTENT_IDS = frozenset("content main maincontent bodycontent".split())
_MOST = 0.5
"""An element with at least this share of the page's words is the page, and not something around it."""
_NEARLY_ALL = 0.7
_LINKED = 0.5
"""An element with at least this share of its words in links is a menu."""
_SHORT_FORM = 0.5
_SURE, _LIKELY, _LINKED_ONLY = 3, 2, 1


@dataclass(frozen=True, slots=True)
class TextPlace:
    """The elements with the text, the ids of the omitted elements, and the number of words in those."""

    roots: tuple[Tag, ...]
    excluded: frozenset[int]
    words_left_out: int


@dataclass(slots=True)
class _Words:
    all: int = 0
    linked: int = 0


class Surroundings:
    """Judges the elements of one page."""

    def __init__(self, page: BeautifulSoup) -> None:
        self._page = page
        body = page.find("body")
        self.body: Tag = body if isinstance(body, Tag) else page
        self._counts = _count_words(page)
        self._has_text_element = page.find(_TEXT_ELEMENTS) is not None

    def find_text(self, selected: Iterable[Tag], removed: Iterable[Tag]) -> TextPlace:
        """Return where the text is: in the selected elements, or else in the body without menus and the like."""
        given = frozenset(id(element) for element in removed)
        chosen = _outermost(selected)
        if chosen:
            excluded = given | {
                id(element)
                for root in chosen
                for element in root.find_all(True)
                if element.name == "nav" or attribute(element, "role") == "navigation" or self._is_hidden(element)
            }
            return self._place(chosen, excluded)
        excluded = given | self._around(given)
        return self._place(self._roots(excluded), excluded)

    def is_around(self, element: Tag) -> bool:
        """Whether an element or one of its parents is around the text, or hidden."""
        is_in_text = False
        for one in (*reversed(list(element.parents)), element):
            if self._is_excluded(one, is_in_text):
                return True
            is_in_text = is_in_text or one.name in _TEXT_ELEMENTS
        return False

    def _place(self, roots: tuple[Tag, ...], excluded: frozenset[int]) -> TextPlace:
        taken = sum(self._count_kept_words(root, excluded) for root in roots)
        return TextPlace(roots, excluded, self._counts[id(self._page)].all - taken)

    def _count_kept_words(self, root: Tag, excluded: frozenset[int]) -> int:
        """Return the number of words in an element, without those in excluded elements."""
        words, stack = 0, [root]
        while stack:
            element = stack.pop()
            if id(element) in excluded or element.name in NOT_TEXT:
                continue
            inner = [child for child in element.contents if isinstance(child, Tag)]
            words += self._counts[id(element)].all - sum(self._counts[id(child)].all for child in inner)
            stack += inner
        return words

    def _around(self, given: frozenset[int]) -> frozenset[int]:
        found = set[int]()
        stack: list[tuple[Tag, bool]] = [(self.body, False)]
        while stack:
            element, is_in_text = stack.pop()
            if id(element) in given:
                continue
            if self._is_excluded(element, is_in_text):
                found.add(id(element))
                continue
            inside = is_in_text or element.name in _TEXT_ELEMENTS
            stack += [(child, inside) for child in element.contents if isinstance(child, Tag)]
        return frozenset(found)

    def _roots(self, excluded: frozenset[int]) -> tuple[Tag, ...]:
        """Return the only element marked as the main text if it contains most of the words; otherwise the body."""
        everything = self._count_kept_words(self.body, excluded)
        elements = self._page.find_all(True)
        mains = (element for element in elements if element.name == "main" or element.get("role") == "main")
        named = (element for element in elements if _is_declared_text(element))
        for candidates, share in ((mains, _MOST), (named, _NEARLY_ALL)):
            found = _outermost(candidates)
            if len(found) == 1 and self._count_kept_words(found[0], excluded) >= share * everything:
                return found
        return (self.body,)

    def _is_excluded(self, element: Tag, is_in_text: bool) -> bool:
        name = element.name
        if name in ("html", "body", "[document]", *_TEXT_ELEMENTS):
            return False
        if element.has_attr("hidden") or name == "nav" or attribute(element, "role") in ("navigation", "menu", "menubar"):
            return True
        if self._is_hidden(element) or attribute(element, "role") in _ROLES:
            return not self._is_the_page(element)
        if name == "form":
            return self._is_small_form(element)
        if name == "aside":
            return not (is_in_text and element.find_parent("article")) and not self._is_the_page(element)
        if name in ("header", "footer"):
            is_text = is_in_text or (name == "header" and self._is_text_header(element))
            return not (is_text or self._is_the_page(element))
        return name in _MAY_BE_AROUND and self._is_named_around(element, is_in_text)

    def _is_the_page(self, element: Tag) -> bool:
        """Whether the element contains most of the page's words, and few of them are links."""
        words = self._counts[id(element)]
        everything = self._counts[id(self.body)].all
        return (words.all >= _MOST * everything and words.linked < _LINKED * words.all) or element.find(
            _TEXT_ELEMENTS
        ) is not None

    def _is_hidden(self, element: Tag) -> bool:
        if element.name == "dialog" and not element.has_attr("open"):
            return True
        if _HIDDEN_STYLE.search(attribute(element, "style")) or attribute(element, "aria-hidden").lower() == "true":
            return not self._is_the_page(element)
        return element.has_attr("hidden") or any(_letters(name) in _HIDDEN_LABELS for name in attribute(element, "class").split())

    def _is_small_form(self, element: Tag) -> bool:
        """Whether a form is a search box or a login, not one that contains the page or is a document itself."""
        controls = element.find_all(["input", "select", "textarea", "button"])
        if all(attribute(control, "type").lower() == "hidden" for control in controls):
            return False
        if element.find(["h1", "h2", "h3", "table", *_TEXT_ELEMENTS]) or any(
            self._counts[id(part)].all > 15 for part in element.find_all("p")
        ):
            return False
        return self._counts[id(element)].all < _SHORT_FORM * self._counts[id(self.body)].all

    def _is_text_header(self, element: Tag) -> bool:
        """Whether this is the header of a page that is all text: it has a heading, and nothing that a site's header has."""
        if self._has_text_element or not element.find("h1") or attribute(element, "role") == "banner":
            return False
        return not element.find(["nav", "form", "ul", "img", "svg"])

    def _is_named_around(self, element: Tag, is_in_text: bool) -> bool:
        names = [*attribute(element, "class").split(), attribute(element, "id")]
        strength = max(_strength(name, is_in_text) for name in names)
        if not strength or self._is_the_page(element):
            return False
        heading = element.find("h1")
        if heading and not is_logo(heading) and strength < _SURE:
            return False
        words = self._counts[id(element)]
        return strength > _LINKED_ONLY or words.linked >= _LINKED * words.all


def is_logo(heading: Tag) -> bool:
    """Whether a heading is a site's logo: it is a picture or a link to a home page, or is named as a logo is."""
    link = heading.find("a") or heading.find_parent("a")
    text = " ".join(heading.get_text().split())
    if link is not None and " ".join(link.get_text().split()) == text and _is_home(attribute(link, "href")):
        return True
    if not text:
        return True
    around = [heading, *list(heading.parents)[:2]]
    names = [_letters(name) for one in around for name in f"{attribute(one, 'id')} {attribute(one, 'class')}".split()]
    return any(name in ("logo", "sitetitle", "sitename", "branding", "brand", "sitelogo", "blogtitle") for name in names)


def _is_declared_text(element: Tag) -> bool:
    return _letters(attribute(element, "id")) in _CONTENT_IDS or element.get("itemprop") == "articleBody"


def _is_home(href: str) -> bool:
    plain = re.sub(r"^(?:https?:)?//[^/?#]*", "", href.strip().lower()).partition("#")[0].partition("?")[0]
    return bool(href.strip()) and re.fullmatch(r"/?(?:\.\.?/?)*(?:(?:index|default|home)\.[a-z]{3,5})?", plain) is not None


def _letters(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


def _strength(name: str, is_in_text: bool) -> int:
    """Return how surely what has this name is around the text: _SURE, _LIKELY, _LINKED_ONLY (if its words are links) or 0."""
    words = [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)]
    if not words or words[0] in _NEGATIONS:
        return 0
    own = {"header", "footer"} if is_in_text else set()
    if "".join(words) in _NAMES - own:
        return _SURE
    if words[-1] in _LAST_WORDS - own:
        return _LIKELY
    return _LINKED_ONLY if words[0] in _FIRST_WORDS - own else 0


def _outermost(elements: Iterable[Tag]) -> tuple[Tag, ...]:
    """Return the elements that lie in none of the others."""
    listed = list(elements)
    chosen = {id(element) for element in listed}
    return tuple(element for element in listed if not any(id(parent) in chosen for parent in element.parents))


def _count_words(page: Tag) -> dict[int, _Words]:
    """Return how many words each element holds, and how many of them are links."""
    counts: dict[int, _Words] = {}
    stack: list[tuple[Tag, bool, bool]] = [(page, False, False)]
    while stack:
        element, is_linked, is_done = stack.pop()
        inner = [child for child in element.contents if isinstance(child, Tag)]
        if not is_done:
            counts[id(element)] = _Words()
            if element.name in NOT_TEXT:
                for child in element.find_all(True):
                    counts[id(child)] = _Words()
                continue
            linked = is_linked or (element.name == "a" and element.has_attr("href"))
            own = sum(len(text_of_node(child).split()) for child in element.contents if not isinstance(child, Tag))
            counts[id(element)] = _Words(own, own if linked else 0)
            stack.append((element, linked, True))
            stack += [(child, linked, False) for child in inner]
        else:
            for child in inner:
                counts[id(element)].all += counts[id(child)].all
                counts[id(element)].linked += counts[id(child)].linked
    return counts
