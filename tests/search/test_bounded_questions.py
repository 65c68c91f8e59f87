"""The cost of a question is bounded, whatever is typed: searches, words and terms are counted."""

from __future__ import annotations

import pytest

from search.archive import Archive
from search.config.settings import Config, Source
from search.engines.oracle import OracleEngine
from search.model.document import Document
from search.model.query import Query
from search.query_language.compiling import compile_tree
from search.query_language.matching import scored_terms
from search.query_language.parser import parse_text, shorten_text
from search.query_language.question import Vocabulary
from search.suggestions.alternatives import MOST_TRIED
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
}
MOST_BEFORE_WAYS = 16
"""Searches for the readings, the words in another form, and the choice between corrections."""


class Counted(OracleEngine):
    """The oracle, which counts the searches and the words looked up."""

    searches = 0
    similar = 0

    def find(self, request):
        self.searches += 1
        return super().find(request)

    def similar_words(self, word, limit):
        self.similar += 1
        return super().similar_words(word, limit)


@pytest.mark.parametrize("name", HARD)
def test_few_searches_are_made_for_any_text(name):
    config = Config(sources=(Source(path="x"),))
    engine = Counted(config, [Document("a", "Cyber insurance"), Document("b", "China")])
    Archive(config, engine).search(Query(shorten_text(HARD[name])))
    assert engine.similar <= 3
    assert engine.searches <= MOST_BEFORE_WAYS + MOST_TRIED + 2


@pytest.mark.parametrize("name", HARD)
def test_few_tokens_are_looked_for(name):
    question = compile_tree(parse_text(shorten_text(HARD[name])), Vocabulary(Analyzer("en")))
    for term in scored_terms(question.match):
        assert all(len(getattr(way, "tokens", ())) <= 64 for way in term.alternatives)
    assert sum(len(term.alternatives) for term in scored_terms(question.match)) <= 1000
