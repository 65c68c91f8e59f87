"""The fields of an index: which are counted, which are looked up, which are searched, and their boosts.

A keyword field has values; most are facets. A value may have a parent, and a document that has the value counts for the
parent too. Hidden keyword fields are looked up only: they are never shown, counted or typed. The searched text of a document
is a list of `Chunk`s: phrases never run from one chunk into the next. The document's own fields are declared in
`search.model.document_fields`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from search.config.settings import Config, OwnField
from search.lookups import acronym_keys, address_keys, identifier_keys, own_word_keys, person_keys
from search.model.dates import date_search_texts, display_date
from search.model.days import century_label, decade_label, year_label
from search.model.document import Document
from search.model.document_fields import list_searched_texts, list_short_texts
from search.model.query import NOT_STATED
from search.text.analysis import Analyzer, fold, fold_value
from search.text.language_codes import base_code

_ACCESS = {"full-text": "Full text", "summary": "Summary", "title-only": "Title only"}
_TITLE_STATUS = {"published": "As published", "filled": "Filled in from other sources", "not-preserved": "Not preserved"}
SCHEMA_VERSION = 14
"""Raised when an index built by an earlier program can no longer be read by this one."""
ADDRESS, IDENTIFIER, PERSON, ACRONYM, OWN_WORD = "_address", "_identifier", "_person", "_acronym", "_own_word"
"""The hidden keyword fields, see `search.lookups`. No archive can have a field of such a name."""
CHUNK_GAP = 100
"""Positions left free between chunks; more than any distance within which words count as neighbours."""
LONGEST_VALUE = 200
"""Characters of a value that is counted; longer values are cut there, as addresses of pages hold no more."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One stretch of searched text: the field it comes from, its words, and how many times each counts."""

    field: str
    text: str
    weight: int = 1


ValuesOf = Callable[[Document], tuple[str, ...]]
"""A function that returns the values a document states."""


@dataclass(frozen=True)
class KeywordField:
    """A field of values: its name in URLs, its label, and by folded value the labels, parents and spellings known.

    `values_of` gives the values that a document states, in its order. The words of a `searched` field are searched. Periods
    are years, decades and centuries, which are sorted by time. `other_labels` are labels in other languages, folded, with those
    in the archive's own; they mean nothing where documents state a value of that spelling.
    """

    name: str
    label: str
    values_of: ValuesOf
    labels: Mapping[str, str] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)
    spellings: Mapping[str, str] = field(default_factory=dict)
    searched: bool = True
    is_period: bool = False
    other_labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_hidden(self) -> bool:
        """Whether the field is only looked up."""
        return self.name.startswith("_")

    def value_label(self, value: str) -> str:
        """Return the value as people read it."""
        if value == NOT_STATED:
            return "Undated" if self.is_period else "Not stated"
        if self.name == "year" and re.fullmatch(r"-?\d+", value):
            return year_label(int(value))
        return self.labels.get(fold_value(value), value)

    @cached_property
    def label_and_parent(self) -> Callable[[str], tuple[str, str]]:
        """A cached lookup of the label and parent of a value; every page needs the same few dozen."""
        return lru_cache(maxsize=4096)(lambda value: (self.value_label(value), self.parent(value)))

    def canonical(self, value: str) -> str:
        """Return the spelling the configuration uses for this value, else the value itself."""
        return self.spellings.get(fold_value(value), value)

    def value_shown_as(self, text: str) -> str:
        """Return the value that is shown as this text, in whatever language; the text itself where none is."""
        label = self.other_labels.get(fold_value(text), text)
        return self._by_label.get(fold_value(label), self.canonical(label))

    @cached_property
    def names(self) -> frozenset[str]:
        """All values and labels that the configuration knows, folded."""
        return frozenset((*self.labels, *self.spellings, *self.other_labels, *self._by_label))

    @cached_property
    def _by_label(self) -> Mapping[str, str]:
        """Values by folded label. A text that is itself a value means that value, even if it is also a label."""
        shown = {fold_value(label): self.canonical(value) for value, label in self.labels.items()}
        return {label: value for label, value in shown.items() if label not in self.spellings}

    def parent(self, value: str) -> str:
        """Return the parent of the value, "" where it has none."""
        return self.parents.get(fold_value(value), "")

    def counted_values(self, document: Document) -> tuple[str, ...]:
        """Return the values the document counts for: those stated and their parents, or `none`."""
        if self.is_hidden:
            return self.values_of(document)
        stated = tuple(self.canonical(_shorten(value)) for value in self.values_of(document))
        parents = tuple(parent for value in stated if (parent := self.parent(value)))
        return tuple(dict.fromkeys((*stated, *parents))) or (NOT_STATED,)


@lru_cache(maxsize=4096)
def period_number(value: str) -> int:
    """Return a number by which years, decades and centuries are sorted; 0 for other text. Cached, as each page needs the same."""
    if value.isdecimal():
        return int(value)
    match = re.match(r"-?\d+", value)
    return 0 if match is None else -int(match[0]) - 1 if value.endswith("BC") else int(match[0])


def _shorten(value: str) -> str:
    return value if len(value) <= LONGEST_VALUE else f"{value[: LONGEST_VALUE - 1].rstrip()}…"


class Fields:
    """The keyword fields of one archive in the order shown, the text it searches, and the analyzer of its words."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.analyzer = Analyzer(config.language, config.stop_words)
        kinds = (_types(config), _topics(config), _people(config))
        known = {field.name: field for field in (*kinds, *_ALWAYS_KNOWN, *_HIDDEN, _own_words(config, self.analyzer))}
        known |= {name: _own_field(name, config.fields[name]) for name in config.own_facets}
        known = {name: replace(field, other_labels=_other_labels(config, field)) for name, field in known.items()}
        self.keyword: dict[str, KeywordField] = {name: known[name] for name in dict.fromkeys((*config.facet_fields, *known))}
        self.facets: tuple[KeywordField, ...] = tuple(known[name] for name in config.facet_fields)

    def chunks(self, document: Document) -> list[Chunk]:
        """Return all searched text of the document, the title first. Generated titles are not in it."""
        weights = self.config.ranking.weights
        named = (*list_searched_texts(document), *self._list_stated_texts(document))
        return [Chunk(name, text, weights.get(name, 1)) for name, text in named if text]

    def short_texts(self, document: Document) -> list[tuple[str, str]]:
        """Return the searched texts of the document except its title, summary and text, as (field, text)."""
        return list_short_texts(document) + [named for named in self._list_stated_texts(document) if named[1]]

    def _list_stated_texts(self, document: Document) -> list[tuple[str, str]]:
        """Return the date, own fields and keywords of a document, as (field, text)."""
        texts = [("date", form) for form in date_search_texts(document.date, self.config.language)]
        if document.extra:
            texts += [(name, value) for name in self._searched_own for value in document.values(name)]
        for name, values_of, label_and_parent in self._searched_keywords:
            for value in values_of(document):
                texts.append((name, label_and_parent(value)[0]))
        return texts

    @cached_property
    def _searched_own(self) -> tuple[str, ...]:
        return tuple(name for name, own in self.config.fields.items() if own.searched and not own.facet)

    @cached_property
    def _searched_keywords(self) -> list[tuple[str, ValuesOf, Callable[[str], tuple[str, str]]]]:
        return [(field.name, field.values_of, field.label_and_parent) for field in self.keyword.values() if field.searched]


def words_and_stems(document: Document, analyzer: Analyzer, *, with_values: bool) -> set[str]:
    """Return the words that a document contains, and their stems; also those of its type and topics on request."""
    texts = [text for _, text in list_searched_texts(document)]
    texts += [value for _, values in document.extra for value in values]
    texts += [document.type, *document.topics] if with_values else []
    words = {word for text in texts for word in analyzer.words(text)}
    return words | set(map(analyzer.stem, words))


def title_key(document: Document) -> tuple[int, str]:
    """Return the key for sorting by title: folded letters and digits. Documents without a title come last."""
    key = " ".join(re.findall(r"\w+", fold(document.title)))
    return (0, key) if key else (1, "")


def _types(config: Config) -> KeywordField:
    groups = [kind for kind in config.types if kind.children]
    labels = {fold_value(kind.value): kind.label or kind.value for kind in config.types}
    parents = {fold_value(child): group.value for group in groups for child in group.children}
    spellings = {fold_value(value): value for kind in config.types for value in (kind.value, *kind.children)}
    return KeywordField(
        "type", "Content type", lambda document: (document.type,)[: bool(document.type)], labels, parents, spellings
    )


def _topics(config: Config) -> KeywordField:
    labels = {fold_value(key): topic.label for key, topic in config.topics.items()}
    parents = {fold_value(key): topic.parent for key, topic in config.topics.items() if topic.parent}
    spellings = {fold_value(key): key for key in config.topics}
    return KeywordField("topic", "Topic", lambda document: document.topics, labels, parents, spellings)


def _people(config: Config) -> KeywordField:
    """Return the field of people. Known spellings of a person count as the one that is shown."""
    known = config.people.items()
    spellings = {fold_value(name): person.label for slug, person in known for name in (slug, *person.also, person.label)}
    return KeywordField("people", "People", _names, spellings=spellings, searched=False)


def _other_labels(config: Config, field: KeywordField) -> Mapping[str, str]:
    """Return the labels in other languages of a field, with those of its configured values before all others.

    A text that is itself a value or label of the field means that, and names of people are not translated.
    """
    if field.name == "people":
        return {}
    known = {*map(fold_value, field.labels.values()), *field.spellings}
    pairs = [pair for labels in config.labels.values() for pair in labels.items()]
    pairs.sort(key=lambda pair: fold_value(pair[0]) in known)  # the last one counts
    return {folded: label for label, other in pairs if (folded := fold_value(other)) not in known}


def _names(document: Document) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person.name for person in document.people))


def _own_field(name: str, own: OwnField) -> KeywordField:
    return KeywordField(name, own.label, lambda document: document.values(name), searched=own.searched)


def _own_words(config: Config, analyzer: Analyzer) -> KeywordField:
    """Return the words of the archive's own fields, by which they are searched under their name."""
    names = frozenset(config.searched_own_fields)
    return KeywordField(OWN_WORD, "Word", lambda document: own_word_keys(document, names, analyzer), searched=False)


def _period(name: str, label: str, of_year: Callable[[int], str]) -> KeywordField:
    """Return a field of periods; `of_year` returns the period of a year."""

    def periods_of(document: Document) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(of_year, document.date.years))) if document.date else ()

    return KeywordField(name, label, periods_of, searched=False, is_period=True)


_ALWAYS_KNOWN = (
    _period("year", "Year", str),
    _period("decade", "Decade", decade_label),
    _period("century", "Century", century_label),
    KeywordField("title_status", "Title", lambda document: (document.known_title_status,), _TITLE_STATUS, searched=False),
    KeywordField("access", "Can be read here", lambda document: (document.access,), _ACCESS, searched=False),
)
_HIDDEN = (
    KeywordField(ADDRESS, "Address", address_keys, searched=False),
    KeywordField(IDENTIFIER, "Identifier", identifier_keys, searched=False),
    KeywordField(PERSON, "Name", person_keys, searched=False),
    KeywordField(ACRONYM, "Acronym", acronym_keys, searched=False),
)


_UNTITLED = {
    "en": ("Untitled ", "", "item"),
    "de": ("", " ohne Titel", "Dokument"),
    "es": ("", " sin título", "Documento"),
    "fr": ("", " sans titre", "Document"),
}
"""What is written before and after the type of a document without a title, and in place of an unknown type, by language."""


def display_title(document: Document, language: str, fields: Fields) -> str:
    """Return the title shown. Where none was preserved it says so: "Untitled commentary, 22 December 2011". It is not indexed."""
    if document.title:
        return document.title
    code = base_code(language)
    before, after, nothing = _UNTITLED.get(code, _UNTITLED["en"])
    kind = fields.config.label_in(fields.keyword["type"].value_label(document.type), code) if document.type else nothing
    if before and not kind.isupper():
        kind = kind[:1].lower() + kind[1:]
    when = display_date(document.date, language)
    return f"{before}{kind}{after}" + (f", {when}" if when else "")
