"""The page of a document, and the lists of documents: topics, titles, holdings."""

from __future__ import annotations

from page_reading import soup


def test_pages_of_a_topic_keep_their_size_and_tell_what_cannot_be_used(client):
    page = soup(client, "/topics/norms?per_page=5")
    assert [link["href"] for link in page.select(".pages a")][1] == "/topics/norms?page=2&per_page=5"
    for url in ("/topics/norms?page=abc", "/titles?page=abc"):
        assert "must be a whole number" in soup(client, url).select_one(".notice").text


def test_a_document_says_what_is_not_known_and_who_says_what_is(client):
    """Invariant 8."""
    page = soup(client, "/documents/entry-1?q=x")
    assert page.h1.text == "Untitled commentary, 22 December 2011"
    assert "title of this document was not preserved" in page.text
    assert "A proposed title" in page.text
    assert page.select_one(".back a")["href"] == "/search?q=x"
    page = soup(client, "/documents/report-1")
    assert "high confidence" in page.text
    assert "the words “insurance” stand in it" in page.text


def test_a_document_without_a_type_says_so(client):
    page = soup(client, "/documents/entry-2")
    assert page.select_one(".kind").text == "Type not stated"
    assert "is made from its date alone" in page.select_one(".notice").text


def test_the_source_of_a_proposal_can_be_opened(client):
    links = [link["href"] for link in soup(client, "/documents/entry-1").select(".notice a")]
    assert links == ["https://www.example.org/proposed"]


def test_a_document_opened_from_a_topic_leads_back_to_it(client):
    page = soup(client, "/topics/norms?page=2&per_page=5")
    back = soup(client, page.select_one(".hits a")["href"]).select_one(".back a")
    assert (back.text, back["href"]) == ("Back to the topic", "/topics/norms?page=2&per_page=5")


def test_a_table_in_a_text_is_shown_as_one(client):
    page = soup(client, "/documents/text-1")
    assert [[cell.text for cell in row.select("th, td")] for row in page.select(".text tr")] == [["Here", "There"], ["a", "b"]]
    assert [p.text for p in page.select(".text p")] == ["On cyber norms and <script>alert(1)</script>", "One | two", "A table:"]


def test_a_hit_in_a_part_links_to_it(client):
    page = soup(client, "/search?q=norms")
    assert page.select_one('a[href$="#norms"]').text.endswith("Norms & rules")


def test_titles_and_holdings_count_what_is_missing(client):
    assert "27 titles. 2 more documents have none" in soup(client, "/titles").text
    table = soup(client, "/holdings")
    assert "29 documents, of which 2 have no title" in table.text
    button = table.select_one("main form button")
    assert (button.text, button["name"], button["value"]) == ("Show the 2 without a title", "title_status", "not_preserved")
    assert "2 results" in soup(client, "/search?title_status=not_preserved").find(id="count").text


def test_an_unknown_year_has_one_name_everywhere(client):
    page = soup(client, "/search?q=reframe")
    assert page.select_one("label:has(input[name=year][value=none]) span").text == "Undated"
    assert page.select(".hits .facts span")[1].text == "Undated"
    assert soup(client, "/holdings").select("thead th")[-1].text == "Undated"


def test_an_unknown_type_leaves_no_gap_in_the_list_of_titles(client):
    for facts in soup(client, "/titles").select(".facts"):
        assert all(part.text for part in facts.find_all("span"))
