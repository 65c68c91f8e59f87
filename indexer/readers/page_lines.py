"""Make running text of the lines of printed pages: remove running heads, join divided words, join lines to paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_EDGE = 3
"""Lines at the top and the bottom of a page that may be a running head or a page number."""
_FEWEST = 3
_SHARE = 0.3
"""A line at the edge of at least 3 pages, and of this share of all pages, is a running head."""
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|p\.|seite|página|pagina|стр\.?)\s*)?(?:#+|[ivxlc]+)(?:\s*(?:/|of|von|de|sur|di)\s*#+)?\W*", re.I
)
_SHORT = 0.75
"""A line shorter than this share of the page's longer lines ends a paragraph."""
_DIVIDED = re.compile(r"(\w+)(\u00ad|-)$")
_DIVIDED_INSIDE = re.compile(r"(\w+)\u00ad\s*(\w+)")
_BULLET = re.compile(r"[•▪◦–*-]\s|\(?\d{1,2}[.)]\s")


def remove_running_heads(pages: Sequence[str]) -> tuple[list[list[str]], int]:
    """Return the lines of each page without running heads and page numbers, and how many words these have."""
    lines = [[line.strip() for line in page.split("\n") if line.strip()] for page in pages]
    counts = Counter(form for page in lines for form in {_generalise(line) for line in _edges(page)})
    needed = max(_FEWEST, _SHARE * sum(bool(page) for page in lines))
    running = {form for form, count in counts.items() if count >= needed}
    kept: list[list[str]] = []
    words = 0
    for page in lines:
        first, last = 0, len(page)
        while first < min(_EDGE, last) and _generalise(page[first]) in running:
            first += 1
        while last > max(first, len(page) - _EDGE) and _generalise(page[last - 1]) in running:
            last -= 1
        removed = page[:first] + page[last:]
        words += sum(len(line.split()) for line in removed)
        kept.append(page[first:last])
    return kept, words


def _edges(page: list[str]) -> list[str]:
    return page[:_EDGE] + page[_EDGE:][-_EDGE:]


def _generalise(line: str) -> str:
    """Return the form of a line that all pages share: numbers become #, and a page number alone is one #."""
    form = re.sub(r"\d+", "#", " ".join(line.casefold().split()))
    return "#" if _PAGE_NUMBER.fullmatch(form) else form


def join_paragraphs(lines: Sequence[str], known: frozenset[str]) -> list[str]:
    """Return the lines of a page as paragraphs. `known` are the words of the file, which say how a divided word is written."""
    longer = sorted(map(len, lines))
    typical = longer[min(len(longer) - 1, int(0.8 * len(longer)))] if longer else 0
    found: list[str] = []
    parts: list[str] = []
    for line in lines:
        if parts and (_BULLET.match(line) or _ends_paragraph(parts[-1], typical)):
            found.append(_join_lines(parts, known))
            parts = []
        parts.append(line)
    if parts:
        found.append(_join_lines(parts, known))
    return found


def collect_words(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the words on the pages, also those with hyphens, except the words divided at line ends."""
    return frozenset(
        word for page in pages for line in page for word in re.findall(r"\w+(?:-\w+)*(?![\w\u00ad-])", line.casefold())
    )


def _ends_paragraph(line: str, typical: int) -> bool:
    return len(line) < _SHORT * typical and not _DIVIDED.search(line)


def _join_lines(parts: Sequence[str], known: frozenset[str]) -> str:
    """Return the lines as one text, in which divided words are joined."""
    text = parts[0]
    for line in parts[1:]:
        divided = _DIVIDED.search(text)
        following = re.match(r"\w+", line)
        if divided and following and (divided[2] == "\u00ad" or following[0][0].islower()):
            text = text[: divided.end(1)] + _hyphen_between(divided[1], following[0], known) + line
        else:
            text += " " + line
    whole = _DIVIDED_INSIDE.sub(lambda match: match[1] + _hyphen_between(match[1], match[2], known) + match[2], text)
    return whole.replace("\u00ad", "")


def _hyphen_between(first: str, second: str, known: frozenset[str]) -> str:
    """Return "-" if the file elsewhere writes the divided word with a hyphen, otherwise ""."""
    whole = f"{first}{second}".casefold()
    hyphenated = f"{first}-{second}".casefold()
    return "-" if whole not in known and hyphenated in known else ""
