"""The query tree: the parts of a query, and how they are written and described.

`parser` makes the tree; `format_tree` is its inverse; `describe` says in words what a part was taken to mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from search.model.dates import edtf_year, parse_edtf
from search.model.days import year_label
from search.model.sentences import date_in_words, join_parts, sentence

_AROUND_WORDS = "¿?¡!.,;:…"
"""What may be typed around a word and is no part of it."""


class _Node(Struct, frozen=True, gc=False, array_like=True):
    """A node of the tree. Each kind has a tag, its first value as data (`search.choices` keeps trees so)."""


class Word(_Node, frozen=True, tag=1):
    """A piece typed without a space. It can hold several words, which are then looked for side by side ("12/22/2011")."""

    text: str


class Phrase(_Node, frozen=True, tag=2):
    """Words in quotation marks: exactly these, in this order."""

    text: str


class Prefix(_Node, frozen=True, tag=3):
    """Words that begin with these letters."""

    text: str


class InTitle(_Node, frozen=True, tag=4):
    """A word, phrase or prefix looked for in titles alone."""

    item: Word | Phrase | Prefix


class FieldValue(_Node, frozen=True, tag=5):
    """A value of a keyword field, as in type:commentary."""

    field: str
    value: str


class YearRange(_Node, frozen=True, tag=6):
    """Years from `first` to `last`, both included; None is open."""

    first: int | None
    last: int | None


class Identifier(_Node, frozen=True, tag=7):
    """The id or call number of a document."""

    text: str


class Cited(_Node, frozen=True, tag=8):
    """A pasted citation, and the title and year of the work it names, 0 for none. A web address names one too."""

    text: str
    title: str
    year: int


class Understood(_Node, frozen=True, tag=9):
    """Words that were understood as a filter, as in "spring 2013": as typed, what they mean, and what must hold."""

    text: str
    meaning: str
    filters: tuple[FieldValue | DayRange | Either | Not, ...]

    @property
    def is_exclusion(self) -> bool:
        """Whether they exclude something, as in "without spying"."""
        return any(isinstance(each, Not) for each in self.filters)

    @property
    def is_bound(self) -> bool:
        """Whether they bound a date on one side, as in "before 2014": without it results may be the opposite."""
        return any(isinstance(each, DayRange) and (each.first is None or each.last is None) for each in self.filters)


class DayRange(_Node, frozen=True, tag=10):
    """Days from `first` to `last` (numbers as in `search.model.days`), both included; None is open."""

    first: int | None
    last: int | None
    words: str = ""


class Passage(_Node, frozen=True, tag=11):
    """Running text: any of its words, no operators."""

    text: str


Plain = Passage | Word | Phrase | Prefix | InTitle | FieldValue | YearRange | DayRange | Identifier | Understood | Cited


class Group(_Node, frozen=True, tag=12):
    """What brackets hold together inside an alternative or an exclusion: all of the parts. Has two parts or an alternative."""

    parts: tuple[Item | Either, ...]


class Not(_Node, frozen=True, tag=13):
    """A part that no result may match."""

    item: Plain | Group


Item = Plain | Group | Not


class Either(_Node, frozen=True, tag=14):
    """Alternatives, of which one must match."""

    items: tuple[Item, ...]


Part = Item | Either


class All(_Node, frozen=True, tag=15):
    """A query; every part must match."""

    parts: tuple[Part, ...] = ()


Tree = All | Passage


def format_tree(tree: Tree | Part) -> str:
    """Return the tree as a query that can be typed."""
    if isinstance(tree, (Word, Understood, Cited, Passage)):
        return tree.text
    match tree:
        case All(parts):
            return " ".join(map(format_tree, parts))
        case Phrase(text):
            return f'"{text}"'
        case Prefix(text):
            return f"{text}*"
        case InTitle(item):
            return f"title:{format_tree(item)}"
        case FieldValue(field, value):
            return f"{field}:{_quote_if_spaced(value)}"
        case Identifier(text):
            return f"id:{_quote_if_spaced(text)}"
        case YearRange(first, last):
            return f"year:{first}" if first == last else f"year:{_number(first)}..{_number(last)}"
        case DayRange(words=words):
            return words
        case Not(item):
            return f"-{format_tree(item)}"
        case Group(parts):
            return f"({' '.join(map(format_tree, parts))})"
        case Either(items):
            return " OR ".join(map(format_tree, items))


def _number(year: int | None) -> str:
    return "" if year is None else str(year)


def _quote_if_spaced(value: str) -> str:
    return f'"{value}"' if re.search(r"[\s()]|^[-!]", value) else value


def describe(part: Part, label: Callable[[str, str], str] = lambda field, value: value) -> str:
    """Return the meaning of a part of the query in words. `label` returns the label of a field's value."""
    match part:
        case Passage(text):
            return text
        case Word(text):
            if (word := text.strip(_AROUND_WORDS)).isalnum():
                return sentence("the word %(word)s", word=word)
            return sentence("%(words)s, its words side by side", words=text)
        case Phrase(text):
            return sentence("exactly “%(words)s”", words=text)
        case Prefix(text):
            return sentence("words that begin with %(letters)s", letters=text)
        case InTitle(item):
            return sentence("%(words)s, in the title", words=describe(item))
        case FieldValue(field, value):
            return _describe_value(field, "" if value.lower() == "none" else label(field, value))
        case Identifier(text):
            return sentence("the document with the id %(id)s", id=text)
        case YearRange(first, last):
            if first == last:
                return sentence("the year %(year)s", year=_year(first or 0))
            if first is None:
                return sentence("%(date)s or earlier", date=_year(last or 0))
            if last is None:
                return sentence("%(date)s or later", date=_year(first))
            return sentence("the years %(first)s to %(last)s", first=_year(first), last=_year(last))
        case DayRange(words=words):
            return words
        case Cited(_, title, year):
            work = sentence("the work cited: “%(title)s”", title=title)
            return sentence("%(work)s, %(year)s", work=work, year=_year(year)) if year else work
        case Understood(_, meaning):
            return meaning
        case Not(item):
            return sentence("without %(what)s", what=describe(item, label))
        case Group(parts):
            return sentence("(%(what)s)", what=join_parts("%(one)s and %(other)s", [describe(each, label) for each in parts]))
        case Either(items):
            return join_parts("%(one)s or %(other)s", [describe(item, label) for item in items])


def _year(year: int) -> str:
    return date_in_words(parse_edtf(edtf_year(year)), "en") if -9999 <= year < 0 else year_label(year)


def _describe_value(field: str, value: str) -> str:
    """Return the words for a value of a field, "" for a value that is not stated. Fields of an archive's own keep their names."""
    match field:
        case "type":
            return sentence("type %(value)s", value=value) if value else sentence("no type stated")
        case "topic":
            return sentence("topic %(value)s", value=value) if value else sentence("no topic stated")
        case "people":
            return sentence("people %(value)s", value=value) if value else sentence("no people stated")
        case _:
            return (
                sentence("%(what)s: %(query)s", what=field, query=value)
                if value
                else sentence("no %(field)s stated", field=field)
            )
