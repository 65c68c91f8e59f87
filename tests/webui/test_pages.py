"""What every page has, and what is shown where there is nothing to show."""

from __future__ import annotations

import itertools
import re

import pytest
from bs4 import BeautifulSoup
from page_reading import soup

from search.engines.oracle import OracleEngine
from webui import create_app

PAGES = [
    "/",
    "/search",
    "/search?q=cyber",
    "/search?q=zzzz",
    "/documents/report-1",
    "/documents/entry-1",
    "/topics/norms",
    "/topics",
    "/people",
    "/about",
    "/values/topic?q=cyber",
    "/titles",
    "/holdings",
    "/help",
]


@pytest.mark.parametrize("url", PAGES)
def test_every_page_has_one_heading_one_main_and_a_title(client, url):
    page = soup(client, url)
    assert len(page.find_all("h1")) == len(page.find_all("main")) == 1
    assert "The Archive" in page.title.text
    levels = [int(tag.name[1]) for tag in page.find_all(re.compile("^h[1-6]$"))]
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels)), levels
    assert all(
        tag.get("src", "").startswith("/static/") or tag["type"] == "application/ld+json" for tag in page.find_all("script")
    )
    assert page.select("header search input[name=q], form input[name=q]")
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for label in page.find_all("label", attrs={"for": True}):
        assert label["for"] in ids


@pytest.mark.parametrize(
    ("asked", "last"),
    [
        ("/topics/norms?page=99", "/topics/norms"),
        ("/topics/norms?page=99&per_page=5", "/topics/norms?per_page=5"),
        ("/topics/insurance?page=2", "/topics/insurance"),
        ("/titles?page=9", "/titles"),
        ("/titles?page=1000", "/titles"),
    ],
)
def test_lists_beyond_their_last_page_lead_to_it_too(client, asked, last):
    assert client.get(asked).location == last


def test_stored_text_never_becomes_markup(client):
    for url in ("/documents/text-1", "/search?q=script", "/search.atom?q=script", "/api/v1/search?q=script"):
        assert "<script>alert" not in client.get(url).text


@pytest.mark.parametrize(
    ("url", "status"),
    [("/nowhere", 404), ("/documents/nobody", 404), ("/topics/nothing", 404), ("/go", 404)],
)
def test_what_is_not_there_is_said_in_plain_words_with_a_search_box(client, url, status):
    response = client.get(url)
    assert response.status_code == status
    assert 'name="q"' in response.text
    assert "archivist@archive.example" in response.text


def test_an_index_that_is_missing_is_a_page_that_says_so(config):
    client = create_app(config, OracleEngine(config)).test_client()
    for url in ("/", "/search?q=x", "/documents/a"):
        response = client.get(url)
        assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
        assert "not ready" in response.text
        assert "Traceback" not in response.text
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    assert client.get("/api/v1/search").mimetype == "application/problem+json"


@pytest.mark.parametrize("path", ["/nowhere", "/documents/nobody", "/topics/nothing", "/files/report-1/none.pdf"])
def test_the_page_of_an_address_without_anything_has_a_box_ways_on_and_the_contact(client, path):
    response = client.get(path)
    page = BeautifulSoup(response.text, "html.parser")
    assert response.status_code == 404
    assert page.select_one("search input[name=q]")
    assert page.select_one(".card a[href='mailto:archivist@archive.example']")
    assert {"/", "/topics", "/titles"} <= {link["href"] for link in page.select(".card a")}


@pytest.mark.parametrize(
    "path", ["/search.atom?sort=random", "/search.csv?from=soon", "/cite.ris?id=nobody", "/api/v1/documents/nobody"]
)
def test_programs_that_ask_for_feeds_and_files_get_a_problem_document(client, path):
    response = client.get(path)
    assert response.status_code in (400, 404)
    assert response.mimetype == "application/problem+json"
    assert response.json["status"] == response.status_code
    assert response.json["detail"]
