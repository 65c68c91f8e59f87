"""Names under which a document is looked up whole: its ids and call numbers, and the names of its people.

They are no words: prefixes, spelling and completions never see them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from search.model.document import Document

_SEPARATORS = re.compile(r"[\s_\-‐‑‒–—−]+")
_LONGEST_CALL_NUMBER = 60
_PERSON_WORD = re.compile(r"[^\W\d_]+(?:['’‘ʼ-][^\W\d_]+)*")


def identifier_key(text: str) -> str:
    """Return the form in which two spellings of an id are the same: folded for case, spaces and dashes."""
    return "id " + _SEPARATORS.sub("", unicodedata.normalize("NFKC", text).casefold())


def person_key(words: Iterable[str]) -> str:
    """Return the form in which a person's name, or the initials and the family name, is looked up."""
    return "person " + " ".join(words)


def identifier_keys(document: Document) -> Iterator[str]:
    """Yield the keys of the id, of its parts and of what looks like a call number among the archive's own fields."""
    yield identifier_key(document.id)
    for _, values in document.extra:
        for value in values:
            if len(value) <= _LONGEST_CALL_NUMBER and any(char.isdigit() for char in value):
                yield identifier_key(value)


def name_words(name: str) -> list[str]:
    """Return the words of a person's name in lower case, the family name last also where it is written first ("Hake, D.")."""
    family, comma, given = name.partition(",")
    ordered = f"{given} {family}" if comma else name
    return [re.sub(r"['’‘ʼ-]", "", word).casefold() for word in _PERSON_WORD.findall(ordered)]


def person_keys(name: str) -> Iterator[str]:
    """Yield the keys of a person's name: whole, the family name, and the family name behind one or all initials."""
    words = name_words(name)
    if not words:
        return
    *given, family = words
    yield person_key(words)
    yield person_key([family])
    if given:
        yield person_key([given[0][0], family])
        yield person_key(["".join(word[0] for word in given), family])
        yield person_key([given[0], family])


def lookup_keys(document: Document) -> tuple[str, ...]:
    """Return all keys of a document, each once."""
    people = (key for person in document.people for key in person_keys(person.name))
    return tuple(dict.fromkeys((*identifier_keys(document), *people)))
