"""The archive that ships: the programme's page, read exactly, with what is known from elsewhere."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from indexer.corpus import Corpus, read_corpus
from search.archive import Archive
from search.config.loading import load_config
from search.config.settings import Config
from search.engines.oracle import OracleEngine
from search.model.document import Document
from search.model.query import Query
from search.text.analysis import Analyzer

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures"


@pytest.fixture(scope="module")
def config() -> Config:
    return load_config(ROOT / "config.yaml")


@pytest.fixture(scope="module")
def corpus(config: Config) -> Corpus:
    return read_corpus(config)


@pytest.fixture(scope="module")
def documents(corpus: Corpus) -> dict[str, Document]:
    return {document.id: document for document in corpus.documents}


@pytest.fixture(scope="module")
def archive(config: Config, corpus: Corpus) -> Archive:
    return Archive(config, OracleEngine(config, corpus.documents))


@pytest.fixture(scope="module")
def seed() -> list[dict[str, str]]:
    with (FIXTURES / "seed_entries.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_nothing_in_it_is_a_mistake(corpus):
    assert corpus.problems == ()


def test_every_entry_of_the_page_is_there_with_its_type_date_and_title(documents, seed):
    assert len(seed) == 85
    for row in seed:
        document = documents[f"entry-{row['date']}"]
        assert document.type == row["type"]
        assert document.date.edtf == row["date"]
        if row["title"]:
            assert (document.title, document.title_status) == (row["title"], "published")
        else:
            assert document.title_status in ("filled", "not_preserved")


def test_26_titles_are_the_pages_own_10_are_filled_and_49_are_not_preserved(documents):
    entries = [document for document in documents.values() if document.id.startswith("entry-")]
    assert Counter(entry.title_status for entry in entries) == {"published": 26, "filled": 10, "not_preserved": 49}
    for entry in entries:
        if entry.title_status == "filled":
            assert any("title" in evidence.fields and evidence.confidence in ("high", "medium") for evidence in entry.sources)


def test_one_entry_carries_a_title_that_waits_for_a_person(documents):
    proposed = {key: document.proposals for key, document in documents.items() if document.proposals}
    assert list(proposed) == ["entry-2011-07-07"]
    assert documents["entry-2011-07-07"].title == ""
    assert proposed["entry-2011-07-07"][0].value == "EastWest Institute Advises Congressional Cybersecurity Caucus"


def test_nine_parts_of_the_programme_text_and_seven_reports_are_documents_beside_the_entries(documents):
    programme = [key for key in documents if key.startswith("programme-")]
    assert programme == [
        "programme-global-cooperation-in-cyberspace", "programme-the-objective", "programme-the-challenge",
        "programme-the-opportunity", "programme-the-process", "programme-convene", "programme-reframe",
        "programme-mobilize", "programme-supporters",
    ]  # fmt: skip
    assert all(documents[key].date is None and documents[key].type == "Programme text" for key in programme)
    reports = [document for key, document in documents.items() if key.startswith("report-")]
    assert [report.type for report in reports] == ["Report summary"] * 7
    assert len(documents) == 85 + 9 + 7


def _words(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def test_the_html_says_what_the_page_said_once_its_repairs_are_undone():
    page = BeautifulSoup((ROOT / "corpus" / "programme.html").read_text(encoding="utf-8"), "html.parser")
    for repair in page.select("ins.repair"):
        repair.decompose()
    text = (FIXTURES / "programme_page.txt").read_text(encoding="utf-8")
    assert _words(page.main.get_text()) == _words(text)


def test_dates_as_machines_read_them_are_those_the_page_shows():
    page = BeautifulSoup((ROOT / "corpus" / "programme.html").read_text(encoding="utf-8"), "html.parser")
    shown = page.select("ul.entries time")
    assert len(shown) == 85
    for time in shown:
        month, day, year = time.get_text().split("/")
        assert time["datetime"] == f"{year}-{month}-{day}"


def test_each_repair_is_reported_on_the_document_it_is_in(documents):
    reported = {
        key: [note for note in document.notes if "page" in note] for key, document in documents.items() if "programme-" in key
    }
    repaired = {"programme-the-opportunity": 1, "programme-convene": 1, "programme-reframe": 1}
    assert {key: len(notes) for key, notes in reported.items() if notes} == repaired
    cities = "Dallas, London, New Delhi, Silicon Valley, Berlin, New York and Berkeley"
    assert cities in documents["programme-convene"].sections[0].text
    assert any("five breakthrough groups" in note for note in documents["programme-reframe"].notes)


def test_the_table_of_supporters_stays_a_table(documents):
    text = documents["programme-supporters"].sections[0].text
    assert "Huawei Technologies | Global Forum on Cyber Expertise" in text
    assert "Media Coverage" not in text


@pytest.mark.parametrize(
    ("document", "seen"),
    [
        ("entry-2020-05-18", "https://www.eastwest.ngo/department/cyberspace-cooperation?page=2"),
        ("entry-2017-03-16", "https://www.eastwest.ngo/department/cyberspace-cooperation?page=11"),
        ("entry-2015-12-10", "https://eastwest.ngo/department/cyberspace-cooperation?page=15"),
        ("entry-2012-12-19", "https://vdocuments.us/building-trust-in-cyberspace.html"),
    ],
)
def test_a_listing_or_a_copy_is_a_source_and_never_the_original_address(documents, document, seen):
    assert documents[document].url == ""
    assert seen in {evidence.source for evidence in documents[document].sources}
    assert [one.id for one in documents.values() if "/department/" in one.url or "docum" in one.url] == []


PARTS = ("subtitle", "other_titles", "people", "event", "venue", "place", "url", "notes")


def test_every_part_that_the_page_does_not_state_names_its_source(documents):
    for document in documents.values():
        if document.id.startswith("programme-"):
            continue  # all of it is the page's, and its notes say what was repaired
        supported = {name for evidence in document.sources for name in evidence.fields}
        assert {name for name in PARTS if getattr(document, name)} <= supported, document.id


def test_summaries_are_the_pages_own_words_or_say_that_they_are_not(documents):
    page = _words((FIXTURES / "programme_page.txt").read_text(encoding="utf-8"))
    for document in documents.values():
        if not document.summary:
            continue
        if document.summary_note:
            assert document.summary_note == "described from public sources"
            assert any("summary" in evidence.fields for evidence in document.sources)
        else:
            assert document.summary.split(". ")[0].rstrip(".")[:60] in page, document.id
    assert documents["entry-2020-05-18"].summary.startswith("The latest report, Weathering TechNationalism")


def test_topics_are_those_of_the_table(documents, seed):
    with (FIXTURES / "topics.csv").open(newline="") as file:
        wanted = {row["seed_line"]: set(row["topics"].split()) for row in csv.DictReader(file)}
    for row in seed:
        document = documents[f"entry-{row['date']}"]
        assert set(document.topics) == wanted.get(row["line"], set()), row
        assert {evidence.topic for evidence in document.topic_evidence} == set(document.topics)
        assert all(evidence.phrase or evidence.source for evidence in document.topic_evidence)


TOPICS_OF_THE_TEXT = {
    "global-cooperation-in-cyberspace": "norms-of-behavior encryption smart-cities-iot cyber-crime",
    "the-objective": "cyber-conflict-deterrence cyber-crime trust-cooperation",
    "the-challenge": "cyber-conflict-deterrence election-security",
    "the-opportunity": "norms-of-behavior cyber-conflict-deterrence critical-infrastructure encryption cyber-crime "
    "trust-cooperation",
    "the-process": "trust-cooperation",
    "convene": "ict-supply-chain china-us india summits-events",
    "reframe": "norms-of-behavior cyber-conflict-deterrence encryption ict-supply-chain cyber-insurance smart-cities-iot "
    "cyber-crime india internet-governance gcsc election-security",
    "mobilize": "",
    "supporters": "",
}
"""The table's "text lines", by the part of the page each line is in."""


@pytest.mark.parametrize("part", TOPICS_OF_THE_TEXT)
def test_topics_of_the_programme_text_are_those_of_the_table(documents, part):
    assert set(documents[f"programme-{part}"].topics) == set(TOPICS_OF_THE_TEXT[part].split())


def test_a_phrase_occurs_in_the_document_it_is_evidence_for(documents, config):
    analyzer = Analyzer(config.language)

    def stems(text: str) -> set[str]:
        return {analyzer.stem(word) for word in analyzer.words(text)}

    for document in documents.values():
        words = " ".join((document.title, *(text for part in document.sections for text in (part.heading, part.text))))
        for evidence in document.topic_evidence:
            assert stems(evidence.phrase) <= stems(words)
            assert evidence.phrase or evidence.source.startswith("http")


def test_no_untitled_entry_has_a_topic(documents):
    assert not [document.id for document in documents.values() if document.title_status == "not_preserved" and document.topics]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("cyber insurance", "entry-2019-06-05"),
        ("technationalism", "entry-2020-05-18"),
        ("tech nationalism", "entry-2020-05-18"),
        ('"public core"', "report-call-to-protect-the-public-core-of-the-internet"),
        ("whos behind china's cyber spying", "entry-2013-09-26"),
        ("undersea cables", "programme-the-opportunity"),
        ("commentary december 2011", "entry-2011-12-22"),
        ("12/22/2011", "entry-2011-12-22"),
        ("buyers guide", "report-purchasing-secure-ict-products-and-services"),
    ],
)
def test_what_people_look_for_comes_first(archive, text, first):
    found = [hit.document.id for hit in archive.search(Query(text)).hits]
    assert first in found[:2] if "december" in text else found[0] == first


def test_huawei_finds_the_commentary_and_the_supporters(archive):
    found = {hit.document.id for hit in archive.search(Query("huawei")).hits}
    assert {"entry-2012-09-10", "programme-supporters"} <= found


def test_china_among_commentaries_newest_first(archive):
    page = archive.search(Query("China", sort="newest").with_selection("type", ["Commentary"]))
    assert {hit.document.type for hit in page.hits} == {"Commentary"}
    dates = [hit.document.date.edtf for hit in page.hits]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) >= 3


def test_2013_has_fifteen_entries(archive):
    page = archive.search(Query(per_page=100).with_selection("year", ["2013"]))
    assert sum(hit.document.id.startswith("entry-") for hit in page.hits) == 15


def test_reports_count_what_their_children_hold_together(archive):
    values = {value.value: value for value in archive.search(Query()).facet("type").values}
    children = [value.count for value in values.values() if value.parent == "Reports"]
    assert values["Reports"].count == sum(children) == 9 + 4 + 4 + 1 + 7


def test_the_entry_without_a_type_is_in_its_own_bucket(archive):
    page = archive.search(Query().with_selection("type", ["none"]))
    assert [(hit.document.id, hit.display_title) for hit in page.hits] == [
        ("entry-2017-11-20", "Untitled item, 20 November 2017")
    ]


def test_untitled_entries_say_so_and_come_last_by_title(archive):
    page = archive.search(Query(sort="title", per_page=100))
    page_two = archive.search(Query(sort="title", per_page=100, page=2))
    titled = [bool(hit.document.title) for hit in (*page.hits, *page_two.hits)]
    assert titled == sorted(titled, reverse=True)
    assert archive.display_title(archive.document("entry-2011-12-22")) == "Untitled commentary, 22 December 2011"
    assert archive.search(Query("untitled")).total == 0
