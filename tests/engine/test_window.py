"""The best documents are reordered by the boosts they match; paging runs through that window and past it."""

from __future__ import annotations

import random

import archives
import pytest

from search.engines.contract import FIRST_SCORE, WINDOW, Request
from search.engines.oracle import OracleEngine
from search.engines.whoosh import snapshot
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.segment import SegmentArrays
from search.model.document import Document, Section
from search.model.query import Selection
from search.query_language.matching import AllOf, AnyOf, Boost, Everything, HasValue, Not, Sequence, Term, WordPrefix


def word(text, field="text"):
    return Term((Sequence((text,), field, stemmed=False),))


def phrase(*words, field="text"):
    return Term((Sequence(words, field, stemmed=False),))


ANY = AnyOf(tuple(map(word, ("cyber", "security", "norms", "risk", "online", "china", "public"))))
MATCHES = (ANY, phrase("public", "core"), AllOf((phrase("the", "public", "core"), ANY)), Term((Sequence(("public", "core")),)))
KINDS = (
    lambda chance: word(chance.choice(archives.WORDS).lower()),
    lambda chance: phrase(*("the", "public", "core")[chance.randint(0, 1) :]),
    lambda chance: Term((Sequence(("public", "core")[: chance.randint(1, 2)]),)),
    lambda chance: phrase("cyber", "security", field="title"),
    lambda chance: Term((Sequence(("insur",)), Sequence(("cyber", "risk")))),
    lambda chance: Term((WordPrefix("in"),)),
    lambda chance: HasValue("type", (chance.choice(archives.TYPES),)),
    lambda chance: AllOf((word("cyber"), Not(word("risk")))),
    lambda chance: AnyOf((word("norms", "title"), phrase("on", "line"))),
)


def some_boosts(chance):
    return tuple(Boost(chance.choice(KINDS)(chance), chance.choice((0.1, 0.5, 2.0))) for _ in range(chance.randint(1, 4)))


def find_ids(engine, request):
    return [document.id for document, _ in engine.find(request).hits]


@pytest.mark.parametrize("seed", range(3))
def test_boosted_scores_equal_the_oracle_after_updates(indexed_archive_of, seed):
    chance = random.Random(seed)
    documents = archives.documents(seed, 260)
    archive = indexed_archive_of(documents[:200])
    archive.engine.update(documents[200:], [documents[3].id])
    oracle = OracleEngine(archive.config, [each for each in documents if each.id != documents[3].id])
    for _ in range(8):
        first = (word(chance.choice(("quantum", "email"))),) * chance.randint(0, 2)
        offset = chance.choice((0, 0, 90, WINDOW, 150))
        request = Request(chance.choice(MATCHES), (), ("type",), "relevance", offset, 20, some_boosts(chance), first)
        answer, wanted = archive.engine.find(request), oracle.find(request)
        assert (answer.total, answer.counts) == (wanted.total, wanted.counts)
        assert len(answer.hits) == len(wanted.hits)
        if archive.config.engine == "whoosh":
            assert [score for _, score in answer.hits] == pytest.approx([score for _, score in wanted.hits], rel=1e-3), request


def test_pages_run_through_the_window_and_past_it_and_an_export_has_their_order(archive_of):
    archive = archive_of(archives.documents(5, 260))
    boosts = (Boost(phrase("public", "core"), 2.0), Boost(word("china", "title"), 1.0))
    first = (word("quantum", "title"),)
    total = archive.engine.find(Request(ANY)).total
    assert total > WINDOW + 40, "the archive is too small for this test"
    pages = [
        find_ids(archive.engine, Request(ANY, offset=offset, limit=30, boosts=boosts, first=first))
        for offset in range(0, total, 30)
    ]
    ids = [document_id for page in pages for document_id in page]
    assert len(ids) == len(set(ids)) == total
    assert [document.id for document in archive.engine.every(Request(ANY, boosts=boosts, first=first))] == ids
    plain = find_ids(archive.engine, Request(ANY, limit=total, first=first))
    assert set(ids[:WINDOW]) == set(plain[:WINDOW])
    assert ids[WINDOW:] == plain[WINDOW:]
    assert ids[:WINDOW] != plain[:WINDOW]


def test_documents_that_come_first_do_so_whatever_they_score(archive_of):
    texts = {"a": "norms norms norms", "b": "norms and a very long text about something else entirely", "c": "norms"}
    archive = archive_of([Document(name, sections=(Section(text),)) for name, text in texts.items()])
    request = Request(word("norms"), boosts=(Boost(word("norms"), 9.0),), first=(word("entirely"), word("something")))
    hits = archive.engine.find(request).hits
    assert hits[0][0].id == "b"
    assert hits[0][1] > FIRST_SCORE > hits[1][1]


def test_boosts_of_other_orders_and_of_nothing_are_harmless(archive_of):
    archive = archive_of(archives.documents(1, 30))
    boosts = (Boost(word("cyber"), 1.0),)
    assert find_ids(archive.engine, Request(Everything(), sort="title", boosts=boosts)) == find_ids(
        archive.engine, Request(Everything(), sort="title")
    )
    assert find_ids(archive.engine, Request(word("nobody"), boosts=boosts)) == []


def test_boosts_read_positions_of_the_window_only(tmp_path, monkeypatch):
    """2,000 documents have the phrase; the positions of a hundred are read."""
    engine = WhooshEngine(archives.config(tmp_path))
    engine.build([Document(f"d{number:04}", sections=(Section("the public core of it"),)) for number in range(2_000)])
    read = []
    places_of = SegmentArrays.places_of

    def count_calls(*arguments):
        places = places_of(*arguments)
        read.extend(each.size for each in places)
        return places

    monkeypatch.setattr(SegmentArrays, "places_of", count_calls)
    monkeypatch.setattr(SegmentArrays, "_match_phrase", lambda *_: pytest.fail("the phrase was looked for in every document"))
    boosts = (Boost(phrase("public", "core"), 1.0), Boost(phrase("the", "public", "core"), 1.0))
    answer = engine.find(Request(word("core"), boosts=boosts))
    assert answer.total == 2_000
    assert sum(read) == 3 * WINDOW, "each of three words once"


def test_boosts_that_a_required_phrase_implies_read_no_positions(tmp_path, monkeypatch):
    engine = WhooshEngine(archives.config(tmp_path))
    engine.build([Document("a", sections=(Section("the public cores of it"),))])
    monkeypatch.setattr(SegmentArrays, "places_of", lambda *_: pytest.fail("positions were read"))
    boosts = (Boost(phrase("public", "cores"), 1.0), Boost(Term((Sequence(("public", "core")),)), 2.0))
    plain, boosted = (engine.find(Request(phrase("the", "public", "cores"), boosts=each)) for each in ((), boosts))
    assert boosted.hits[0][1] == pytest.approx(4 * plain.hits[0][1])


def test_other_pages_and_filters_of_a_search_look_for_nothing_again(tmp_path, monkeypatch):
    engine, documents = WhooshEngine(archives.config(tmp_path)), archives.documents(5, 260)
    engine.build(documents)
    oracle = OracleEngine(engine.config, documents)
    boosts = (Boost(phrase("public", "core"), 2.0), Boost(phrase("cyber", "security"), 1.0))
    request = Request(AnyOf((ANY, phrase("public", "core"), Term((WordPrefix("ins"),)))), facets=("type",), boosts=boosts)
    others = [Request(request.match, facets=("type",), offset=offset, boosts=boosts) for offset in (0, 10, 90)]
    others.append(Request(request.match, (Selection("type", (archives.TYPES[0],)),), ("type",)))
    engine.find(request)
    for name in ("places_of", "_match_phrase", "_match_prefix"):
        monkeypatch.setattr(SegmentArrays, name, lambda *_: pytest.fail("it was looked for again"))
    for other in others:
        answer, wanted = engine.find(other), oracle.find(other)
        assert (answer.total, answer.counts) == (wanted.total, wanted.counts)
        assert [document.id for document, _ in answer.hits] == [document.id for document, _ in wanted.hits]


def test_what_is_kept_of_a_search_ends_with_its_generation(tmp_path):
    engine = WhooshEngine(archives.config(tmp_path))
    engine.build([Document(name, sections=(Section("the public core"),)) for name in "ab"])
    request = Request(phrase("public", "core"), boosts=(Boost(phrase("the", "public", field="title"), 1.0),))
    assert find_ids(engine, request) == ["a", "b"]
    engine.update([Document("c", "The public core")], ["a"])
    assert find_ids(engine, request) == ["c", "b"]


def test_little_is_kept_of_many_searches(tmp_path, monkeypatch):
    monkeypatch.setattr(snapshot, "_MOST_FACTORS", 2000)
    monkeypatch.setattr(snapshot, "_MOST_TERMS", 2)
    engine = WhooshEngine(archives.config(tmp_path))
    engine.build([Document("a", sections=(Section("the public core of it"),))])
    for number in range(9):
        match = phrase("public", "core", *["of"] * (number % 2), *["it"] * (number % 3))
        engine.find(Request(AnyOf((match, word("core"))), boosts=(Boost(word("core"), number + 1.0),)))
        assert engine.snapshot().kept_factors.size <= 2000
        assert len(engine.snapshot()._kept_matches) <= 2
