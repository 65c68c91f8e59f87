"""From what was typed to what engines are asked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.query_language.compiling import required_parts, to_match
from search.query_language.matching import (
    AllOf,
    AnyOf,
    AtLeast,
    Everything,
    HasValue,
    Not,
    Sequence,
    Term,
    Within,
    WordPrefix,
    scored_terms,
    with_terms,
)
from search.query_language.parser import parse_text
from search.query_language.passages import MAX_PASSAGE_WORDS
from search.query_language.tree import Passage
from search.text.analysis import Analyzer

ENGLISH = Analyzer("en")


def match_of(text):
    return to_match(parse_text(text), ENGLISH)


@pytest.mark.parametrize(
    ("text", "sequence"),
    [
        ("insurances", Sequence(("insur",))),
        ('"Public Core"', Sequence(("public", "core"), stemmed=False)),
        ("12/22/2011", Sequence(("12", "22", "2011"))),
        ("title:norms", Sequence(("norm",), "title")),
        ("norm*", WordPrefix("norm")),
    ],
)
def test_the_first_thing_looked_for(text, sequence):
    match = match_of(text)
    assert isinstance(match, Term)
    assert match.alternatives[0] == sequence


def test_one_word_is_also_looked_for_as_two_and_two_as_one():
    assert Sequence(("cyber", "secur")) in match_of("cybersecurity").alternatives
    first, second = match_of("cyber security").parts
    assert isinstance(first, AnyOf)
    assert first.parts[1] == second.parts[1] == Term((Sequence((ENGLISH.stem("cybersecurity"),)),))


def test_filters_and_exclusions():
    assert match_of("type:News") == HasValue("type", ("News",))
    assert match_of("-spam") == Not(match_of("spam"))
    assert isinstance(match_of("year:2012..2013"), Within)
    assert match_of("") == match_of("!!!") == Everything()


def test_a_stop_word_is_not_required_beside_other_words_but_counts_alone():
    assert match_of("the norm") == match_of("norm")
    assert [part.text for part in required_parts(parse_text("the norm"), ENGLISH)] == ["norm"]
    assert isinstance(match_of("the who"), AllOf)
    assert [part.text for part in required_parts(parse_text("the"), ENGLISH)] == ["the"]


def test_what_is_excluded_does_not_score():
    assert list(scored_terms(match_of("norm -spam"))) == [match_of("norm")]


def test_a_passage_asks_for_any_word_and_counts_repeated_ones():
    match = to_match(Passage("norms of the cyber norm " * 9), ENGLISH)
    assert isinstance(match, AnyOf)
    assert [(part.alternatives[0].tokens, part.weight) for part in match.parts] == [(("norm",), 18), (("cyber",), 9)]


def test_the_terms_of_any_query_are_bounded():
    """OpenSearch refuses more than 1,024 clauses; a passage of many short words and a query of long ones are the extremes."""
    many = " ".join(f"{a}{b}" for a in "abcdefghijklmnopqrstuvwxyz" for b in "abcdefghijklmnopqrstuvwxyz")
    assert len(to_match(Passage(many), ENGLISH).parts) == MAX_PASSAGE_WORDS
    long = " ".join("abcdefghijklmnopqrstuvwxyz"[n % 3 : n % 3 + 24] for n in range(32))
    assert sum(len(term.alternatives) for term in scored_terms(match_of(long))) < 1024


@settings(max_examples=300)
@given(st.text())
def test_any_text_asks_for_something(text):
    assert match_of(text) is not None
    assert to_match(Passage(text), ENGLISH) is not None


def test_a_match_takes_terms_that_have_fewer_of_its_alternatives():
    a, b, c, d = (Sequence((letter,)) for letter in "abcd")
    long = AllOf((Term((a, b, c)), AtLeast(1, (Term((b, c)), Not(Term((a, d)))))))
    short = AllOf((Term((a, c)), AtLeast(1, (Term((b,)), Not(Term((a, d)))))))
    assert with_terms(long, [Term((a, c)), Term((b,))]) == short
    assert with_terms(long, [Term((a, c))]) == AllOf((Term((a, c)), *long.parts[1:]))
    assert with_terms(long, [Term((a, d)), Term((a, b), 2)]) == long


def test_terms_that_would_become_one_stay_as_they_are():
    a, b, c = (Sequence((letter,)) for letter in "abc")
    match = AnyOf((Term((a, b)), Term((a, c))))
    assert with_terms(match, [Term((a, c)), Term((a,))]) == match
    assert with_terms(match, [Term((a,))]) == match
    assert with_terms(AnyOf((Term((a,)), Term((a, c)))), [Term((a,))]) == AnyOf((Term((a,)), Term((a, c))))
