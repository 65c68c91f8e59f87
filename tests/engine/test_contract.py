"""What every engine must do. The in-memory engine is tried too, because it defines what is right (invariant 9)."""

from __future__ import annotations

import random

import archives
import pytest
from msgspec.structs import replace

from search.archive import Archive
from search.config.settings import Ranking
from search.engines.oracle import OracleEngine
from search.engines.whoosh.engine import WhooshEngine
from search.model.document import Document, Section
from search.model.query import Query
from search.model.results import ResultPage

REQUESTS_EACH = 100


def everything_shown(page: ResultPage) -> object:
    """Everything of a page that must be equal on every engine; ids by relevance as a set when all are on the page."""
    ids = [hit.document.id for hit in page.hits]
    if page.query.order == "relevance":
        ids = sorted(ids) if page.total <= page.query.per_page else []
    return page.total, ids, page.facets, page.reading, page.suggestion, page.ways_out


def assert_scores_equal(archive: Archive, page: ResultPage, wanted: ResultPage) -> None:
    """OpenSearch keeps a document's length in one byte and scores phrases its own way: there relevance is judged, not equal."""
    if page.query.order == "relevance" and archive.config.engine == "whoosh":
        scores = [hit.score for hit in wanted.hits]
        assert [hit.score for hit in page.hits] == pytest.approx(scores, rel=1e-3, abs=1e-4), page.query


@pytest.mark.parametrize("seed", archives.seeds(2, 20))
def test_answers_equal_the_oracle_on_random_requests(indexed_archive_of, seed):
    documents = archives.documents(seed, 120)
    archive = indexed_archive_of(documents)
    oracle = Archive(archive.config, OracleEngine(archive.config, documents))
    chance = random.Random(seed)
    for _ in range(archives.rounds(archive.config, REQUESTS_EACH)):
        query = archives.query(chance)
        page, wanted = archive.search(query), oracle.search(query)
        assert everything_shown(page) == everything_shown(wanted), query
        assert_scores_equal(archive, page, wanted)
        marks = [(hit.title, hit.snippet) for hit in page.hits]
        same = {hit.document.id: (hit.title, hit.snippet) for hit in wanted.hits}
        for hit, mark in zip(page.hits, marks, strict=True):
            assert same.get(hit.document.id, mark) == mark, query


@pytest.mark.parametrize("seed", archives.seeds(1, 6))
def test_invariant_1_choosing_a_value_alone_gives_the_count_beside_it(archive_of, seed):
    archive = archive_of(archives.documents(seed, 50))
    chance = random.Random(seed)
    for _ in range(archives.rounds(archive.config, 12)):
        query = replace(archives.query(chance), page=1)
        page = archive.search(query)
        for facet in page.facets:
            for value in facet.values:
                chosen = archive.search(query.with_selection(facet.field, [value.value]))
                assert chosen.total == value.count, (query, facet.field, value)


def test_invariant_1_a_selected_value_stays_visible_at_zero(archive_of):
    archive = archive_of(archives.documents(1, 30))
    page = archive.search(Query("insurance").with_selection("type", ["Brochure"]))
    assert [(v.value, v.count, v.selected) for v in page.facet("type").values if v.selected] == [("Brochure", 0, "include")]


def test_invariant_1_a_parent_counts_what_its_children_hold_together(archive_of):
    archive = archive_of(archives.documents(2, 60))
    values = {v.value: v for v in archive.search(Query()).facet("type").values}
    assert values["Policy Report"].parent == "Reports"
    assert values["Reports"].count == values["Policy Report"].count + values["Event Report"].count
    both = archive.search(Query().with_selection("type", ["Policy Report", "Event Report"]))
    assert both.total == values["Reports"].count


@pytest.mark.parametrize("seed", archives.seeds(1, 5))
def test_invariant_2_every_way_out_gives_the_number_shown(archive_of, seed):
    archive = archive_of(archives.documents(seed, 60))
    chance = random.Random(seed)
    offered = 0
    for _ in range(archives.rounds(archive.config, 60)):
        page = archive.search(archives.query(chance))
        for way in (*page.ways_out, *([page.suggestion] if page.suggestion else [])):
            offered += 1
            assert archive.search(way.query).total == way.total > 0
    assert offered


def test_invariant_2_a_misspelt_word_is_corrected_to_one_that_finds_something(archive_of):
    archive = archive_of([Document("a", "Cyber insurance"), Document("b", "Insured")])
    page = archive.search(Query("cyber insurence qqqqqq"))
    assert (page.ran, page.typed_total, page.suggestion) == ("most words", 0, None)
    page = archive.search(Query("ciber insurnace"))
    assert page.suggestion.query.text == "cyber insurance"
    assert page.suggestion.total == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cybersecurity", "abc"),
        ("cyber-security", "abc"),
        ("cyber security", "abcd"),
        ('"cyber security"', "bc"),
        ('"cybersecurity"', "a"),
        ("insurances", "e"),
        ('"insurances"', ""),
        ("insur*", "e"),
        ("-cyber", "ae"),
        ("naive", "e"),
        ("naïve", "e"),
        ("who is naïve", "e"),
        ("insurance OR cybersecurity", "abce"),
        ("!!!", "abcde"),
        ("12/22/2011", "d"),
        ("22 december 2011", "d"),
        ("title:cyber", "b"),
    ],
)
def test_the_query_language_finds(archive_of, text, found):
    from search.model.dates import parse_edtf

    archive = archive_of(
        [
            Document("a", "Cybersecurity"),
            Document("b", "Cyber security"),
            Document("c", "Paper", sections=(Section("a cyber-security matter"),)),
            Document("d", "Paper", summary="security of cyber", date=parse_edtf("2011-12-22")),
            Document("e", "A naïve insurance"),
        ]
    )
    assert "".join(sorted(hit.document.id for hit in archive.search(Query(text)).hits)) == found


def test_undated_documents_come_last_both_ways_and_ties_go_by_id(archive_of):
    from search.model.dates import parse_edtf

    archive = archive_of(
        [
            Document("b", "x"),
            Document("a", "x"),
            Document("d", "x", date=parse_edtf("2011")),
            Document("c", "x", date=parse_edtf("2012")),
        ]
    )
    assert [h.document.id for h in archive.search(Query(sort="newest")).hits] == ["c", "d", "a", "b"]
    assert [h.document.id for h in archive.search(Query(sort="oldest")).hits] == ["d", "c", "a", "b"]
    assert [h.document.id for h in archive.search(Query("x")).hits] == ["a", "b", "c", "d"]


def test_documents_without_a_title_come_last_by_title_and_are_not_found_by_the_title_shown(archive_of):
    archive = archive_of(
        [Document("a", "", type="Commentary", title_status="not_preserved"), Document("b", "Zebra"), Document("c", "“Apple”")]
    )
    page = archive.search(Query(sort="title"))
    assert [hit.display_title for hit in page.hits] == ["“Apple”", "Zebra", "Untitled commentary"]
    assert archive.search(Query("untitled")).total == 0
    assert archive.search(Query("commentary")).total == 1


def test_pages_do_not_overlap_and_give_every_document_once(archive_of):
    documents = archives.documents(3, 57)
    archive = archive_of(documents)
    for sort in ("relevance", "newest", "oldest", "title"):
        pages = [archive.search(Query("cyber OR risk OR the", sort=sort, page=page)) for page in range(1, 8)]
        ids = [hit.document.id for page in pages for hit in page.hits]
        assert len(ids) == len(set(ids)) == pages[0].total


def test_a_document_comes_back_as_it_was_given(archive_of):
    documents = archives.documents(4, 20)
    archive = archive_of(documents)
    assert [archive.document(document.id) for document in documents] == documents
    assert archive.document("nobody") is None


def test_vocabulary_questions_equal_the_oracle(archive_of):
    documents = archives.documents(5, 80)
    archive = archive_of(documents)
    oracle = OracleEngine(archive.config, documents)
    words = ["cyber", "norm", "nothing", "网络", "безопасность"]
    assert archive.engine.document_frequencies(words) == oracle.document_frequencies(words)
    for word in ("cybr", "insurence", "norn", "безопастность"):
        assert archive.engine.similar_words(word, 5) == oracle.similar_words(word, 5)
    for prefix in ("c", "in", "без", "网"):
        assert archive.engine.words_starting(prefix, 5) == oracle.words_starting(prefix, 5)


def test_an_empty_archive_answers(archive_of):
    archive = archive_of([])
    assert archive.search(Query("anything")).total == 0
    assert archive.search(Query()).total == 0


@pytest.mark.parametrize("seed", archives.seeds(1, 6))
def test_invariant_6_update_and_build_give_the_same_answers_counts_and_scores(indexed_archive_of, seed):
    chance = random.Random(seed)
    live = {document.id: document for document in archives.documents(seed, 40)}
    archive = indexed_archive_of(list(live.values()))
    for step in range(archives.rounds(archive.config, 12)):
        changed = [archives.document(chance, chance.randint(0, 60)) for _ in range(chance.randint(0, 4))]
        changed = list({document.id: document for document in changed}.values())
        removed = chance.sample(sorted(live), min(len(live), chance.randint(0, 3)))
        removed = [name for name in removed if name not in {document.id for document in changed}]
        for name in removed:
            del live[name]
        live |= {document.id: document for document in changed}
        generation = archive.engine.update(changed, removed)
        assert generation.documents == len(live)
        if step % 2:
            archive.engine.merge(generation)
        assert {key: value.source_path for key, value in archive.engine.list_published().items()} == {
            d.id: d.source_path for d in live.values()
        }
        oracle = Archive(archive.config, OracleEngine(archive.config, list(live.values())))
        for _ in range(8):
            query = archives.query(chance)
            page, wanted = archive.search(query), oracle.search(query)
            assert everything_shown(page) == everything_shown(wanted), (step, query)
            assert_scores_equal(archive, page, wanted)


def test_a_prefix_that_only_a_later_update_has_finds_that_document(archive_of):
    archive = archive_of([Document(f"a{number:03}", "Common words") for number in range(300)])
    archive.engine.update([Document(f"b{number:02}", "Zebra" if number == 9 else "Other words") for number in range(12)], [])
    assert [hit.document.id for hit in archive.search(Query("zeb*")).hits] == ["b09"]


@pytest.mark.parametrize("weights", [{}, {"title": 1}, {"title": 3, "subtitle": 2, "summary": 4, "people": 5}, {"text": 2}])
def test_words_and_phrases_count_as_often_as_the_parts_they_are_in(tmp_path, weights):
    config = archives.config(tmp_path, ranking=Ranking(weights=weights))
    documents = archives.documents(7, 100)
    engine = WhooshEngine(config)
    engine.build(documents[:80])
    engine.update(documents[80:], [])
    archive, oracle = Archive(config, engine), Archive(config, OracleEngine(config, documents))
    chance = random.Random(str(weights))
    for text in (
        f'"{first} {second}"' for first, second in zip(*(chance.choices(archives.WORDS, k=25) for _ in "ab"), strict=True)
    ):
        assert_scores_equal(archive, archive.search(Query(text)), oracle.search(Query(text)))
    for _ in range(15):
        query = archives.query(chance)
        assert_scores_equal(archive, archive.search(query), oracle.search(query))
    engine.close()


def test_rollback_answers_as_before(archive_of):
    archive = archive_of([Document("a", "First")])
    archive.engine.update([Document("a", "Second")], [])
    assert archive.search(Query("second")).total == 1
    archive.engine.rollback()
    assert archive.search(Query("second")).total == 0
    assert archive.search(Query("first")).total == 1


def test_an_address_leads_to_its_document_and_is_never_found_as_words(archive_of):
    documents = [Document(f"d{n}", f"Title {n}", url=f"https://www.example.org/idea/{n}?page={n}") for n in range(5)]
    documents.append(Document("twin", "Twin", url="https://example.org/idea-2?page-2"))
    archive = archive_of([*documents, *archives.documents(1, 20)])
    assert archive.at_address("http://example.org/idea/2/?page=2#x").id == "d2"
    assert archive.at_address("example.org/idea-2?page-2").id == "twin"
    assert archive.at_address("http://example.org/idea/9") is None
    assert archive.count(Query("idea")) == archive.count(Query("_address:example.org/idea/2?page=2")) == 0
    if archive.config.engine == "whoosh":
        archive.engine.update(
            [Document("d2", "Moved", url="https://example.org/new"), Document("d9", "New", url="http://example.org/idea/9")],
            ["d3"],
        )
        assert [archive.at_address(f"http://example.org/{path}") for path in ("idea/2?page=2", "idea/3?page=3")] == [None, None]
        assert archive.at_address("http://example.org/new").id == "d2"
        assert archive.at_address("http://example.org/idea/9").id == "d9"


def test_words_asked_for_in_titles_are_marked_though_no_title_has_them(archive_of):
    documents = [Document("a", "Cyber norms", sections=(Section("On insurance against spying."),)), Document("b", "Spying")]
    page = archive_of(documents).search(Query("title:insurance OR norms"))
    (hit,) = page.hits
    assert [piece.text for piece in (*hit.title, *hit.snippet) if piece.match] == ["norms", "insurance"]
