"""The page of all values of a facet: found by a part of their label, most documents first or A to Z, without scripts."""

from __future__ import annotations

import pytest
from page_reading import soup

from search.config.settings import Config, Source
from search.engines.oracle import OracleEngine
from search.model.dates import parse_edtf
from search.model.document import Document
from webui import create_app

TOPICS = ("Zoology", "Éclairs", "apples", "Dates")


@pytest.fixture(scope="module")
def client():
    documents = [
        Document(f"{topic}-{number}", f"{topic} {number}", topics=(topic,), date=parse_edtf(f"{985 + 400 * number:04}"))
        for place, topic in enumerate(TOPICS)
        for number in range(4 - place)
    ]
    config = Config(sources=(Source(path="x"),))
    return create_app(config, OracleEngine(config, documents)).test_client()


def labels(page):
    return [span.text for span in page.select(".boxes input + span:not(.hidden)")]


def test_values_are_listed_by_count_or_from_a_to_z(client):
    page = soup(client, "/values/topic")
    assert labels(page) == list(TOPICS)
    link = page.find("a", string="A to Z")
    page = soup(client, link["href"])
    assert labels(page) == ["apples", "Dates", "Éclairs", "Zoology"]
    assert page.find("a", string="Most documents first")["href"] == "/values/topic"


def test_years_are_listed_by_their_number(client):
    assert labels(soup(client, "/values/year?order=name")) == ["985", "1385", "1785", "2185"]


def test_the_order_and_the_search_stay_when_values_are_looked_for(client):
    page = soup(client, "/values/topic?q=zoology&order=name")
    kept = {field["name"]: field["value"] for field in page.select("form[action='/values/topic'] [type=hidden]")}
    assert kept == {"q": "zoology", "order": "name"}
    assert labels(soup(client, "/values/topic?order=name&find=e")) == ["apples", "Dates", "Éclairs"]
    assert not page.select("form[action='/search'] [name=order]")


def test_the_second_page_of_results_leads_to_the_first_page_of_values():
    documents = [Document(str(number), f"Title {number}", topics=(f"Topic {number}",)) for number in range(120)]
    config = Config(sources=(Source(path="x"),))
    page = soup(create_app(config, OracleEngine(config, documents)).test_client(), "/search?q=title&page=2")
    assert [link["href"] for link in page.select(".filters .all a")] == ["/values/topic?q=title"]
