"""The same search in other forms, for programs: what they say, and what they refuse."""

from __future__ import annotations

import re

import pytest
import rispy
from pybtex.database import parse_string

from search.config.settings import Config, Site, Source
from search.engines.oracle import OracleEngine
from search.model.dates import parse_edtf
from search.model.document import Document
from webui import create_app

EXPORTS = ("atom", "json", "csv", "ris", "bib")


@pytest.fixture(scope="module")
def printed():
    """A client of an archive of things printed here and elsewhere, under https."""
    site = Site(name="Global Cooperation in Cyberspace", address="https://archive.example", publisher="The Institute")
    config = Config(sources=(Source(path="x"),), site=site)
    documents = [
        Document("own", "Own", type="Report", date=parse_edtf("2019-06")),
        Document("other", "Other", type="Report", venue="A Commission"),
        Document("unknown", "Unknown", type="Media Coverage"),
        Document("named", "Named", type="Media Coverage", venue="A Newspaper"),
    ]
    return create_app(config, OracleEngine(config, documents)).test_client()


@pytest.mark.parametrize("ending", EXPORTS)
@pytest.mark.parametrize(
    "query", ["from=abc", "to=2019-13", "sort=best", "per_page=0", "page=x", "type=News&-type=News", "from=2015&to=2012"]
)
def test_every_form_refuses_what_it_cannot_use(client, ending, query):
    response = client.get(f"/search.{ending}?{query}")
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    parameter = query.rpartition("&")[2].partition("=")[0] if "News" in query else query.partition("=")[0]
    assert [error["parameter"] for error in response.json["errors"]] == [parameter]


def test_a_refusal_says_the_rules_and_nothing_that_was_not_done(client):
    detail = client.get("/api/v1/search?from=x&per_page=0").json["detail"]
    assert detail == (
        "“per_page” must be a whole number from 1 to 100. “from” must be a year or a date such as 2012 or 2012-05-31."
    )
    assert "; it was left out." in client.get("/search?from=x").text
    assert client.get("/api/v1/documents/nobody").headers["Access-Control-Allow-Origin"] == "*"


def test_a_value_both_chosen_and_left_out_is_reported(client):
    assert "“News” cannot be both chosen and left out; it was taken as chosen." in client.get("/search?type=News&-type=News").text


def test_references_distinguish_publishers_from_newspapers(printed):
    records = {record["id"]: record for record in rispy.loads(printed.get("/search.ris").text)}
    said = {key: (one.get("publisher"), one.get("secondary_title")) for key, one in records.items()}
    assert said == {
        "own": ("The Institute", None),
        "other": ("A Commission", None),
        "unknown": (None, None),
        "named": (None, "A Newspaper"),
    }
    entries = parse_string(printed.get("/search.bib").text, "bibtex").entries
    assert {key: entry.type for key, entry in entries.items()} == {
        "own": "techreport", "other": "techreport", "unknown": "article", "named": "article",
    }  # fmt: skip
    assert {entry.fields.get("institution") for entry in entries.values()} == {"The Institute", "A Commission", None}
    assert entries["named"].fields["journal"] == "A Newspaper"


def test_entries_of_the_feed_say_when_their_documents_were_written(printed):
    entry = re.search("<entry>(?:(?!</entry>).)*Own.*?</entry>", printed.get("/search.atom").text, re.S)[0]
    assert "<published>2019-06-01T00:00:00Z</published>" in entry


@pytest.mark.parametrize("ending", [*EXPORTS, "csl.json"])
def test_an_export_says_how_many_records_it_has_and_of_what(printed, ending):
    headers = printed.get(f"/search.{ending}?q=own").headers
    assert headers["X-Total-Count"] == "1"
    if ending != "atom":
        assert re.fullmatch(
            rf"attachment; filename=\"global-cooperation-in-cyberspace-own-\d{{4}}-\d\d-\d\d\.{ending}\".*",
            headers["Content-Disposition"],
        )


def test_chosen_documents_are_cited_in_the_requested_order(printed):
    assert re.findall("ID  - (.*)\r", printed.get("/cite.ris?id=named&id=own&id=named").text) == ["named", "own"]
    assert re.findall(r"@\w+\{(\w+),", printed.get("/cite.bib?id=own&id=other").text) == ["own", "other"]
    (item,) = printed.get("/cite.json?id=own").json
    assert (item["type"], item["issued"], item["publisher"]) == ("report", {"date-parts": [[2019, 6]]}, "The Institute")


@pytest.mark.parametrize(("query", "status"), [("", 400), ("?id=", 400), ("?id=nobody", 404), ("?id=own&id=nobody", 404)])
def test_documents_that_are_not_there_cannot_be_cited(printed, query, status):
    response = printed.get(f"/cite.bib{query}")
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")


def test_no_more_exports_than_a_quarter_of_the_threads_are_written_at_once(config):
    """Pages are answered meanwhile, and an export that is given up makes room for another."""
    documents = [Document(f"long-{number}", "Long", summary="norm " * 10_000) for number in range(3)]
    client = create_app(config, OracleEngine(config, documents)).test_client()
    under_way = [client.get("/search.ris") for _ in range(client.application.config["EXPORTS_AT_ONCE"])]
    refused = client.get("/search.csv")
    assert (refused.status_code, refused.mimetype, refused.headers["Retry-After"]) == (503, "application/problem+json", "10")
    assert client.get("/search?q=long").status_code == client.get("/cite.ris?id=long-1").status_code == 200
    under_way[0].close()
    assert client.get("/search.csv").status_code == 200


@pytest.mark.parametrize("ending", EXPORTS)
def test_every_form_is_compressed_for_those_who_can_read_it(client, ending):
    packed = client.get(f"/search.{ending}", headers={"Accept-Encoding": "gzip"})
    assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("gzip", "Accept-Encoding")


@pytest.mark.parametrize(("path", "status"), [("/healthz", 200), ("/readyz", 200)])
def test_the_state_of_the_moment_is_never_kept(client, path, status):
    response = client.get(path, headers={"If-None-Match": "*"})
    assert (response.status_code, response.headers["Cache-Control"]) == (status, "no-store")
    assert "ETag" not in response.headers


def test_whether_the_process_answers_is_said_without_the_index(config, monkeypatch):
    engine = OracleEngine(config)
    monkeypatch.setattr(engine, "current", lambda: pytest.fail("the index was opened"))
    assert create_app(config, engine).test_client().get("/healthz").status_code == 200


def test_what_is_not_there_is_not_unchanged(client):
    assert client.get("/documents/nope", headers={"If-None-Match": "*"}).status_code == 404


def test_completions_say_one_result(client):
    assert client.get("/api/v1/suggest?q=cyber+ins").json[2] == ["1 result"]


def test_the_name_in_a_browser_ends_with_a_word(printed):
    assert "<ShortName>Global</ShortName>" in printed.get("/opensearch.xml").text


def test_a_site_under_https_stays_there(client, printed, config):
    assert printed.get("/").headers["Strict-Transport-Security"] == "max-age=31536000"
    plain = config.model_copy(update={"site": Site(name="A", address="http://archive.example")})
    assert "Strict-Transport-Security" not in create_app(plain, OracleEngine(plain)).test_client().get("/healthz").headers


@pytest.mark.parametrize("url", ["/", "/search?q=cyber", "/search?page=99", "/search.atom", "/sitemap.xml", "/opensearch.xml"])
def test_the_name_a_request_calls_us_by_is_never_repeated(client, url):
    response = client.get(url, headers={"Host": "evil.example"})
    assert "evil.example" not in response.text + str(response.headers)
