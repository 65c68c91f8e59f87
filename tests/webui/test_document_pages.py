"""The page of a document, and the lists of documents: topics, titles, holdings."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from page_reading import soup

from search.config.settings import Config, Source
from search.engines.oracle import OracleEngine
from search.model.dates import parse_edtf
from search.model.document import Document
from webui import create_app


def test_pages_of_a_topic_keep_their_size_and_report_what_cannot_be_used(client):
    page = soup(client, "/topics/norms?per_page=5")
    assert [link["href"] for link in page.select(".pages a")][1] == "/topics/norms?per_page=5&page=2"
    for url in ("/topics/norms?page=abc", "/titles?page=abc"):
        assert "must be a whole number" in soup(client, url).select_one(".notice").text


def test_a_document_says_what_is_not_known_and_who_says_what_is(client):
    """Invariant 8."""
    page = soup(client, "/documents/entry-1?q=x")
    assert page.h1.text == "Untitled commentary, 22 December 2011"
    assert "title of this document was not preserved" in page.text
    assert "A proposed title" in page.text
    assert page.select_one(".walk a")["href"] == "/search?q=x"
    page = soup(client, "/documents/report-1")
    assert "This is certain." in page.text
    assert "it contains “insurance”" in page.text


def test_a_document_without_a_type_says_so(client):
    page = soup(client, "/documents/entry-2")
    assert page.select_one(".kind").text == "Type not stated"
    assert page.h1.text == "Untitled item, 20 November 2017"


def test_the_source_of_a_proposal_can_be_opened(client):
    links = [link["href"] for link in soup(client, "/documents/entry-1").select(".notice a")]
    assert links == ["https://www.example.org/proposed", "mailto:archivist@archive.example"]


def test_a_document_opened_from_a_topic_leads_back_to_it(client):
    page = soup(client, "/topics/norms?per_page=5&page=2")
    back = soup(client, page.select_one(".hits a")["href"]).select_one(".walk a")
    assert (back.text, back["href"]) == ("Back to the topic", "/topics/norms?per_page=5&page=2")


def test_a_table_in_a_text_is_shown_as_one(client):
    page = soup(client, "/documents/text-1")
    assert [[cell.text for cell in row.select("th, td")] for row in page.select(".text tr")] == [["Here", "There"], ["a", "b"]]
    assert [p.text for p in page.select(".text p")] == ["On cyber norms and <script>alert(1)</script>", "One | two", "A table:"]


def test_a_hit_in_a_part_links_to_it(client):
    page = soup(client, "/search?q=norms")
    assert page.select_one('a[href$="#norms"]').text.endswith("Norms & rules")


def test_titles_and_holdings_count_what_is_missing(client):
    assert "27 titles. 2 more documents have no title" in soup(client, "/titles").text
    table = soup(client, "/holdings")
    assert "29 documents are held." in table.text
    assert table.select_one(".lede a")["href"] == "/search?title_status=not_preserved"


def test_every_number_of_the_holdings_is_the_number_of_its_search(client):
    for link in soup(client, "/holdings").select("table a"):
        assert client.get(f"/api/v1{link['href']}").json["total"] == int(link.text), link["href"]


def test_holdings_are_counted_by_decades_where_there_are_many_years():
    config = Config(sources=(Source(path="x"),))
    documents = [
        Document(str(year), str(year), type="Letter", date=parse_edtf(f"{year}/{year + 3}")) for year in range(1700, 1990, 5)
    ]
    client = create_app(config, OracleEngine(config, [*documents, Document("x", "Undated")])).test_client()
    table = soup(client, "/holdings")
    assert len(table.select("thead th")) < 30
    for link in table.select("table a"):
        assert client.get(f"/api/v1{link['href']}").json["total"] == int(link.text), link["href"]


def test_titles_are_filed_under_folded_letters_without_articles():
    config = Config(sources=(Source(path="x"),))
    titles = ("École", "The Cyber Age", "Elm", "A Day", "12 norms", "«Zorn»")
    client = create_app(config, OracleEngine(config, [Document(title, title) for title in titles])).test_client()
    page = soup(client, "/titles")
    assert [head.text for head in page.select("h2.letter")] == ["0–9", "C", "D", "E", "Z"]
    assert [a.text for a in page.find(id="l-4").parent.select("li a")] == ["École", "Elm"]


def test_a_document_in_results_leads_to_its_neighbours_and_marks_its_words(client):
    results = soup(client, "/search?q=cyber&type=News&page=2")
    hits = [link["href"] for link in results.select(".hits h2 a")]
    page = soup(client, hits[0])
    assert page.select_one("a[rel~=next]")["href"] == hits[1]
    before = soup(client, page.select_one("a[rel~=prev]")["href"])
    assert before.select_one("a[rel~=next]")["href"] == hits[0]
    assert "Result 11 of 25" in page.text
    marked = soup(client, "/documents/text-1?q=norms")
    assert [mark["id"] for mark in marked.select(".text mark")] == ["mark-1"]


def test_related_documents_say_why(client):
    page = soup(client, "/documents/news-01")
    assert "also about Norms" in page.find(id="related").parent.text
    assert "2 results" in soup(client, "/search?title_status=not_preserved").find(id="count").text


def test_an_unknown_year_has_one_name_everywhere(client):
    page = soup(client, "/search?q=reframe")
    assert page.select(".hits .facts span")[1].text == "Undated"
    assert soup(client, "/holdings").select("thead th")[-1].text == "Undated"


def test_an_unknown_type_leaves_no_gap_in_the_list_of_titles(client):
    for facts in soup(client, "/titles").select(".titles small"):
        assert not facts.text.strip().startswith(",")


def test_what_goes_with_a_topic_is_counted_within_its_documents(client):
    page = soup(client, "/topics/insurance")
    beside = page.select_one(".aside > .card")
    assert "Norms" not in beside.text, "no document has both topics"
    assert [(link.text, link.parent.select_one(".count").text) for link in beside.select("li a")] == [("Davis Hake", "1")]


@pytest.mark.parametrize("document_id", ["/", "/box/3", "a//b", "a/../b", "box 3/", "50%", "?", "#1", "İ", "//example.org/a"])
def test_a_document_has_a_page_whatever_its_id_is(document_id):
    documents = [Document(document_id, title="The one asked for"), Document("box/3", title="Another one")]
    config = Config(sources=(Source(path="x"),))
    client = create_app(config, OracleEngine(config, documents)).test_client()
    address = quote(document_id, safe="")
    assert soup(client, f"/documents/{address}").h1.text == "The one asked for"
    assert client.get(f"/api/v1/documents/{address}").json["title"] == "The one asked for"
