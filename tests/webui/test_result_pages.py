"""The page of results: counts, filters, how the search was read, and where to go on."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin

import pytest
from bs4 import BeautifulSoup
from page_reading import soup

from search.config.settings import Config, Source
from search.engines.oracle import OracleEngine
from search.model.document import Document
from webui import create_app


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
            waiting += [
                link["href"] for link in BeautifulSoup(response.text, "html.parser").select("a[href]:not([rel~=nofollow])")
            ]
    assert [url for url in seen if url.startswith("/search")] == ["/search"]


def sent_values(page):
    """What the form of the page of results sends as it stands."""
    form = page.select_one("form#search")
    form.append(page.find(id="q"))
    fields = [
        (tag["name"], tag["value"])
        for tag in form.select("input[name]")
        if tag.get("type") != "checkbox" or tag.has_attr("checked")
    ]
    fields += [(tag["name"], tag.select_one("[selected]")["value"]) for tag in form.select("select:has([selected])")]
    return [(name, value) for name, value in fields if value and name != "id"]


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
def test_the_form_sends_the_whole_search(client, state):
    for pairs in (state, [*state, ("page", "1")]):
        landed = client.get(
            f"/search?{urlencode([*sent_values(soup(client, f'/search?{urlencode(pairs)}')), ('from', '')])}"
        ).location
        assert dict(state).items() <= dict(parse_qsl(landed.partition("?")[2])).items()
        assert {name for name, _ in parse_qsl(landed.partition("?")[2])} - {"sort"} == {name for name, _ in state} - {"sort"}


def test_a_form_without_scripts_leads_to_an_address_without_empty_parameters(client):
    assert client.get("/search?q=cyber&sort=relevance&from=&to=").location == "/search?q=cyber"
    assert client.get("/search?q=cyber&from=&to=&between=2011..2012").location == "/search?q=cyber&from=2011&to=2012"


def test_saving_is_beside_the_results_where_there_are_no_filters_and_is_folded_below_them_elsewhere(client):
    for url, is_beside in (("/search?q=reframe", True), ("/search?q=news", False)):
        page = soup(client, url)
        assert bool(page.select(".filters")) is not is_beside
        assert bool(page.select("#results ~ .card.save a[href^='/search.ris']")) is is_beside
        assert bool(page.select("#results details.save a[href^='/search.ris']")) is not is_beside


def test_where_there_is_nothing_to_tick_there_are_no_filters(client):
    page = soup(client, "/search?q=zzzz")
    assert not page.select(".filters")
    assert soup(client, "/search?q=zzzz&to=2014").select_one(".filters legend").text == "Date"


def test_what_is_left_out_is_counted_as_such(client):
    page = soup(client, "/search?q=cyber")
    rows = page.select("fieldset .row:has(input[value=Ideas])")
    assert [(box["name"], box.parent.text) for box in rows[0].select("input")] == [
        ("type", "Ideas, 25 results"), ("-type", "Leave out Ideas"),
    ]  # fmt: skip
    left = client.get("/api/v1/search?q=cyber&-type=Ideas").json["total"]
    assert left == client.get("/api/v1/search?q=cyber").json["total"] - 25


def test_what_changes_nothing_is_not_offered(client):
    page = soup(client, "/search?q=cyber&year=2011")
    offered = {box["value"] for box in page.select("input[name=type]")}
    total = client.get("/api/v1/search?q=cyber&year=2011").json
    assert not [
        one for one in total["facets"]["type"] if one["count"] == total["total"] and one["value"] in offered and one["parent"]
    ]


def test_the_chart_of_years_spans_the_archive_and_its_bars_give_what_they_say(client):
    page = soup(client, "/search?q=insurance")
    assert [end.text for end in page.select(".years .ends span")] == ["2010", "2019"]
    page = soup(client, "/search?q=cyber")
    for bar in page.select(".bars button"):
        landed = client.get("/search", query_string={"q": "cyber", "between": bar["value"]}).location
        assert client.get("/api/v1" + landed).json["total"] == int(bar["title"].partition(": ")[2])


def test_a_date_that_cannot_be_read_stays_in_its_box_with_the_reason_beside_it(client):
    page = soup(client, "/search?q=cyber&from=soon&to=2014")
    box = page.find(id="from")
    assert (box["value"], page.find(id="to")["value"]) == ("soon", "2014")
    reason = page.find(id=box["aria-describedby"]).text
    assert "must be a year or a date" in reason
    assert [notice.text for notice in page.select("#results .notice")] == [reason]  # the filters may be folded away
    assert not page.find(id="to").has_attr("aria-describedby")


def test_a_long_query_never_pushes_the_results_away(client):
    page = soup(client, "/search?q=cyber+" + "+".join(["OR+cyber"] * 12) + "+news+-zebra+-insurance")
    assert len(page.select_one("#count q").text) <= 61
    assert len(page.find(id="q")["value"]) > 100
    assert not soup(client, "/search?q=cyber+news").select(".reading")


def test_chips_remove_exactly_what_they_say(client):
    page = soup(client, "/search?q=cyber&type=News&type=Reports&-topic=norms&from=2011")
    chips = {
        chip.text.replace("Remove filter", "").replace("✕", "").strip(): chip["href"] for chip in page.select("#results .chips a")
    }
    assert chips["Topic: not Norms"] == "/search?q=cyber&type=News&type=Reports&from=2011"
    assert chips["Content type: News"] == "/search?q=cyber&-topic=norms&type=Reports&from=2011"
    assert chips["Date: 2011 – …"] == "/search?q=cyber&-topic=norms&type=News&type=Reports"
    assert chips["Clear all"] == "/search?q=cyber"


def test_the_page_says_how_it_read_the_words_and_each_part_can_be_removed(client):
    page = soup(client, '/search?q="cyber news" -insurance type:news')
    parts = {a.text.replace("Remove", "").replace("✕", "").strip(): a["href"] for a in page.select(".reading + .chips a")}
    assert list(parts) == ["exactly “cyber news”", "without the word insurance", "type News"]
    assert parts["without the word insurance"] == "/search?q=%22cyber+news%22+type%3Anews"


def test_above_the_first_result_are_only_box_reading_count_and_chips(client):
    page = soup(client, "/search?q=cyber&type=News")
    before = page.select_one("ol.hits").find_all_previous(["ol"])
    assert not before


def test_nothing_found_leads_on(client):
    page = soup(client, "/search?q=insurrance")
    assert "so these are the results for “insurance”" in page.text
    assert page.select_one(".notice a") is None  # exactly these words would find nothing
    assert "Nothing in the archive matches" in client.get("/search?q=insurrance&exact=1").text
    page = soup(client, "/search?q=insurance+news&exact=1")
    links = [link["href"] for link in page.select(".nothing ul li a") if link["href"].startswith("/search")]
    assert len(links) >= 2
    for link in links:
        assert "No results" not in soup(client, link).find(id="count").text


def test_a_page_out_of_range_leads_to_the_first(client):
    response = client.get("/search?q=cyber&type=News&page=99")
    assert response.status_code == 302
    assert response.location == "/search?q=cyber&type=News"


def test_parameters_that_cannot_be_used_are_reported_beside_the_results(client):
    page = soup(client, "/search?q=cyber&from=soon&sort=random&page=x")
    assert len(page.select("#results .notice")) == 3


def test_long_input_is_cut_and_passages_are_read_as_such(client):
    page = soup(client, "/search?q=" + "a" * 3000)
    assert "shortened to its first 2,048 characters" in page.text
    assert not page.select("[maxlength]"), "the browser would cut without a word"
    assert "read as a passage" in soup(client, "/search?q=" + "+".join(["cyber"] * 40)).text


def test_state_survives_going_to_a_document_and_back(client):
    page = soup(client, "/search?q=cyber&type=News&page=2")
    document = soup(client, page.select_one(".hits a")["href"])
    assert document.select_one(".walk a")["href"] == "/search?q=cyber&type=News&page=2"


def test_exports_hold_the_whole_search(client):
    rows = client.get("/search.csv?type=News").text.splitlines()
    assert len(rows) == 26
    assert client.get("/search.ris?type=News").text.count("ER  -") == 25
    assert client.get("/search.bib?q=insurance").text.startswith("@techreport{report-1,")
    assert client.get("/search.json?type=News").json["total"] == 25


@pytest.mark.parametrize("size", [10, 20, 50])
def test_links_of_a_page_keep_the_page_size_of_the_archive(size):
    config = Config(sources=(Source(path="x"),), per_page=size)
    client = create_app(config, OracleEngine(config, [Document(f"d{number}", "News") for number in range(60)])).test_client()
    page = soup(client, "/search?q=news")
    links = {link["href"] for link in page.select("a[href^='/search']")}
    assert {f"/search.{ending}?q=news" for ending in ("atom", "csv", "ris", "bib", "json")} | {"/search?q=news&page=2"} <= links
    assert not [link for link in links if "per_page" in link]
    assert len(client.get("/api/v1/search?q=news&page=2").json["hits"]) == min(size, 60 - size)
