"""What a document can be looked up by besides its words: addresses, ids, names of people, acronyms it defines.

These are the values of hidden keyword fields: nobody sees them, they are no facets and no words, and they are kept in the
folded form in which they are looked up.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from search.model.addresses import list_addresses, own_addresses
from search.model.document import Document, Person
from search.text.acronyms import read_acronyms, read_capitalised_runs, read_title_initials
from search.text.analysis import Analyzer, fold_value

_SPACES_AND_DASHES = re.compile("[\\s_\\-\u00ad\u2010-\u2015\u2212]+")
_LONGEST_NUMBER = 80
"""Characters of a value of an own field that can be a call number."""
_FEWEST_IN_ADDRESS, _FEWEST_DIGITS = 5, 3
"""Characters and digits of a part of an address that can be an id."""
_DATE_IN_ADDRESS = re.compile(r"\d{4}[-_.]?\d{2}(?:[-_.]?\d{2})?")
_BOOK_NUMBER = re.compile(r"\bIS[BS]N(?:-1[03])?:?\s*(\d[\d\s-]{6,16}[\dXx])\b")
_SUFFIX = re.compile(r"^(?:jr|sr|junior|senior|ii|iii|iv|esq|phd|md|dr)$")
_PARTICLE = re.compile(r"^(?:van|von|der|den|de|del|della|di|da|du|la|le|ten|ter|zu|zur|al|el|bin|ibn)$")
INITIALS = "initials-"
"""Before a key of `acronym_keys` that no document defines."""
_MOST_NAMES = 5
"""Words of the name of a person; longer ones are those of bodies."""


def identifier_key(text: str) -> str:
    """Return the form in which ids and call numbers are looked up: "MS 6938", "ms-6938" and "MS6938" are one."""
    joined = text if text.isalnum() else _SPACES_AND_DASHES.sub("", text)
    return fold_value(joined) if joined else ""


def address_keys(document: Document) -> tuple[str, ...]:
    """Return the addresses that lead to the document."""
    return tuple(dict.fromkeys(map(fold_value, list_addresses(document))))


def identifier_keys(document: Document) -> tuple[str, ...]:
    """Return its id, earlier ids, the values of own fields that can be call numbers, the ISBNs in its notes, and the parts of
    its addresses that look like ids."""
    numbers = (value for _, values in document.extra for value in values if _is_number(value))
    books = (found[1] for note in document.notes for found in _BOOK_NUMBER.finditer(note))
    named = (document.id, *document.aliases, *numbers, *books, *_address_parts(document))
    return tuple(dict.fromkeys(filter(None, map(identifier_key, named))))


def _address_parts(document: Document) -> list[str]:
    """Return the parts of the paths of its own addresses that look like ids, as "nla.obj-243253818"."""
    if not (document.url or document.aliases):
        return []
    paths = (address.partition("?")[0] for address in own_addresses(document) if address.startswith("/"))
    return [part for path in paths for part in path.split("/") if is_id_in_address(part)]


def is_id_in_address(part: str) -> bool:
    """Return whether a part of an address looks like an id: enough digits, and no date."""
    if not _FEWEST_IN_ADDRESS <= len(part) <= _LONGEST_NUMBER or _DATE_IN_ADDRESS.fullmatch(part):
        return False
    return sum(map(str.isdigit, part)) >= _FEWEST_DIGITS


def _is_number(value: str) -> bool:
    """Whether the value can be a call number; a year is none."""
    return len(value) <= _LONGEST_NUMBER and any(map(str.isdigit, value)) and not re.fullmatch(r"\d{1,4}", value)


def own_word_key(field: str, stem: str) -> str:
    """Return the form in which a word of a field of the archive's own is looked up: "note-walrus"."""
    return fold_value(f"{field} {stem}")


def own_word_keys(document: Document, names: Collection[str], analyzer: Analyzer) -> tuple[str, ...]:
    """Return the words of the own fields of these names, each in the form in which it is looked up."""
    stated = ((name, value) for name, values in document.extra if name in names for value in values)
    found = ((name, analyzer.stem(word)) for name, value in stated for word in analyzer.words(value))
    return tuple(own_word_key(name, stem) for name, stem in dict.fromkeys(found))


def person_keys(document: Document) -> tuple[str, ...]:
    """Return the forms in which the document's people may be typed: the whole name, with initials, the family name alone."""
    return tuple(dict.fromkeys(key for person in document.people for key in name_keys(person)))


def name_keys(person: Person) -> tuple[str, ...]:
    """Return the folded forms of a name: "karl-frederick-rauscher", "karl-rauscher", "k-rauscher", "k-f-rauscher", "rauscher"."""
    whole = fold_value(person.name)
    family, given = _family_and_given(person)
    if not family:
        return (whole,) if whole else ()
    initials = [name[0] for name in given]
    forms = [[*given, family], [*given[:1], family], [*initials[:1], family], [*initials, family], ["".join(initials), family]]
    plain = family.split("-")
    short = [family.partition("-")[2]] if len(plain) > 1 and _PARTICLE.match(plain[0]) else []
    return tuple(dict.fromkeys((whole, *("-".join(filter(None, form)) for form in forms), family, *short)))


def _family_and_given(person: Person) -> tuple[str, list[str]]:
    """Return the family name and the given names, folded; no family name for a body."""
    if person.is_body:
        return "", []
    if person.family:
        return fold_value(f"{person.particle} {person.family}"), fold_value(person.given).split("-") if person.given else []
    before, comma, after = person.name.partition(",")
    if comma and not _SUFFIX.match(fold_value(after)):
        return fold_value(before), _names(after)
    names = _names(before)
    if not 2 <= len(names) <= _MOST_NAMES or not all(map(_is_name, re.split(r"[\s.]+", before.strip(" .")))):
        return "", []
    start = next((at for at in range(1, len(names) - 1) if _PARTICLE.match(names[at])), len(names) - 1)
    return "-".join(names[start:]), names[:start]


def _names(text: str) -> list[str]:
    names = [name for name in fold_value(text).split("-") if name]
    while len(names) > 1 and _SUFFIX.match(names[-1]):
        names.pop()
    return names


def _is_name(word: str) -> bool:
    """Whether the word can be of a person's name: "of" and "for" are words of bodies."""
    return word[:1] != word[:1].lower() or _PARTICLE.match(word.casefold()) is not None or not word.isascii()


def acronym_keys(document: Document) -> tuple[str, ...]:
    """Return the acronyms the document defines ("iot-internet-of-things"), and the initials of its runs of capitalised words.

    The latter come after `INITIALS`, as in "initials-iot-internet-of-things"; those of its title are among them, but for names of
    its people.
    """
    texts = document.main_texts
    defined = (acronym for text in texts if "(" in text for acronym in read_acronyms(text))
    runs = (acronym for text in texts[1:] for acronym in read_capitalised_runs(text))
    titled = [acronym for acronym in read_title_initials(document.title) if not _is_person(acronym.long_form, document)]
    keys = [fold_value(f"{acronym.letters} {acronym.long_form}") for acronym in defined]
    keys += (fold_value(f"{INITIALS}{acronym.letters} {acronym.long_form}") for acronym in (*runs, *titled))
    return tuple(dict.fromkeys(keys))


def _is_person(words: str, document: Document) -> bool:
    """Whether words end with the family name of a person of the document, as in "Sir Robert Gordon Menzies"."""
    last = fold_value(words.rsplit(maxsplit=1)[-1])
    return any(not person.is_body and last in name_keys(person) for person in document.people)
