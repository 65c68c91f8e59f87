"""What visitors see."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from urllib.parse import urlencode, urljoin

import pytest
from bs4 import BeautifulSoup

from indexer.corpus import read_corpus
from search.archive import Archive
from search.config.loading import load_config
from search.config.settings import Config, Site, Source
from search.engines.oracle import OracleEngine
from search.model.dates import parse_date
from search.model.document import Document
from webui import create_app
from webui.pages.help import examples

ROOT = Path(__file__).parents[2]
PAGES = [
    "/",
    "/search",
    "/search?q=cyber",
    "/search?q=zzzz",
    "/documents/report-1",
    "/documents/entry-1",
    "/topics/norms",
    "/titles",
    "/holdings",
    "/help",
]


def soup(client, url):
    response = client.get(url)
    assert response.status_code == 200, url
    return BeautifulSoup(response.text, "html.parser")


@pytest.mark.parametrize("url", PAGES)
def test_every_page_has_one_heading_one_main_and_a_title(client, url):
    page = soup(client, url)
    assert len(page.find_all("h1")) == len(page.find_all("main")) == 1
    assert page.title.text.endswith("The Archive")
    levels = [int(tag.name[1]) for tag in page.find_all(re.compile("^h[1-6]$"))]
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels)), levels
    assert not page.find_all("script")
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for label in page.find_all("label", attrs={"for": True}):
        assert label["for"] in ids


def test_the_count_the_title_the_api_and_the_feed_agree(client):
    page = soup(client, "/search?q=cyber&type=News")
    assert page.find(id="count").text.strip().startswith("25 results for")
    assert "cyber (25 results, page 1 of 3)" in page.title.text
    assert client.get("/api/v1/search?q=cyber&type=News").json["total"] == 25
    assert "<opensearch:totalResults>25<" in client.get("/search.atom?q=cyber&type=News").text


def test_facets_are_boxes_in_the_form_with_the_count_a_click_gives(client):
    page = soup(client, "/search?q=cyber")
    boxes = page.select("fieldset label:has(input[name=type])")
    assert boxes
    for box in boxes:
        value, count = box.input["value"], int(re.search(r"\d+", box.select_one(".count").text)[0])
        assert client.get("/api/v1/search", query_string={"q": "cyber", "type": value}).json["total"] == count


def test_nothing_a_crawler_can_follow_narrows_a_search(client):
    """Links on result pages only remove, page, or open: none has more conditions than the page it is on."""
    here = "/search?q=cyber&type=News&year=2011&-topic=norms"
    conditions = {("q", "cyber"), ("type", "News"), ("year", "2011"), ("-topic", "norms")}
    from urllib.parse import parse_qsl, urlsplit

    for link in soup(client, here).find_all("a", href=True):
        url = urlsplit(urljoin(here, link["href"]))
        if url.path == "/search":
            assert set(parse_qsl(url.query)) - {("page", "2"), ("page", "1")} <= conditions, link


def test_crawling_from_home_meets_few_searches(client):
    seen, waiting = set(), ["/"]
    while waiting:
        url = waiting.pop().partition("#")[0]
        if url in seen or not url.startswith("/") or url.startswith(("/search.", "/api", "/static")):
            continue
        seen.add(url)
        response = client.get(url)
        if response.mimetype == "text/html":
            waiting += [link["href"] for link in BeautifulSoup(response.text, "html.parser").find_all("a", href=True)]
    assert len([url for url in seen if url.startswith("/search")]) < 40


def sent(page):
    """What the form of the page of results sends as it stands."""
    form = page.select_one("form.search")
    fields = [
        (tag["name"], tag["value"])
        for tag in form.select("input[name]")
        if tag.get("type") != "checkbox" or tag.has_attr("checked")
    ]
    fields += [(tag["name"], tag.select_one("[selected]")["value"]) for tag in form.select("select:has([selected])")]
    return sorted((name, value) for name, value in fields if value)


@pytest.mark.parametrize(
    "state",
    [
        [("from", "2013"), ("q", "zzzz"), ("to", "2014")],
        [("from", "2013"), ("q", "cyber"), ("to", "2014")],
        [("-topic", "norms"), ("q", "zzzz"), ("type", "News"), ("year", "none")],
        [("per_page", "20"), ("q", "cyber"), ("sort", "newest"), ("title_status", "not_preserved")],
        [("q", "zzzz"), ("title_status", "not_preserved")],
    ],
)
def test_the_form_sends_all_of_the_search_it_stands_under(client, state):
    assert sent(soup(client, f"/search?{urlencode(state)}")) == state
    assert sent(soup(client, f"/search?{urlencode([*state, ('page', '1')])}")) == state


def test_where_there_is_nothing_to_tick_there_are_no_filters(client):
    page = soup(client, "/search?q=zzzz")
    assert not page.select("aside, .jump, .two")
    assert soup(client, "/search?q=zzzz&to=2014").select_one("aside legend").text == "Date"


def test_what_is_left_out_is_counted_as_such(client):
    page = soup(client, "/search?q=cyber")
    told = {box.input["name"]: box.select_one(".count").text for box in page.select("fieldset label:has(input[value=News])")}
    assert told == {"type": ", 25 results", "-type": ", 25 to leave out"}


def test_a_date_that_cannot_be_read_stays_in_its_box_with_the_reason_beside_it(client):
    page = soup(client, "/search?q=cyber&from=soon&to=2014")
    box = page.find(id="from")
    assert (box["value"], page.find(id="to")["value"]) == ("soon", "2014")
    assert "must be a year or a date" in page.find(id=box["aria-describedby"]).text
    assert not page.find(id="to").has_attr("aria-describedby")


def test_a_long_query_never_pushes_the_results_away(client):
    page = soup(client, "/search?q=cyber+" + "+".join(["OR+cyber"] * 12) + "+news+-zebra+-insurance")
    assert page.select_one(".reading details summary").text == "Read as 4 parts"
    assert len(page.select(".reading details .chips a")) == 4
    assert len(page.select_one("#count q").text) <= 61
    assert len(page.find(id="q")["value"]) > 100
    assert not soup(client, "/search?q=cyber+news").select(".reading details")


def test_chips_remove_exactly_what_they_say(client):
    page = soup(client, "/search?q=cyber&type=News&type=Reports&-topic=norms&from=2011")
    chips = {
        chip.text.replace("Remove filter", "").replace("✕", "").strip(): chip["href"] for chip in page.select(".results .chips a")
    }
    assert chips["Topic: not Norms"] == "/search?q=cyber&type=News&type=Reports&from=2011"
    assert chips["Content type: News"] == "/search?q=cyber&-topic=norms&type=Reports&from=2011"
    assert chips["Date: 2011 to the end"] == "/search?q=cyber&-topic=norms&type=News&type=Reports"
    assert chips["Clear all filters"] == "/search?q=cyber"


def test_the_page_says_how_it_read_the_words_and_each_part_can_be_removed(client):
    page = soup(client, '/search?q="cyber news" -insurance type:news')
    parts = {a.text.replace("Remove", "").replace("✕", "").strip(): a["href"] for a in page.select(".reading a")}
    assert list(parts) == ["exactly “cyber news”", "not the word insurance", "type news"]
    assert parts["not the word insurance"] == "/search?q=%22cyber+news%22+type%3Anews"


def test_above_the_first_result_stand_only_box_reading_count_and_chips(client):
    page = soup(client, "/search?q=cyber&type=News")
    before = page.select_one("ol.hits").find_all_previous(["form", "fieldset", "table", "figure", "aside"])
    assert [tag.name for tag in before] == ["form"]


def test_nothing_found_leads_on(client):
    page = soup(client, "/search?q=insurrance")
    assert "Did you mean" in page.text
    assert page.select_one(".nothing h4 a")["href"].startswith("/documents/")
    page = soup(client, "/search?q=insurance+news")
    links = [link["href"] for link in page.select(".nothing ul li a") if link["href"].startswith("/search")]
    assert len(links) >= 2
    for link in links:
        assert "No results" not in soup(client, link).find(id="count").text


def test_a_page_out_of_range_leads_to_the_last(client):
    response = client.get("/search?q=cyber&type=News&page=99")
    assert response.status_code == 302
    assert response.location == "/search?q=cyber&type=News&page=3"


@pytest.mark.parametrize(
    ("asked", "last"),
    [
        ("/topics/norms?page=99", "/topics/norms?page=2"),
        ("/topics/norms?page=99&per_page=5", "/topics/norms?page=3&per_page=5"),
        ("/topics/insurance?page=2", "/topics/insurance"),
        ("/titles?page=9", "/titles"),
        ("/titles?page=1000", "/titles"),
    ],
)
def test_lists_beyond_their_last_page_lead_to_it_too(client, asked, last):
    assert client.get(asked).location == last


def test_pages_of_a_topic_keep_their_size_and_tell_what_cannot_be_used(client):
    page = soup(client, "/topics/norms?per_page=5")
    assert [link["href"] for link in page.select(".pages a")][1] == "/topics/norms?page=2&per_page=5"
    for url in ("/topics/norms?page=abc", "/titles?page=abc"):
        assert "must be a whole number" in soup(client, url).select_one(".notice").text


def test_parameters_that_cannot_be_used_are_told_beside_the_results(client):
    page = soup(client, "/search?q=cyber&from=soon&sort=random&page=x")
    assert len(page.select(".notice")) == 3


def test_long_input_is_cut_and_passages_are_read_as_such(client):
    page = soup(client, "/search?q=" + "a" * 3000)
    assert "cut to its first 2,048 characters" in page.text
    assert not page.select("[maxlength]"), "the browser would cut without a word"
    assert "read as a passage" in soup(client, "/search?q=" + "+".join(["cyber"] * 40)).text


def test_a_document_says_what_is_not_known_and_who_says_what_is(client):
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


def test_stored_text_never_becomes_markup(client):
    for url in ("/documents/text-1", "/search?q=script", "/search.atom?q=script", "/api/v1/search?q=script"):
        assert "<script>alert" not in client.get(url).text


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


def test_an_archive_that_names_no_examples_gets_some_from_its_own_words_and_all_find_something(client):
    page = soup(client, "/help")
    typed = [code.text for code in page.select(".examples code")]
    assert typed[:2] == ["cyber news", '"cyber news"']
    assert {"cyber OR news", "cybe*", "title:cyber", "type:Ideas year:2010..2019", "topic:norms", "2019-06-05"} < set(typed)
    for link in page.select(".examples a"):
        assert "No results" not in soup(client, link["href"]).find(id="count").text
    assert [code.text for code in soup(client, "/").select(".hint code")] == typed[:3]


@pytest.mark.parametrize(
    ("named", "shown"),
    [
        ((), ["haus muhlbach", '"haus muhlbach"', "haus OR muhlbach", "haus*", "title:haus", "type:Bild year:1902..1902"]),
        (("Bild", "cyber insurance"), ["Bild"]),
    ],
)
def test_examples_of_one_archive_are_never_shown_in_another(named, shown):
    config = Config(sources=(Source(path="x"),), language="de", site=Site(examples=named))
    documents = [Document("a", "Das Haus Mühlbach", type="Bild", date=parse_date("1902")), Document("b", "")]
    client = create_app(config, OracleEngine(config, documents)).test_client()
    assert [code.text for code in soup(client, "/help").select(".examples code")] == shown


def test_an_archive_without_titles_or_types_has_a_help_page_without_examples():
    config = Config(sources=(Source(path="x"),))
    client = create_app(config, OracleEngine(config, [Document("b", "")])).test_client()
    assert soup(client, "/help").select("table") == soup(client, "/").select(".hint code") == []


def test_every_example_of_the_shipped_archive_finds_something():
    config = load_config(ROOT / "config.yaml")
    archive = Archive(config, OracleEngine(config, read_corpus(config).documents))
    assert [one.typed for one in examples(archive)] == list(config.site.examples)


@pytest.mark.parametrize(
    ("url", "status"),
    [("/nowhere", 404), ("/documents/nobody", 404), ("/topics/nothing", 404), ("/go", 404)],
)
def test_what_is_not_there_is_said_in_plain_words_with_a_search_box(client, url, status):
    response = client.get(url)
    assert response.status_code == status
    assert 'name="q"' in response.text
    assert "archivist@archive.example" in response.text


@pytest.mark.parametrize(
    "address",
    [
        "https://www.example.org/idea/cyber-insurance/",
        "http://example.org/idea/cyber-insurance",
        "EXAMPLE.org/idea/cyber%2Dinsurance?utm_source=mail#top",
        "//www.example.org/idea/cyber-insurance",
        "/idea/cyber-insurance",
        "https://mirror.example/node/5989",
        "https://mirror.example/list?page=2",
        "https://example.org/files/insurance.pdf",
    ],
)
def test_every_known_address_of_a_document_leads_to_it(client, address):
    assert client.get("/go", query_string={"url": address}).location == "/documents/report-1"


def test_the_document_that_was_at_an_address_comes_before_one_that_names_it_as_a_source(client):
    assert client.get("/go?url=https://www.example.org/idea/reframe").location == "/documents/text-1"


def test_an_address_nobody_knows_leads_to_a_search_only_where_that_finds_something(client):
    assert client.get("/go?url=http://example.org/idea/cyber-news").location == "/search?q=cyber+news"
    for unknown in (
        "http://example.org/node/77777",
        "//evil.example/",
        "https://mirror.example/list?page=3",
        "none",
        "https://none",
    ):
        response = client.get("/go", query_string={"url": unknown})
        assert (response.status_code, response.location) == (404, None), unknown


def test_state_survives_going_to_a_document_and_back(client):
    page = soup(client, "/search?q=cyber&type=News&page=2")
    document = soup(client, page.select_one(".hits a")["href"])
    assert document.select_one(".back a")["href"] == "/search?q=cyber&type=News&page=2"


def test_exports_hold_the_whole_search(client):
    rows = client.get("/search.csv?type=News").text.splitlines()
    assert len(rows) == 26
    assert client.get("/search.ris?type=News").text.count("ER  -") == 25
    assert client.get("/search.bib?q=insurance").text.startswith("@misc{report-1,")
    assert client.get("/search.json?type=News").json["total"] == 25


def test_an_index_that_is_missing_gives_a_page_that_says_so(config):
    client = create_app(config, OracleEngine(config)).test_client()
    for url in ("/", "/search?q=x", "/documents/a"):
        response = client.get(url)
        assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
        assert "not ready" in response.text
        assert "Traceback" not in response.text
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    assert client.get("/api/v1/search").mimetype == "application/problem+json"
