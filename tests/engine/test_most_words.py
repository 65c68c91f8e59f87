"""`AtLeast` and `count_most_matched`: documents that have the most of the parts asked for; the same on every engine."""

from __future__ import annotations

import random

import archives
import pytest

from search.engines.contract import Request
from search.engines.oracle import OracleEngine
from search.model.document import Document
from search.query_language.matching import AllOf, AtLeast, Everything, HasValue, Not, Sequence, Term, WordPrefix


def word(text):
    return Term((Sequence((text,), stemmed=False),))


def some_parts(chance):
    """Parts of every kind that a query can require."""
    kinds = (
        lambda: word(chance.choice(("cyber", "norms", "china", "public", "risk", "online", "nothing"))),
        lambda: Term((Sequence(("public", "core"), stemmed=False),)),
        lambda: Term((WordPrefix(chance.choice(("in", "on", "ri"))),)),
        lambda: Term((Sequence(("risk",), "title", stemmed=False),)),
        lambda: HasValue("type", (chance.choice(archives.TYPES),)),
        lambda: Not(word("insurance")),
        lambda: AllOf((word("cyber"), word("security"))),
    )
    return tuple(chance.choice(kinds)() for _ in range(chance.randint(1, 6)))


@pytest.mark.parametrize("seed", archives.seeds(1, 4))
def test_documents_with_at_least_so_many_parts_are_those_of_the_oracle(indexed_archive_of, seed):
    documents = archives.documents(seed, 120)
    archive = indexed_archive_of(documents)
    oracle = OracleEngine(archive.config, documents)
    chance = random.Random(seed)
    for _ in range(25):
        parts = some_parts(chance)
        match = AllOf((AtLeast(chance.randint(0, len(parts)), parts), Not(HasValue("type", ("Podcast",)))))
        request = Request(match, facets=("type", "year"), limit=120)
        found, wanted = archive.engine.find(request), oracle.find(request)
        assert (found.total, found.counts) == (wanted.total, wanted.counts), match
        assert {document.id for document, _ in found.hits} == {document.id for document, _ in wanted.hits}
        if archive.config.engine == "whoosh":
            assert [score for _, score in found.hits] == pytest.approx([score for _, score in wanted.hits], rel=1e-3, abs=1e-4)


@pytest.mark.parametrize("seed", archives.seeds(1, 4))
def test_the_most_parts_that_a_document_has_are_those_of_the_oracle_and_find_it(indexed_archive_of, seed):
    documents = archives.documents(seed, 60)
    archive = indexed_archive_of(documents)
    oracle = OracleEngine(archive.config, documents)
    chance = random.Random(seed)
    for _ in range(25):
        parts, within = (
            some_parts(chance),
            chance.choice((Everything(), HasValue("type", ("News",)), word("cyber"), word("nobody"))),
        )
        most = archive.engine.count_most_matched(parts, within)
        assert most == oracle.count_most_matched(parts, within), (parts, within)
        counts = [archive.engine.find(Request(AllOf((AtLeast(count, parts), within)))).total for count in (most, most + 1)]
        assert counts[1] == 0
        assert counts[0] or archive.engine.find(Request(within)).total == 0


def test_a_document_scores_the_sum_of_the_parts_it_has(archive_of):
    archive = archive_of([Document("ab", "alpha beta"), Document("a", "alpha gamma"), Document("z", "zeta eta")])
    parts = (word("alpha"), word("beta"), word("nothing"))
    found = archive.engine.find(Request(AtLeast(1, parts)))
    assert [document.id for document, _ in found.hits] == ["ab", "a"]
    assert found.hits[0][1] > found.hits[1][1] > 0
    assert archive.engine.count_most_matched(parts, Everything()) == 2


def test_an_empty_archive_has_no_part(archive_of):
    assert archive_of([]).engine.count_most_matched((word("alpha"),), Everything()) == 0
