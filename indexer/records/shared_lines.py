"""Lines that most pages of a source share: menus and notices that nothing in a page's markup tells from its text.

They are worked out from all pages of the source each time, read again or remembered, so that an update gives what a build gives.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, MutableMapping

from msgspec.structs import replace

from search.model.document import Block, Document, LinkSpan, Section

_FEWEST_PAGES = 5
"""Of fewer pages it cannot be said what they share by chance."""
_SHARE = 0.5
_LONG_LINE = 20
_SHARE_OF_LONG = 1 / 6
"""Of a line of so many words, as a notice is, this share of the pages is enough: on others it was left out for its markup."""
_BETWEEN = "\n\n"


def drop_shared_lines(documents: MutableMapping[str, Document], pages: Mapping[int, Iterable[str]]) -> dict[str, int]:
    """Take lines that more than half of the pages of a source have out of `documents`; return the words taken out, by id.

    `pages` are the ids of the pages of each source whose text had to be guessed.
    """
    dropped: dict[str, int] = {}
    for ids in pages.values():
        present = [one for one in ids if one in documents]
        shared = _find_shared_lines(documents, present)
        for one in present if shared else ():
            document = documents[one]
            kept, words = _without(document.sections, shared)
            if words:
                documents[document.id] = replace(document, sections=kept)
                dropped[document.id] = words
    return dropped


def _find_shared_lines(documents: Mapping[str, Document], ids: list[str]) -> frozenset[str]:
    """The lines that count as shared. Lines are counted by their hash, since most of them are on one page only."""
    pages = len(ids)
    if pages < _FEWEST_PAGES:
        return frozenset()
    fewest = min(_SHARE * pages, max(_FEWEST_PAGES, _SHARE_OF_LONG * pages))
    hashes = Counter(hashed for one in ids for hashed in {hash(line) for line in _lines(documents[one])})
    likely = {hashed: count for hashed, count in hashes.items() if count >= fewest}
    return frozenset(
        line
        for line, count in _find_lines(documents, ids, likely)
        if count > _SHARE * pages or (count >= max(_FEWEST_PAGES, _SHARE_OF_LONG * pages) and line.count(" ") >= _LONG_LINE)
    )


def _find_lines(documents: Mapping[str, Document], ids: Iterable[str], counts: dict[int, int]) -> Iterator[tuple[str, int]]:
    """Yield each line whose hash was counted, with its count; mostly the first few pages have them all."""
    missing = dict(counts)
    for one in ids:
        if not missing:
            return
        for line in _lines(documents[one]):
            if count := missing.pop(hash(line), 0):
                yield line, count


def _lines(document: Document) -> Iterable[str]:
    for section in document.sections:
        yield _heading(section)
        yield from (section.text[block.start : block.end] for block in section.blocks)


def _heading(section: Section) -> str:
    """A heading as a line that no line of text equals."""
    return f"\0{section.heading}"


def _without(sections: tuple[Section, ...], shared: frozenset[str]) -> tuple[tuple[Section, ...], int]:
    """The sections without these lines, and how many words that took out. A shared heading goes with the last of its text."""
    kept: list[Section] = []
    words = 0
    for section in sections:
        lines = [section.text[block.start : block.end] for block in section.blocks]
        gone = [line for line in lines if line in shared]
        if not gone:
            kept.append(section)
            continue
        words += sum(len(line.split()) for line in gone)
        rest = _keep_blocks(section, [block for block, line in zip(section.blocks, lines, strict=True) if line not in shared])
        if rest.text or (rest.heading and _heading(section) not in shared):
            kept.append(rest)
        else:
            words += len(rest.heading.split())
    return tuple(kept), words


def _keep_blocks(section: Section, blocks: list[Block]) -> Section:
    """The section with these blocks only, all places counted again."""
    parts: list[str] = []
    placed: list[Block] = []
    links: list[LinkSpan] = []
    end = 0
    for block in blocks:
        between = ""
        if placed:
            is_close = block.kind == placed[-1].kind and block.kind in ("item", "row")
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
