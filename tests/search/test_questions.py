"""Questions as people type them: dates, types and orders in words, citations, names, ids, acronyms."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.archive import Archive
from search.config.settings import Config, Source, Topic, TypeValue
from search.engines.oracle import OracleEngine
from search.model.dates import parse_edtf
from search.model.document import Document, Person, Section
from search.model.query import Query
from search.model.results import has_match
from search.query_language.citations import Citation, read_citation

DOCUMENTS = [
    Document(
        "rep-2014/1",
        "A Measure of Restraint: Reducing Risk to Civil Assets",
        type="Report",
        date=parse_edtf("2014-01-31"),
        people=(Person("Karl Frederick Rauscher"), Person("Bruce McConnell")),
        sections=(Section("The Global Commission on Stability (GCS) met. Machines form an Internet of Things here."),),
        extra=(("call", ("MS 6938",)),),
    ),
    Document("b", "Podcast on insurance", type="Podcast", date=parse_edtf("2019-09-16"), topics=("trade",)),
    Document(
        "c", "Spring in Berkeley", type="News", date=parse_edtf("2013-04-05"), sections=(Section("By Rauscher, on trade."),)
    ),
    Document("d", "The Commission on Stability", type="News", date=parse_edtf("2012"), sections=(Section("The global view."),)),
]


@pytest.fixture(scope="module")
def archive() -> Archive:
    types = (TypeValue(value="Report", also=("white paper", "blog post")), TypeValue(value="Podcast"), TypeValue(value="News"))
    config = Config(sources=(Source(path="x"),), types=types, topics={"trade": Topic(label="World trade")})
    return Archive(config, OracleEngine(config, DOCUMENTS))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("April 2013", ["c"]),
        ("spring 2013", ["c"]),
        ("31.1.2014", ["rep-2014/1"]),
        ("podcasts", ["b"]),
        ("reports from 2014", ["rep-2014/1"]),
        ("latest news", ["c", "d"]),
        ("oldest news", ["d", "c"]),
        ("everything since 2014", ["b", "rep-2014/1"]),
        ("what did you publish last?", ["b", "rep-2014/1", "c", "d"]),
        ("articles about trade", ["b", "c"]),
        ("white papers", ["rep-2014/1"]),
        ("blog post 31.1.2014", ["rep-2014/1"]),  # not after that day
        ("in which year was the podcast on insurance", ["b"]),
        ("hi can u find me sth on insurance thx", ["b"]),
        ("was sagt ihr über Insurance?", ["b"]),  # small words of another language
        ("que dit le podcast sur insurance", ["b"]),
        ("Artikel über Insurance", ["b"]),
        ("Gen. McConnell", ["rep-2014/1"]),
        ("W. Nobody", []),
        ("anything on insurance", ["b"]),
        ("articles mentioning insurance", ["b"]),
        ("Dr. Karl Rauscher", ["rep-2014/1"]),
        ("McConnell et al. restraint", ["rep-2014/1"]),
        ("can't find the podcast on insurance", ["b"]),
        ("what came out after June 2019?", ["b"]),
        ("need sources for essay about insurance pls", ["b"]),
        ("April 2013 - May 2013", ["c"]),
        ("measure_of_restraint-reducing_risk.pdf", ["rep-2014/1"]),
        ('"spring"', ["c"]),
        ("is there a report about restraint?", ["rep-2014/1"]),
        ("what did they say about insurance", ["b"]),
        ("I am looking for information on insurance", ["b"]),
        ("We would like to read about insurance, please", ["b"]),
        ("how to use insurance", ["b"]),
        ("Hello, I am a graduate student and need something on insurance for my thesis", ["b"]),
        ("Good morning, do you have anything about insurance", ["b"]),
        ("documents 2013", ["c"]),
        ("/documents/rep-2014/1", ["rep-2014/1"]),
        ("did the institute ever write about insurance", ["b"]),
        ("Rauscher et al., 2014", ["rep-2014/1"]),  # the year is no family name
        ("GCS", ["rep-2014/1"]),
        ("IoT", ["rep-2014/1"]),
        ("K. Rauscher", ["rep-2014/1"]),
        ("Rauscher, K. F.", ["rep-2014/1"]),
        ("author:McConnell", ["rep-2014/1"]),
        ("rep-2014/1", ["rep-2014/1"]),
        ("REP 2014/1", ["rep-2014/1"]),
        ("id:rep-2014/1", ["rep-2014/1"]),
        ("ms6938", ["rep-2014/1"]),
        (
            "McConnell, B., & Rauscher, K. F. (2014). A measure of restraint: Reducing risks to civil assets. New York.",
            ["rep-2014/1"],
        ),
        ("McConnell, Bruce, et al. “A Measure of Restraint: Reducing Risk.” EastWest, Jan. 2014.", ["rep-2014/1"]),
    ],
)
def test_what_a_question_finds(archive, text, found):
    page = archive.search(Query(text))
    assert ([hit.document.id for hit in page.hits], page.ran) == (found, "as typed")


def test_a_name_in_a_text_is_found_by_an_initial_the_text_spells_out(archive):
    page = archive.search(Query("Machines W."))
    assert [hit.document.id for hit in page.hits] == ["rep-2014/1"]
    assert page.ran == "most words"


def test_types_that_the_configuration_does_not_list_are_those_of_the_documents():
    config = Config(sources=(Source(path="x"),))
    archive = Archive(config, OracleEngine(config, DOCUMENTS))
    assert [hit.document.id for hit in archive.search(Query("latest news")).hits] == ["c", "d"]
    archive.engine.build([*DOCUMENTS, Document("e", "A letter", type="Letter"), Document("f", "Letters of trade", type="News")])
    assert [hit.document.id for hit in archive.search(Query("letters")).hits] == ["e"]


@pytest.mark.parametrize(
    ("text", "without"),
    [("podcasts 2019", ['"podcasts" 2019', 'podcasts "2019"']), ("berkeley April 2013", ["April 2013", 'berkeley "April 2013"'])],
)
def test_what_was_understood_can_be_put_in_quotation_marks(archive, text, without):
    page = archive.search(Query(text))
    assert [part.rest for part in page.reading.parts] == without


def test_a_reading_that_finds_nothing_gives_way_to_the_words(archive):
    page = archive.search(Query("spring in berkeley"))
    assert [hit.document.id for hit in page.hits] == ["c"]


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        ("Hake, D., & Kuehn, A. (2019). Cyber insurance and risk. New York: EWI.", Citation("Cyber insurance and risk", 2019)),
        ("Kuehn, Andreas. 2018. Encryption policy in democracies. New York.", Citation("Encryption policy in democracies", 2018)),
        ("McConnell, Bruce. “A Measure of Restraint.” EWI, 2014.", Citation("A Measure of Restraint", 2014)),
        ("EWI (2020) Weathering Tech. Available at: https://x.org/t (Accessed: 1 May 2021).", Citation("Weathering Tech", 2020)),
        (
            "Kuehn/McConnell (2018): Encryption policy in democracies. New York",
            Citation("Encryption policy in democracies", 2018),
        ),
        ("@report{x, title = {{Cyber {I}nsurance} and risk}, year = 2019}", Citation("Cyber Insurance and risk", 2019)),
        ("{{cite report |title=Cyber insurance and risk |date=2019-06}}", Citation("Cyber insurance and risk", 2019)),
        ("TY  - RPRT TI  - Cyber insurance and risk PY  - 2019 ER  -", Citation("Cyber insurance and risk", 2019)),
        ("cyber insurance 2019", None),
        ("“public core” 2019", None),
        ("what happened in (2019)?", None),
    ],
)
def test_citations_are_recognised(text, citation):
    assert read_citation(text) == citation


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("In 2014 the commission on stability met, and machines form things here", False),
        ("the commission on stability met, and machines form things in 2014", True),
        ("I am looking for what in 2014 the commission on stability did", True),
    ],
)
def test_a_date_inside_a_sentence_belongs_to_the_sentence(archive, text, is_read):
    page = archive.search(Query(text))
    assert [hit.document.id for hit in page.hits][:1] == ["rep-2014/1"]
    assert any("date 2014" in part.meaning for part in page.reading.parts) == is_read


def test_the_person_and_the_topic_typed_are_offered(archive):
    (person,) = archive.search(Query("who is Karl Frederick Rauscher?")).offers
    assert (person.label, person.total) == ("Karl Frederick Rauscher", 1)
    assert archive.search(person.query).total == 1
    assert [offer.label for offer in archive.search(Query("world trade")).offers] == ["World trade"]


def test_an_excluded_word_in_words_gets_advice(archive):
    notices = archive.search(Query("how do states trade without berkeley")).reading.notices
    assert notices == ("To leave out documents with a word, write a minus before it: -berkeley.",)


def test_a_field_that_does_not_exist_is_said(archive):
    assert "“foo”" in archive.search(Query("foo:trade")).reading.notices[0]


@pytest.mark.parametrize("text", ["topic:insurance", 'topic:"insurance"', 'subject:"insurance"'])
def test_a_topic_that_does_not_exist_is_said_and_its_words_are_found(archive, text):
    page = archive.search(Query(text))
    assert [hit.document.id for hit in page.hits] == ["b"]
    assert page.reading.notices == ("There is no topic “insurance”, so its words were looked for everywhere.",)


@pytest.mark.parametrize("text", ["topic:insurance OR topic:poetry", "(topic:poetry OR subject:insurance)"])
def test_topics_that_do_not_exist_are_said_where_they_are_alternatives(archive, text):
    page = archive.search(Query(text))
    assert [hit.document.id for hit in page.hits] == ["b"]
    assert len(page.reading.notices) == 2


@pytest.mark.parametrize(
    ("text", "notices"),
    [
        ("insurance -topic:poetry", ("No document has topic poetry, so nothing was left out for it.",)),
        ("insurance -type:poem", ("No document has type poem, so nothing was left out for it.",)),
        ("insurance -type:news", ()),
    ],
)
def test_an_exclusion_that_leaves_nothing_out_is_said(archive, text, notices):
    assert archive.search(Query(text)).reading.notices == notices


@pytest.mark.parametrize("page_typed", ["p. 11", "fn 5", "N 5"])
@pytest.mark.parametrize("words", ["insurance", '"insurance"'])
def test_a_page_number_that_is_not_searched_is_said(archive, words, page_typed):
    page = archive.search(Query(f"{words}, {page_typed}"))
    assert [hit.document.id for hit in page.hits] == ["b"]
    assert page.reading.notices == (f"Numbers of pages and notes are not searched, so “{page_typed}” was left out.",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("berkeley or insurance", {"b", "c"}),
        ("either berkeley or insurance", {"b", "c"}),
        ("reducing or risk", {"rep-2014/1"}),
        ("berkeley or spring or insurance", {"b", "c"}),
    ],
)
def test_or_in_small_letters_joins_alternatives(archive, text, found):
    assert {hit.document.id for hit in archive.search(Query(text)).hits} == found


@pytest.mark.parametrize(
    "text", ["Austin Berkeley or Greg Insurance", "global commission or insurance", "who is worse berkeley or insurance"]
)
def test_or_tears_no_name_of_several_words_apart(archive, text):
    assert not any(" or the word " in part.meaning for part in archive.search(Query(text)).reading.parts)


def test_the_year_of_a_cited_work_is_written_as_a_year(archive):
    meanings = [part.meaning for part in archive.search(Query("Berkeley, A. (2013). The Commission on Stability.")).reading.parts]
    assert meanings == ["the work cited: “The Commission on Stability”, 2013"]


def test_fields_that_matched_are_named(archive):
    assert archive.search(Query("mcconnell")).hits[0].matched == ("people",)
    assert archive.search(Query("insurance")).hits[0].matched == ("title",)


@pytest.mark.parametrize("text", ["mcconnell", "insurance", "trade", "report 2013", "cyber norms"])
def test_all_fields_that_match_are_named_where_they_are_asked_for(archive, text):
    some, all_of_them = archive.search(Query(text)).hits, archive.search(Query(text), all_matches=True).hits
    for hit, complete in zip(some, all_of_them, strict=True):
        assert set(hit.matched) <= set(complete.matched)
        assert hit.matched == complete.matched or has_match(hit.snippet), (
            "a field was looked for only where no snippet shows a match"
        )


@settings(max_examples=100)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(st.sampled_from(["(", "NOT", '"', "2013", "-", "K.", "or", "IT", "«", "\u202e"]), max_size=9).map(" ".join),
    )
)
def test_any_text_is_a_question(archive, text):
    page = archive.search(Query(text.strip()))
    assert page.total == archive.count(Query(text.strip()))
