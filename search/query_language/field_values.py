"""Match a value typed after a field's name: `type:report`, `author:Lee`, `medium:oil`."""

from __future__ import annotations

from search.fields import OWN_WORD, PERSON
from search.lookups import own_word_key
from search.model.query import NOT_STATED
from search.query_language.matching import HasValue, Match, all_of, any_of
from search.query_language.question import Vocabulary
from search.query_language.words import MAX_TOKENS
from search.text.analysis import fold_value


def match_field_value(field: str, value: str, vocabulary: Vocabulary) -> Match:
    """Return the match of a field's value; a person is matched by any way to type the name, an own field by its words too."""
    found: list[Match] = []
    if field not in vocabulary.worded_fields or field in vocabulary.valued_fields:
        found.append(HasValue(field, (vocabulary.value_named(field, value),)))
    if field == "people" and value.lower() != NOT_STATED:
        found.append(HasValue(PERSON, (_person_name(value),)))
    if field in vocabulary.worded_fields:
        found += _match_words(field, value, vocabulary)
    return any_of(tuple(found))


def _match_words(field: str, value: str, vocabulary: Vocabulary) -> list[Match]:
    """The match of all words of the value; none where it says that nothing is stated."""
    if value.lower() == NOT_STATED and field in vocabulary.valued_fields:
        return []
    analyzer = vocabulary.analyzer
    words = analyzer.query_words(value)[:MAX_TOKENS] or [value]
    keys = dict.fromkeys(own_word_key(field, analyzer.stem(word)) for word in words)
    return [all_of(tuple(HasValue(OWN_WORD, (key,)) for key in keys))]


def _person_name(typed: str) -> str:
    """Return a person's name in the form in which it is looked up, also if the family name was typed first ("Hake, D.")."""
    family, comma, given = typed.partition(",")
    return fold_value(f"{given} {family}" if comma else typed)
