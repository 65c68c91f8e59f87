"""Remove lines that most pages of a source share: menus and notices that are marked up like text.

They are found from all pages of the source at each run, so that an update has the same result as a build.
Readings store the hash of each line, so only the first pages with a shared line are read again for this.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from msgspec.structs import replace

from search.model.document import CLOSE_TOGETHER, Block, Document, LinkSpan, Section

_FEWEST_PAGES = 5
"""Fewer pages may share lines by chance."""
_SHARE = 0.5
_LONG_LINE = 20
_SHARE_OF_LONG = 1 / 6
"""Share of pages that is enough for a long line, such as a notice: on other pages its markup already left it out."""
_BETWEEN = "\n\n"
Lines = tuple[bytes, ...]
"""The hashes of each section: 64 bits for its heading and for each of its blocks."""


def hash_lines(document: Document) -> Lines:
    """Return the hashes of a document's lines."""
    return tuple(b"".join(map(_hash, _lines(section))) for section in document.sections)


def find_shared_lines(pages: Mapping[str, Lines], documents: Mapping[str, Document]) -> dict[int, int]:
    """Return the number of words of each line that most pages share, by the hash of the line."""
    if len(pages) < _FEWEST_PAGES:
        return {}
    most, some = _SHARE * len(pages), max(_FEWEST_PAGES, _SHARE_OF_LONG * len(pages))
    counts = Counter(one for lines in pages.values() for one in set(_read_hashes(b"".join(lines))))
    likely = {one: count for one, count in counts.items() if count > most or count >= some}
    texts = _find_texts(pages, documents, likely.keys())
    return {one: len(texts[one].split()) for one, count in likely.items() if count > most or texts[one].count(" ") >= _LONG_LINE}


def count_shared_words(lines: Lines, shared: Mapping[int, int]) -> int:
    """Return how many words `drop_shared_lines` removes from a document with these lines, without decoding it."""
    return sum(shared.get(one, 0) for section in lines for one in _find_removed(section, shared))


def drop_shared_lines(document: Document, lines: Lines, shared: Collection[int]) -> Document:
    """Return the document without these lines. A shared heading goes with the last of its text."""
    kept = []
    for section, hashes in zip(document.sections, lines, strict=True):
        removed = _find_removed(hashes, shared)
        numbered = zip(_read_hashes(hashes)[1:], section.blocks, strict=True)
        if not removed:
            kept.append(section)
        elif len(removed) <= len(section.blocks):
            kept.append(_keep_blocks(section, [block for one, block in numbered if one not in shared]))
    return replace(document, sections=tuple(kept))


def _find_removed(section: bytes, shared: Collection[int]) -> list[int]:
    """Return the hashes of the lines to remove from a section; that of its heading too if nothing else remains."""
    heading, *blocks = _read_hashes(section)
    removed = [one for one in blocks if one in shared]
    is_all = removed and len(removed) == len(blocks) and (heading == _NO_HEADING or heading in shared)
    return [*removed, heading] if is_all else removed


def _find_texts(pages: Mapping[str, Lines], documents: Mapping[str, Document], wanted: Collection[int]) -> dict[int, str]:
    """Return the text of the lines with these hashes. Usually the first few pages contain all of them."""
    found: dict[int, str] = {}
    missing = set(wanted)
    for name, lines in pages.items():
        if not missing:
            break
        if not missing.isdisjoint(_read_hashes(b"".join(lines))):
            texts = (line for section in documents[name].sections for line in _lines(section))
            found |= zip(_read_hashes(b"".join(lines)), texts, strict=True)
            missing -= found.keys()
    return found


def _lines(section: Section) -> Iterable[str]:
    """Yield the heading of a section, marked so that it equals no line of text, and its blocks."""
    yield f"\0{section.heading}" if section.heading else ""
    yield from (section.text[block.start : block.end] for block in section.blocks)


def _hash(line: str) -> bytes:
    return hashlib.blake2b(line.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _read_hashes(hashes: bytes) -> array[int]:
    return array("Q", hashes)


(_NO_HEADING,) = _read_hashes(_hash(""))


def _keep_blocks(section: Section, blocks: list[Block]) -> Section:
    """Return the section with only these blocks, and with the places of blocks and links adjusted."""
    parts: list[str] = []
    placed: list[Block] = []
    links: list[LinkSpan] = []
    end = 0
    for block in blocks:
        between = ""
        if placed:
            is_close = block.kind == placed[-1].kind and block.kind in CLOSE_TOGETHER
            between = "\n" if is_close else _BETWEEN
        start = end + len(between)
        parts += (between, section.text[block.start : block.end])
        shift = start - block.start
        end = block.end + shift
        placed.append(replace(block, start=start, end=end))
        links += [
            replace(link, start=link.start + shift, end=link.end + shift)
            for link in section.links
            if block.start <= link.start < block.end
        ]
    return replace(section, text="".join(parts), blocks=tuple(placed), links=tuple(links))
