"""Offer the person or topic whose name was typed as a search."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from search.engines.contract import Engine, Request, count_matching
from search.fields import PERSON, Fields
from search.lookups import name_keys
from search.model.query import Query
from search.model.results import WayOut
from search.query_language.matching import Everything, HasValue
from search.query_language.question import Question
from search.query_language.tree import FieldValue, Phrase, Word, format_tree
from search.text.analysis import fold_value

_FEWEST_LETTERS = 3


def offers(question: Question, fields: Fields, engine: Engine) -> tuple[WayOut, ...]:
    """Return searches for the person and the topic whose name is the whole query; each finds something."""
    typed = " ".join(question.words) if question.is_plain else _typed_name(question)
    key = fold_value(typed)
    if len(key) < _FEWEST_LETTERS:
        return ()
    is_topic = key in fields.keyword["topic"].names
    return (*_people(key, engine), *(_topics(typed, fields, engine) if is_topic else ()))


def _typed_name(question: Question) -> str:
    """Return what may be a name: all words that are asked for; "" if anything else is."""
    clauses = question.word_clauses
    if not all(isinstance(part, (Word, Phrase)) for clause in clauses for part in clause.parts):
        return ""
    return " ".join([clause.text for clause in clauses]).strip(' "?!.')


def _people(key: str, engine: Engine) -> Iterator[WayOut]:
    if not engine.has_value(PERSON, key):
        return
    found = engine.find(Request(HasValue(PERSON, (key,)), sort="newest", limit=1))
    names = (person.name for document, _ in found.hits for person in document.people if key in name_keys(person))
    for name in islice(names, 1):
        whole = count_matching(engine, HasValue(PERSON, (fold_value(name),)))
        yield WayOut("person", name, Query(format_tree(FieldValue("people", name))), whole)


def _topics(typed: str, fields: Fields, engine: Engine) -> Iterator[WayOut]:
    topics = fields.keyword["topic"]
    value = topics.value_shown_as(typed)
    if fold_value(value) not in topics.labels:
        return
    chosen = Query().with_selection("topic", [value])
    if total := engine.find(Request(Everything(), chosen.selections, limit=0)).total:
        yield WayOut("topic", topics.value_label(value), chosen, total)
