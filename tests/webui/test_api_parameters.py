"""What the API accepts, refuses and lets other sites read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.oracle import OracleEngine
from search.model.dates import BOUND_PATTERN, parse_bound
from search.model.document import Document
from search.model.query import Query
from webui import create_app
from webui.addresses.tokens import read_token
from webui.api.cursors import Cursor, write_cursor


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("pgae=2", "pgae"),
        ("page=1&page=2", "page"),
        ("exact=yes", "exact"),
        ("from=2012/2014", "from"),
        ("fields=id,colour", "fields"),
        ("facets=type,", "facets"),
        ("cursor=xyz", "cursor"),
        ("type=" + "x" * 201, "type"),
    ],
)
def test_what_means_nothing_is_refused_by_name(client, query, parameter):
    response = client.get(f"/api/v1/search?{query}")
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert [error["parameter"] for error in response.json["errors"]] == [parameter]


def test_hits_have_the_requested_keys(client):
    answer = client.get("/api/v1/search?q=cyber&fields=id,title&per_page=2").json
    assert [list(hit) for hit in answer["hits"]] == [["id", "title"]] * 2
    assert "next_cursor" not in answer


def read_all(client, url):
    """The ids of all pages that cursors lead to."""
    ids, cursor = [], "*"
    while cursor:
        answer = client.get(f"{url}&cursor={cursor}").json
        ids += [hit["id"] for hit in answer["hits"]]
        cursor = answer["next_cursor"]
    return ids


def test_a_cursor_leads_through_all_results_in_their_order(client):
    whole = [hit["id"] for hit in client.get("/api/v1/search?q=cyber&per_page=100").json["hits"]]
    assert read_all(client, "/api/v1/search?q=cyber&per_page=10&fields=id") == whole


def test_a_cursor_goes_further_than_pages(config):
    documents = [Document(f"d{number:05}", "Norm") for number in range(10_050)]
    client = create_app(config, OracleEngine(config, documents)).test_client()
    cursor = client.get("/api/v1/search?per_page=100&fields=id&cursor=*").json["next_cursor"]
    assert read_token(cursor, Cursor).page == 2
    with client.application.app_context():
        last = write_cursor(Query(per_page=100, page=101), client.application.extensions["archive"].engine.current().id)
    answer = client.get(f"/api/v1/search?per_page=100&fields=id&cursor={last}").json
    assert ([hit["id"] for hit in answer["hits"]][-1], answer["next_cursor"]) == ("d10049", None)


def test_a_cursor_says_that_its_generation_is_gone(config):
    engine = OracleEngine(config, [Document(f"d{number}", "Norm") for number in range(3)])
    client = create_app(config, engine).test_client()
    cursor = client.get("/api/v1/search?per_page=1&cursor=*").json["next_cursor"]
    assert client.get(f"/api/v1/search?per_page=2&cursor={cursor}").json["errors"][0]["parameter"] == "cursor"
    engine.update([Document("d0", "Norm again")], [])
    response = client.get(f"/api/v1/search?per_page=1&cursor={cursor}")
    assert (response.status_code, response.mimetype) == (410, "application/problem+json")
    assert "Begin again" in response.json["detail"]


@settings(max_examples=200)
@given(st.from_regex(BOUND_PATTERN, fullmatch=True).filter(bool))
def test_every_bound_that_the_description_allows_is_read(text):
    assert parse_bound(text)


@pytest.mark.parametrize(
    "path", ["/api/v1/search?q=cyber", "/api/v1/openapi.json", "/search.csv?q=cyber", "/api/v1/search?sort=x"]
)
def test_pages_of_other_sites_may_read_what_is_for_programs(client, path):
    for headers in (client.get(path).headers, client.options(path).headers):
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert "GET" in headers["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Origin" not in client.get("/").headers


def test_an_answer_says_when_it_last_changed(client):
    answer = client.get("/api/v1/search?q=cyber")
    assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} .* GMT", answer.headers["Last-Modified"])
    again = {"If-Modified-Since": answer.headers["Last-Modified"]}
    assert client.get("/api/v1/search?q=cyber", headers=again).status_code == 304
    assert client.get("/api/v1/search?q=cyber", headers={"If-Modified-Since": "Thu, 01 Jan 2015 00:00:00 GMT"}).status_code == 200
