"""Recognises a pasted citation (APA, MLA, Chicago, Harvard) and takes the title and the year from it."""

from __future__ import annotations

import re
from urllib.parse import unquote

from msgspec import Struct

_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b", re.ASCII)
_QUOTED = re.compile(r"[\"“„«‘]([^\"“”„«»]{8,300}?)[.,]?[\"”“»’](?![\w])")
_YEAR_IN_BRACKETS = re.compile(
    r"^(?P<names>[^()]{2,300}?)\s*\((?P<year>\d{4})[a-z]?(?:,[^)]*)?\)[.,:]?\s+(?P<rest>.+)$", re.ASCII
)
_YEAR_ALONE = re.compile(r"^(?P<names>[^.\d]{2,200}(?:\.[^.\d]{0,60}){0,6}?)[.,]\s+(?P<year>\d{4})[a-z]?[.,]\s+(?P<rest>.+)$")
_END_OF_TITLE = re.compile(r"(?<![A-Z])(?<!\b[A-Z]\.[A-Z])[.?!](?=\s|$)|\s(?=https?://)")
_NAMES = re.compile(r"[^\W\d_]+,\s|[^\W\d_]/[^\W\d_]|\bet al\b|&|\band\b|[^\W\d_]+\.")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^/]+/|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/", re.IGNORECASE)
_FILE_NAME = re.compile(r"\S+\.(?:pdf|docx?|html?|pptx?|xlsx?|csv|odt|rtf|epub|txt|md)", re.IGNORECASE)
_IN_BRACES = r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
_TITLE_OF_RECORD = re.compile(
    rf"\btitle\s*=\s*(?:{_IN_BRACES}|\"([^\"]*)\"|([^|}}]+))|\bT[I1]\s+-\s+(.+?)(?=\s+[A-Z][A-Z0-9]\s+-\s|$)", re.IGNORECASE
)
"""The title in a record of BibTeX, of Wikipedia's templates or of RIS."""
_ONLINE = re.compile(r"\b(?:available (?:at|from)|accessed|retrieved from|abgerufen|consulté le)\b|https?://", re.IGNORECASE)
"""Words of a citation of a page, whose author may be a body: "EastWest Institute (2020) Weathering ... Available at: ..."."""
_FEWEST_WORDS, _FEWEST_OF_PAGE = 3, 2


class Citation(Struct, frozen=True):
    """The title and the year of a cited work; the year is 0 if the citation has none."""

    title: str
    year: int


def read_citation(text: str) -> Citation | None:
    """Return the citation in a text; None if it does not look like one."""
    if not any(map(str.isdigit, text)):
        return None
    year = _YEAR.search(text)
    record = _TITLE_OF_RECORD.search(text) if "=" in text or " - " in text else None
    if record and year:
        return _citation(next(filter(None, record.groups()), "").replace("{", "").replace("}", ""), year[1])
    quoted = _QUOTED.search(text)
    if quoted and year and quoted.start() > 0 and _NAMES.search(text[: quoted.start()]):
        return _citation(quoted[1], year[1])
    dated = _YEAR_IN_BRACKETS.match(text) or _YEAR_ALONE.match(text)
    is_page = dated is not None and _ONLINE.search(dated["rest"]) is not None
    if dated is None or not (is_page or _NAMES.search(dated["names"] + " ")):
        return None
    end = _END_OF_TITLE.search(dated["rest"], 5)
    return _citation(dated["rest"][: end.start() if end else None], dated["year"], _FEWEST_OF_PAGE if is_page else _FEWEST_WORDS)


def read_address(text: str) -> Citation | None:
    """Return the title that a file name, or the last part of a web address, spells: ".../idea/shaky-cyber-trigger-fingers"."""
    is_address = "/" in text and not re.search(r"\s", text) and _ADDRESS.match(text)
    if not (is_address or ("." in text and _FILE_NAME.fullmatch(text))):
        return None
    page = re.split(r"[/\\]", re.split("[?#]", text)[0].rstrip("/"))[-1]
    return _citation(" ".join(re.findall(r"[^\W_]+", re.sub(r"\.\w{2,5}$", "", unquote(page)))), "0")


def _citation(title: str, year: str, fewest: int = _FEWEST_WORDS) -> Citation | None:
    words = re.findall(r"\w+", title)
    return Citation(title.strip(" .,"), int(year)) if len(words) >= fewest else None
