"""The fields of a document as an index sees them, declared once: what is counted, what is searched, what it weighs.

A keyword field (a facet) has values; a value may have a parent, and a document that has the value counts for the parent
too. The searched text of a document is a list of `Chunk`s: phrases never run from one chunk into the next.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from search.config.settings import Config
from search.model.addresses import known_addresses
from search.model.dates import display_date, written_forms
from search.model.days import year_label
from search.model.document import Document
from search.model.query import NOT_STATED
from search.text.analysis import fold, fold_value

_TITLE_STATUS = {"published": "As published", "filled": "Filled in from other sources", "not-preserved": "Not preserved"}
SCHEMA_VERSION = 6
"""Raised when an index built by an earlier program can no longer be read by this one."""
ADDRESS = "_address"
"""A keyword field of the addresses that lead to a document: looked up, never shown, counted or typed. No archive can have
a field of this name, and its values are kept as they are looked up."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One stretch of searched text: the field it comes from, its words, and how many times each counts."""

    field: str
    text: str
    weight: int = 1


@dataclass(frozen=True)
class KeywordField:
    """A facet: its name in URLs, its label, the label of each known value and the parent of each child, by folded value."""

    name: str
    label: str
    labels: Mapping[str, str]
    parents: Mapping[str, str]
    spellings: Mapping[str, str]
    searched: bool = True

    def value_label(self, value: str) -> str:
        if value == NOT_STATED:
            return "Undated" if self.name == "year" else "Not stated"
        if self.name == "year" and value.startswith("-"):
            return year_label(int(value)) if value[1:].isdigit() else value
        return self.labels.get(fold_value(value), value)

    @cached_property
    def described(self) -> Callable[[str], tuple[str, str]]:
        """Label and parent of a value; a page asks for the same few dozen each time."""
        return lru_cache(maxsize=4096)(lambda value: (self.value_label(value), self.parent(value)))

    def canonical(self, value: str) -> str:
        """The spelling the configuration uses for this value, else the value itself."""
        return self.spellings.get(fold_value(value), value)

    def named(self, text: str) -> str:
        """The value that is shown as this text; the text itself where none is."""
        return self._by_label.get(fold_value(text), text)

    @cached_property
    def _by_label(self) -> Mapping[str, str]:
        """Values by folded label. What is a value itself means that value, whatever else is labelled so."""
        shown = {fold_value(label): self.canonical(value) for value, label in self.labels.items()}
        return {label: value for label, value in shown.items() if label not in self.spellings}

    def parent(self, value: str) -> str:
        return self.parents.get(fold_value(value), "")

    def stated(self, document: Document) -> tuple[str, ...]:
        """The values the document itself states, in its order."""
        if self.name == "type":
            return (document.type,) if document.type else ()
        if self.name == "topic":
            return document.topics
        if self.name == "title_status":
            return (document.title_status if document.title else "not_preserved",)
        if self.name == "year":
            return tuple(map(str, document.date.years)) if document.date else ()
        if self.name == ADDRESS:
            return tuple(dict.fromkeys(map(fold_value, known_addresses(document))))
        return document.values(self.name)

    def counted(self, document: Document) -> tuple[str, ...]:
        """The values the document counts for: those stated and their parents, or `none`."""
        if self.name == ADDRESS:
            return self.stated(document)
        stated = tuple(self.canonical(value) for value in self.stated(document))
        parents = tuple(parent for value in stated if (parent := self.parent(value)))
        return tuple(dict.fromkeys((*stated, *parents))) or (NOT_STATED,)


class Fields:
    """The keyword fields of one archive in the order shown, and the text it searches."""

    def __init__(self, config: Config) -> None:
        self.config = config
        known = {
            "type": _types(config),
            "topic": _topics(config),
            "year": KeywordField("year", "Year", {}, {}, {}, searched=False),
        }
        known["title_status"] = KeywordField("title_status", "Title", _TITLE_STATUS, {}, {}, searched=False)
        known[ADDRESS] = KeywordField(ADDRESS, "Address", {}, {}, {}, searched=False)
        for name in config.own_facets:
            own = config.fields[name]
            known[name] = KeywordField(name, own.label, {}, {}, {}, own.searched)
        self.keyword: dict[str, KeywordField] = {name: known[name] for name in dict.fromkeys((*config.facet_fields, *known))}
        self.facets: tuple[KeywordField, ...] = tuple(known[name] for name in config.facet_fields)

    def chunks(self, document: Document) -> list[Chunk]:
        """All text of the document that is searched, the title first. What we made up ourselves is never in it."""
        weights = self.config.ranking.weights
        named: list[tuple[str, str]] = [("title", document.title), ("subtitle", document.subtitle)]
        named += (("other_titles", title) for title in document.other_titles)
        named.append(("summary", document.summary))
        for section in document.sections:
            named += (("text", section.heading), ("text", section.text))
        named += (("people", person.name) for person in document.people)
        named += (("event", document.event), ("venue", document.venue), ("place", document.place))
        named += (("date", form) for form in written_forms(document.date, self.config.language))
        for name, own in self.config.fields.items():
            if own.searched and not own.facet:
                named += ((name, value) for value in document.values(name))
        for field in self.keyword.values():
            if field.searched:
                named += ((field.name, field.value_label(value)) for value in field.stated(document))
        return [Chunk(name, text, weights.get(name, 1)) for name, text in named if text]


def title_key(document: Document) -> tuple[int, str]:
    """What sorting by title compares: letters and digits folded; documents without a title come last."""
    key = " ".join(re.findall(r"\w+", fold(document.title)))
    return (0, key) if key else (1, "")


def _types(config: Config) -> KeywordField:
    groups = [kind for kind in config.types if kind.children]
    labels = {fold_value(kind.value): kind.label or kind.value for kind in config.types}
    parents = {fold_value(child): group.value for group in groups for child in group.children}
    spellings = {fold_value(value): value for kind in config.types for value in (kind.value, *kind.children)}
    return KeywordField("type", "Content type", labels, parents, spellings)


def _topics(config: Config) -> KeywordField:
    labels = {fold_value(key): topic.label for key, topic in config.topics.items()}
    parents = {fold_value(key): topic.parent for key, topic in config.topics.items() if topic.parent}
    spellings = {fold_value(key): key for key in config.topics}
    return KeywordField("topic", "Topic", labels, parents, spellings)


def display_title(document: Document, language: str, fields: Fields) -> str:
    """The title shown. Where none was preserved it says so: "Untitled commentary, 22 December 2011". Never indexed."""
    if document.title:
        return document.title
    kind = fields.keyword["type"].value_label(document.type) if document.type else "item"
    kind = kind if kind.isupper() else kind[:1].lower() + kind[1:]
    when = display_date(document.date, language)
    return f"Untitled {kind}" + (f", {when}" if when else "")
