"""The answers of the API."""

from __future__ import annotations

import re

import pytest

ROUTES = ("/api/v1/search", "/api/v1/completions", "/api/v1/suggest", "/api/v1/documents/{id}", "/api/v1/openapi.json")


def test_a_search_answers_with_every_key_of_the_contract(client):
    answer = client.get("/api/v1/search?q=cyber+insurance&type=reports&-topic=norms&per_page=5").json
    assert list(answer) == [
        "query", "total", "page", "per_page", "hits", "facets", "suggestion", "ran", "typed_total", "notices", "generation",
    ]  # fmt: skip
    (hit,) = answer["hits"]
    assert {key: hit[key] for key in ("id", "title", "title_status", "type", "date", "year", "topics", "url")} == {
        "id": "report-1", "title": "Cyber insurance", "title_status": "published", "type": "Policy Report", "date": "2019-06-05",
        "year": 2019, "topics": ["insurance"], "url": "https://www.example.org/idea/cyber-insurance/",
    }  # fmt: skip
    assert {"text": "insurance", "match": True} in hit["snippet"]
    values = {value["value"]: value for value in answer["facets"]["type"]}
    assert values["Reports"] == {"value": "Reports", "label": "Reports", "count": 1, "selected": "include", "parent": None}
    assert values["Policy Report"]["parent"] == "Reports"
    assert {value["value"]: value["selected"] for value in answer["facets"]["topic"]} == {"insurance": False, "norms": "exclude"}


def test_dates_keep_the_precision_they_are_known_with(client):
    answer = client.get("/api/v1/search?type=News&per_page=1&sort=oldest").json
    assert re.fullmatch(r"\d{4}-\d\d", answer["hits"][0]["date"])
    assert client.get("/api/v1/search?q=reframe").json["hits"][0]["date"] is None


def test_titles_that_were_not_preserved_are_shown_as_such(client):
    (hit,) = client.get("/api/v1/search?type=none").json["hits"]
    assert (hit["title"], hit["title_status"], hit["type"]) == ("Untitled item, 20 November 2017", "not_preserved", None)


def test_a_misspelt_query_gets_a_suggestion_that_finds_something(client):
    answer = client.get("/api/v1/search?q=insurrance").json
    assert answer["total"] > 0
    corrected = client.get("/api/v1/search", query_string={"q": answer["suggestion"]}).json
    assert corrected["total"] == answer["total"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("page=abc", "page"),
        ("page=0", "page"),
        ("per_page=101", "per_page"),
        ("sort=best", "sort"),
        ("from=soon", "from"),
        ("to=2019-13", "to"),
    ],
)
def test_bad_parameters_give_a_problem_document(client, query, parameter):
    response = client.get(f"/api/v1/search?q=cyber&{query}")
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert [error["parameter"] for error in response.json["errors"]] == [parameter]
    assert response.json["status"] == 400


@pytest.mark.parametrize(("query", "parameter"), [("page=99", "page"), ("page=101&per_page=100", "page"), ("cursor=00", "cursor")])
def test_a_page_that_is_not_there_is_not_found(client, query, parameter):
    response = client.get(f"/api/v1/search?q=cyber&{query}")
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")
    assert [error["parameter"] for error in response.json["errors"]] == [parameter]
    assert response.json["title"] == "There is no such page"


@pytest.mark.parametrize(
    ("query", "same", "notice"),
    [
        ("type=News&-type=News", "type=News", "“News” cannot be both chosen and left out; it was taken as chosen."),
        ("from=2015&to=2012", "from=2015&to=2012", "“from” (2015) is later than “to” (2012), so nothing lies between them."),
        ("cursor=*&page=2", "cursor=*", "“cursor” decides which page is sent; “page” was ignored."),
    ],
)
def test_parameters_that_do_not_go_together_are_answered_with_a_notice(client, query, same, notice):
    answer = client.get(f"/api/v1/search?{query}").json
    assert notice in answer["notices"]
    assert answer["hits"] == client.get(f"/api/v1/search?{same}").json["hits"]
    assert (answer["total"] == 0) is ("from" in query)


def test_empty_parameters_are_absent_ones(client):
    assert (
        client.get("/api/v1/search?q=cyber&from=&to=&sort=&page=&type=").json["total"]
        == client.get("/api/v1/search?q=cyber").json["total"]
    )


def test_one_document(client):
    document = client.get("/api/v1/documents/report-1").json
    assert (document["id"], document["date"], document["page_url"]) == (
        "report-1",
        "2019-06-05",
        "https://archive.example/documents/report-1",
    )
    response = client.get("/api/v1/documents/nobody")
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")


def test_completions_are_true(client):
    typed, texts, _ = client.get("/api/v1/suggest?q=cyber+ins").json
    assert typed == "cyber ins"
    assert texts == ["Cyber insurance"]
    for one in client.get("/api/v1/completions?q=cyber+n").json:
        if one["kind"] == "word":
            assert client.get("/api/v1" + one["url"]).json["total"] == one["total"]
        else:
            assert client.get(one["url"]).status_code == 200
    assert client.get("/api/v1/completions?q=norm").json[0] == {
        "text": "Norms",
        "kind": "topic",
        "total": 12,
        "url": "/topics/norms",
    }


def test_the_order_named_is_the_order_used(client):
    assert client.get("/api/v1/search?q=cyber").json["query"]["sort"] == "relevance"
    for words in ("type:News", "-insurance", ""):
        assert client.get("/api/v1/search", query_string={"q": words}).json["query"]["sort"] == "newest"
    assert client.get("/api/v1/search?q=-insurance&sort=title").json["query"]["sort"] == "title"


def test_facets_can_be_chosen(client):
    assert list(client.get("/api/v1/search?facets=type,year").json["facets"]) == ["type", "year"]
    assert client.get("/api/v1/search?facets=colour").json["errors"][0]["parameter"] == "facets"


def test_the_description_names_every_route(client):
    described = client.get("/api/v1/openapi.json").json
    assert tuple(described["paths"]) == ROUTES
    rules = {
        re.sub(r"<(?:id:)?\w+>", "{id}", rule.rule)
        for rule in client.application.url_map.iter_rules()
        if rule.rule.startswith("/api/")
    }
    assert rules == set(ROUTES)
    named = {parameter["name"] for parameter in described["paths"]["/api/v1/search"]["get"]["parameters"]}
    single = {"q", "from", "to", "exact", "facets", "fields", "sort", "page", "per_page", "cursor", "explain", "lang"}
    assert single | {"type", "-type", "topic", "-topic", "year", "-year", "people", "-people"} <= named


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml", "/opensearch.xml", "/healthz", "/readyz", "/search.atom"])
def test_machines_get_what_they_ask_for(client, path):
    assert client.get(path).status_code == 200
