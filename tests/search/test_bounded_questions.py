"""The cost of a question is bounded, whatever is typed: searches, words and terms are counted."""

from __future__ import annotations

import pytest
from engine_counting import CountedOracle

from search.answering import MOST_FURTHER
from search.archive import Archive
from search.config.settings import Config, Source
from search.model.document import Document
from search.model.query import Query
from search.query_language.compiling import compile_tree
from search.query_language.cutting import shorten_text
from search.query_language.matching import scored_terms
from search.query_language.parser import parse_text
from search.query_language.question import Vocabulary
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
}


@pytest.mark.parametrize("name", HARD)
def test_few_searches_and_look_ups_are_made_for_any_text(name):
    config = Config(sources=(Source(path="x"),))
    engine = CountedOracle(config, [Document("a", "Cyber insurance"), Document("b", "China")])
    Archive(config, engine).search(Query(shorten_text(HARD[name])))
    assert engine.word_searches <= 1 + MOST_FURTHER
    assert engine.looked_up <= 200
    assert engine.corrected <= 3


@pytest.mark.parametrize("name", HARD)
def test_few_tokens_are_looked_for(name):
    question = compile_tree(parse_text(shorten_text(HARD[name])), Vocabulary(Analyzer("en")))
    for term in scored_terms(question.match):
        assert all(len(getattr(way, "tokens", ())) <= 64 for way in term.alternatives)
    assert sum(len(term.alternatives) for term in scored_terms(question.match)) <= 1000
