"""The cost of a question is bounded, whatever is typed: searches, words and terms are counted."""

from __future__ import annotations

import pytest
from engine_counting import CountedOracle

from search.answering import MOST_FURTHER
from search.archive import Archive
from search.config.settings import Config, Source
from search.model.document import Document, Person
from search.model.query import Query
from search.query_language.compiling import compile_tree
from search.query_language.cutting import shorten_text
from search.query_language.matching import scored_terms
from search.query_language.parser import MAX_WORDS, parse_text
from search.query_language.question import Vocabulary
from search.query_language.tree import Passage
from search.text.analysis import Analyzer

HARD = {
    "hyphens": "a-" * 1000,
    "full stops": "1.1." * 500,
    "combining marks": "\u0e01" + "\u0e31" * 2000,
    "emoji": "\U0001f600 " * 1000,
    "brackets": "(" * 2000,
    "quotation marks": '"' * 2000,
    "one long word": "x" * 2000,
    "alternatives": " OR ".join(["china"] * 32),
    "unknown words": " ".join(f"zebra{letter}" for letter in "abcdefghijklmnopqrstuvwxyzabcdef"),
    "acronyms": " ".join(f"AB{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "compounds": " ".join(["a-b-c-d-e"] * 32),
    "dates": "5/6/2013 " * 30,
    "names in capitals": " ".join(f"A{letter}-B{letter}-C{letter}-D{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "NOT": "NOT " * 500 + "x",
    "NOT and words": "NOT a " * 300,
    "a passage": "The governments of the world must cooperate on norms because no state can defend the internet alone. " * 20,
    "misspelt words": " ".join(["cbyer insruance chian"] * 10),
    "a misspelt sentence": "cbyer insruance chian market treaty cables norms states powers",
    "initials": " ".join(f"{letter}. Mc{letter}onnell" for letter in "ABCDEFGHIJKLMNOP"),
    "quoted numbers": " ".join(f'"x{number}"' for number in range(200)),
    "values": "type:a b c d e f " * 5,
    "scripts without spaces": "\u5b89\u5168\u4fdd\u969c" * 500,
    "mixed scripts": "abс 网络 кибер 한국 ñu " * 100,
    "points below letters": "\u05e9\u05c1\u05b8" * 600,
    "operators": "+-!()\":*|&~^'" * 150,
    "words joined by commas": "china,cyber,treaty;trust|norms," * 60,
    "identifiers": "123e4567-e89b-12d3-a456-426614174000 " * 32,
    "numbers of books": "978-3-16-148410-0 " * 32,
    "one long number": "9" * 2000,
    "base64": "TWFuIGlzIGRpc3Rpbmd1aXNoZWQ" * 70,
    "an address": "https://example.org/" + "china/cyber?q=treaty&" * 90,
    "an address of results": "/search?" + "type=news&-type=poem&topic=norms&" * 60,
    "a long story": "I vaguely remember that somebody once compared a movie about sharks with a war, can you find it? " * 2,
    "names without documents": " ".join(f"Mc{letter}onnell elephants" for letter in "ABCDEFGHIJKLM"),
    "names beside dates": "Austin elephants Dr. Hake type:commentary Dr. Kuehn elephants since 2012 Savage walrus Austin 2013 Hake",
    "code": "for (int i = 0; i < n; i++) { if (a[i] != b[i] && !c) return x->y(i); } " * 25,
    "nested groups": "(" * 40 + "china OR cyber" + ")" * 40,
    "single quotation marks": "'cyber' " * 250,
    "underscores behind a minus": "-1" + "_a" * 40 + "+b",
}


_PEOPLE = tuple(Person(f"Ann {name}") for name in ("Austin", "Hake", "Kuehn", "Savage"))


@pytest.mark.parametrize("name", HARD)
def test_few_searches_and_look_ups_are_made_for_any_text(name):
    config = Config(sources=(Source(path="x"),))
    engine = CountedOracle(config, [Document("a", "Cyber insurance"), Document("b", "China", people=_PEOPLE)])
    Archive(config, engine).search(Query(shorten_text(HARD[name])))
    assert engine.word_searches <= 1 + MOST_FURTHER
    assert engine.looked_up <= 200
    assert engine.corrected <= 3


@pytest.mark.parametrize("name", HARD)
def test_few_parts_are_required_and_shown(name):
    tree = parse_text(shorten_text(HARD[name]))
    assert isinstance(tree, Passage) or len(tree.parts) <= MAX_WORDS


@pytest.mark.parametrize("name", HARD)
def test_few_tokens_are_looked_for(name):
    question = compile_tree(parse_text(shorten_text(HARD[name])), Vocabulary(Analyzer("en")))
    for term in scored_terms(question.match):
        assert all(len(getattr(way, "tokens", ())) <= 64 for way in term.alternatives)
    assert sum(len(term.alternatives) for term in scored_terms(question.match)) <= 1000
