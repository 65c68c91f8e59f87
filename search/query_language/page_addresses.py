"""Read the address of a page of results, of a topic or of a person as the search that it shows.

    https://archive.example/search?q=spam&type=news&from=2012    spam type:news year:2012..
    type=commentary&year=2013&sort=oldest                        type:commentary year:2013 sort:oldest
    /topics/china-us                                             topic:china-us

Pages of other search engines name their words alike, so the words of those addresses are read too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qsl

_ADDRESS = re.compile(r"(?:(?:(?:https?://|www\.)[^\s/?#]+)?(/?[^\s?#=&]*)\?)?([^#]*)(?:#.*)?", re.IGNORECASE)
_RESULTS = re.compile(r"/?(?:[\w./-]*/)?(?:search(?:\.\w+)?)?", re.IGNORECASE)
_NAMED_PAGE = re.compile(r"(?:/|https?://[^\s/]+/|www\.[^\s/]+/)(topic|people)s?/([\w.%-]+)/?", re.IGNORECASE)
_PARAMETERS = re.compile(r"-?\w[\w.]*=[^&]*(?:&-?\w[\w.]*=[^&]*)*", re.IGNORECASE)
_MOST_PARAMETERS = 32
"""As many as a query has words."""
_WORDS = frozenset(("q", "query"))
_BOUNDS = {"from": "year:{}..", "to": "year:..{}"}
_YEAR = re.compile(r"\d{4}", re.ASCII)


def read_page_address(text: str, resolve_field: Callable[[str], str]) -> str:
    """Return the search that the page at an address shows, as it would be typed; "" if the text is no such address.

    `resolve_field` returns the field of a name, "" if there is none.
    """
    if named := _NAMED_PAGE.fullmatch(text):
        return f"{named[1].lower()}:{named[2]}"
    found = _ADDRESS.fullmatch(text.replace("&amp;", "&"))
    if found is None or not _RESULTS.fullmatch(found[1] or "") or not _PARAMETERS.fullmatch(found[2]):
        return ""
    is_query = "?" in text or "&" in text  # one by itself is a field: type=news
    return _as_typed(parse_qsl(found[2])[:_MOST_PARAMETERS], resolve_field) if is_query else ""


def _as_typed(parameters: list[tuple[str, str]], resolve_field: Callable[[str], str]) -> str:
    words, parts = "", dict[str, list[str]]()
    for name, typed in parameters:
        value = typed.replace('"', "").strip()
        if name in _WORDS:
            words = typed.strip()
        elif name in _BOUNDS and _YEAR.match(value):
            parts[name] = [_BOUNDS[name].format(value[:4])]
        elif name == "sort" or resolve_field(name.removeprefix("-")):
            parts.setdefault(name, []).append(f'{name}:"{value}"' if " " in value else f"{name}:{value}")
    each = (
        f"({' OR '.join(values)})" if len(values) > 1 and name[0] != "-" else " ".join(values) for name, values in parts.items()
    )
    return " ".join(filter(None, (words, *each)))
