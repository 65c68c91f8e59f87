"""Documents that a question names outright, by id, call number or web address: they come before all others."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from search.config.settings import Config
from search.engines.contract import Engine, Request
from search.fields import ADDRESS, IDENTIFIER, PERSON
from search.lookups import identifier_key, is_id_in_address, name_keys
from search.model.addresses import list_addresses, own_addresses, plain_address, without_query
from search.model.document import Document
from search.query_language.foreign_syntax import DASHES
from search.query_language.matching import HasValue, Match

_MOST_TYPES = 50
"""Types that questions may name; an archive with more has no types but titles."""
_MOST_QUOTED = 3
"""Quoted parts of a query that are looked up as ids."""
_MOST_AT_ADDRESS = 50
"""The most documents compared for one address: those that name it, and those with addresses that differ only in marks."""
_MOST_OF_A_PERSON = 10
"""Documents of a person in which the full name is looked for."""
_ADDRESS = re.compile(r"(?:https?://|\bwww\.)[^\s<>\"]{4,}|^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/[^\s<>\"]+$", re.IGNORECASE)
_PATH = re.compile(r"/[\w.~%'’-]+(?:/[\w.~%'’-]+)*/?|(?=\D*\d|[^-]*-)[\w~%'’-]+(?:/[\w.~%'’-]+)+/?")
"""An address without its host, as in "node/5989", but no "and/or"."""
_DOI = re.compile(r"(?:doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_QUOTED = re.compile(r'(?<![-!])"([^"]+)"')
_EXCLUDED = re.compile(rf'[-!{DASHES}]+["\w]')
_UNIT = r"(?:(?:box|folder|file|series|item|piece|page|reel|volume|vol|bay|fol|p)s?\b\.? ?)"
_PART = re.compile(rf"(?:\s*[/,;:]\s*{_UNIT}?|\s+(?:{_UNIT}|(?=\S*\d)))[\w.-]+$", re.IGNORECASE)
"""The last part of a call number, as in "/312", ", item 312" and " box 3"."""
_CALL_NUMBER = re.compile(r"(?=.*\d)(?=.*[^\W\d]).{2,60}")
"""What may be a call number: it has letters and digits."""
_MOST_PARTS = 4
"""Parts of a call number that are taken away, the last first: of a series, a box, a folder and an item."""
_OWN_PATH = re.compile(r"^/?documents/")
_BOOK_NUMBER = re.compile(r"^is[bs]n(?:-1[03])?:?\s*(?=\d)", re.IGNORECASE)


def find_named_items(text: str, engine: Engine) -> tuple[Match, ...]:
    """Return matches of the documents with the id, call number or address that was typed; () if there are none.

    Ids are looked up for the whole text and for its quoted parts; of web addresses the first one. What is excluded is not named.
    """
    whole = "" if _EXCLUDED.match(text) else text.strip('"')
    if (letters := whole.replace(" ", "")).isalpha():  # most questions; there is no address, and nothing else is quoted
        key = identifier_key(letters)
        return (HasValue(IDENTIFIER, (key,)),) if engine.has_value(IDENTIFIER, key) else ()
    quoted = _QUOTED.findall(text)[:_MOST_QUOTED] if '"' in text else ()
    typed = (whole, _BOOK_NUMBER.sub("", whole), _OWN_PATH.sub("", whole), *quoted)
    keys = dict.fromkeys(filter(None, map(identifier_key, dict.fromkeys(typed))))
    held = [key for key in keys if engine.has_value(IDENTIFIER, key)] or _find_whole_number(whole, engine)
    if address := find_address(text):
        document = document_at(address, engine)
        held += [identifier_key(document.id)] if document is not None else _find_id_in_address(address, engine)
    return (HasValue(IDENTIFIER, tuple(dict.fromkeys(held))),) if held else ()


def _find_id_in_address(address: str, engine: Engine) -> list[str]:
    """Return the id that the last part of an address without a document names: ".../obj-234748811" without more."""
    last = without_query(plain_address(address)).rpartition("/")[2]
    key = identifier_key(last) if is_id_in_address(last) else ""
    return [key] if key and engine.has_value(IDENTIFIER, key) else []


def _find_whole_number(text: str, engine: Engine) -> list[str]:
    """Return the call number of which a text names a part: "MS 1540/15/312" and "MS 1540, box 3" are of MS 1540."""
    whole = text
    for _ in range(_MOST_PARTS if _CALL_NUMBER.fullmatch(text) else 0):
        whole, found = _PART.sub("", whole), whole
        if whole == found or not _CALL_NUMBER.fullmatch(whole):
            return []
        if engine.has_value(IDENTIFIER, key := identifier_key(whole)):
            return [key]
    return []


def make_list_of_types(config: Config, engine: Engine) -> Callable[[], tuple[str, ...]]:
    """Return what lists the types that documents have now, for an archive whose configuration lists none."""
    types_of = lru_cache(4)(lambda generation: tuple(value for value, _ in engine.keyword_counts("type", "", _MOST_TYPES)))
    return lambda: () if config.types else types_of(engine.current().id)


def find_full_names(keys: Sequence[str], engine: Engine) -> tuple[str, ...]:
    """Return the names of the people who can be looked up by one of these keys, as the documents have them, each once."""
    found = engine.find(Request(HasValue(PERSON, tuple(keys)), sort="newest", limit=_MOST_OF_A_PERSON)).hits
    names = (person.name for document, _ in found for person in document.people if not set(keys).isdisjoint(name_keys(person)))
    return tuple(dict.fromkeys(names))


def find_address(text: str) -> str:
    """Return the first web address in a text, that of a DOI too; "" if there is none."""
    if "/" not in text and "www." not in text.lower():
        return ""
    if doi := _DOI.fullmatch(text):
        return f"https://doi.org/{doi[1]}"
    if _PATH.fullmatch(text):
        return f"/{text.strip('/')}"
    found = _ADDRESS.search(text)
    return found.group().rstrip(".,;:!?)]}'’”»") if found else ""


def document_at(url: str, engine: Engine) -> Document | None:
    """Return the document an address leads to: it was there, or else names the address as a file or a source."""
    wanted = plain_address(url)
    for address in dict.fromkeys((wanted, without_query(wanted))):
        match = HasValue(ADDRESS, (address,))
        found = engine.find(Request(match, limit=_MOST_AT_ADDRESS)).hits if address else ()
        for addresses in (own_addresses, list_addresses):
            for document, _ in found:
                if address in addresses(document):
                    return document
    return None
