"""Markdown with front matter: CommonMark with tables. HTML and the shortcodes of site generators are no text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from bs4 import Tag
from markdown_it import MarkdownIt

from indexer.readers.blocks import SectionsBuilder
from indexer.readers.front_matter import split_front_matter
from indexer.readers.html.layout import Layout
from indexer.readers.html.page import parse_page, words_of
from indexer.readers.record import Record
from indexer.readers.text_files import read_text
from indexer.sources import SourceFile

_markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_markdown.validateLink = lambda url: True  # type: ignore[method-assign]  # links are judged where HTML becomes blocks
_CODE = re.compile(r"(?ms)^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)[`~]*[ \t]*$|(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)")
_RAW = re.compile(r"(?s)\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}")
_HIGHLIGHT = re.compile(r"(?s)\{%-?\s*highlight\b[^%]*%\}(.*?)\{%-?\s*endhighlight\s*-?%\}")
_SIGNS = {"{": "\ue000", "}": "\ue001", "%": "\ue002"}
"""Signs of shortcodes inside raw text, where they are text, as characters that no text has."""
_HIDDEN, _SHOWN = str.maketrans(_SIGNS), str.maketrans({sign: text for text, sign in _SIGNS.items()})
_COMMENT = re.compile(r"(?s)\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}|\{#.*?#\}(?!\w)|\{\{[<%]\s*/\*.*?\*/\s*[>%]\}\}")
_SHORTCODE = re.compile(r"(?s)\{\{[<%].*?[>%]\}\}|\{%.*?%\}|\{\{(.*?)\}\}")
_PATH_IN_EXPRESSION = re.compile(r"""\s*["']([^"']*)["']\s*\|\s*(?:url|relative_url|absolute_url|relURL|absURL|ref|relref)\b""")
_ATTRIBUTES = re.compile(r"[ \t]*\{:?[ \t]*(?:[.#][\w-]+|[\w-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|\w+)|toc|[ \t])+\}")
_WAITING = ("publishDate", "publishdate", "publish_date")


def read(file: SourceFile) -> Iterator[Record]:
    """Yield the one record of a Markdown file."""
    front = split_front_matter(read_text(file))
    values = dict(front.values)
    page = parse_page(_markdown.render(without_shortcodes(front.body)).translate(_SHOWN))
    first = next((child for child in page.children if isinstance(child, Tag)), None)
    if "title" not in values and first is not None and re.fullmatch("h[1-6]", first.name):
        values["title"] = words_of(first)
        first.extract()
    if "sections" not in values:
        builder = SectionsBuilder()
        Layout(builder).add(page)
        values["sections"] = builder.list_sections()
    waits_until = _hold_back(values)
    line = min(front.lines.values(), default=1)
    yield Record(file.name, line, values, front.lines, is_whole_file=True, valid_until=waits_until)


def without_shortcodes(text: str) -> str:
    """Return Markdown without the shortcodes and expressions of site generators; those in code are text.

    Signs of shortcodes in raw text are other characters in the result (`_SIGNS`), until it has become HTML.
    An expression that only resolves an address, as in {{ "/about" | url }}, gives that address.
    """
    text = _COMMENT.sub("", text)
    text = _RAW.sub(lambda match: match[1].translate(_HIDDEN), text)
    text = _HIGHLIGHT.sub(lambda match: f"\n~~~~\n{match[1].strip()}\n~~~~\n", text)
    parts, at = [], 0
    for code in _CODE.finditer(text):
        parts += [_without_markup(text[at : code.start()]), code[0]]
        at = code.end()
    return "".join((*parts, _without_markup(text[at:])))


def _without_markup(text: str) -> str:
    return _ATTRIBUTES.sub("", _SHORTCODE.sub(_value_of_expression, text)) if "{" in text else text


def _value_of_expression(match: re.Match[str]) -> str:
    stated = _PATH_IN_EXPRESSION.match(match[1] or "")
    return stated[1] if stated else ""


_ARE_PUBLISHED, _ARE_HELD_BACK = ("true", "yes", "on"), ("false", "no", "off")


def _hold_back(values: dict[str, Any]) -> str:
    """Make a draft of a record that is not to be published, or not yet; return the day on which it is, "" where no day is stated.

    Site generators write `published: false`, or a `publishDate` to come.
    """
    if str(values.get("published", "")).lower() in (*_ARE_PUBLISHED, *_ARE_HELD_BACK):
        values["draft"] = str(values.pop("published")).lower() in _ARE_HELD_BACK or values.get("draft")
    day = ""
    for name in _WAITING:
        if name in values:
            stated = str(values.pop(name))
            values.setdefault("date", stated)
            day = stated[:10] if re.match(r"\d{4}-\d{2}-\d{2}", stated) else day
    if day > date.today().isoformat():
        values["draft"] = True
        return day
    return ""
