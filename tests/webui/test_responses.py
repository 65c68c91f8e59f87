"""What every response has, and what no input can do."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from webui.serving import responses

EVERYTHING = [
    "/",
    "/search?q=cyber",
    "/documents/report-1",
    "/nowhere",
    "/api/v1/search",
    "/api/v1/search?page=x",
    "/static/style.css",
    "/healthz",
]


@pytest.mark.parametrize("url", EVERYTHING)
def test_security_headers_are_on_every_response(client, url):
    headers = client.get(url).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_can_be_written(client, method):
    assert getattr(client, method)("/search").status_code == 405


@pytest.mark.parametrize("url", ["/search?q=cyber", "/api/v1/search?q=cyber", "/search.atom?q=cyber", "/"])
def test_a_request_that_has_been_answered_is_not_searched_again(config, url):
    from search.engines.oracle import OracleEngine
    from search.model.document import Document
    from webui import create_app

    class Engine(OracleEngine):
        searches = 0

        def find(self, request):
            self.searches += 1
            return super().find(request)

    engine = Engine(config, [Document("a", "Cyber")])
    client = create_app(config, engine).test_client()
    tag = client.get(url).headers["ETag"]
    searches = engine.searches
    again = client.get(url, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert engine.searches == searches > 0
    other = client.get("/search?q=news", headers={"If-None-Match": tag})
    assert other.status_code == 200
    assert engine.searches > searches


def test_the_etag_changes_with_the_generation(config):
    from search.engines.oracle import OracleEngine
    from search.model.document import Document
    from webui import create_app

    engine = OracleEngine(config, [Document("a", "A")])
    client = create_app(config, engine).test_client()
    before = client.get("/search").headers["ETag"]
    engine.update([Document("b", "B")], [])
    assert client.get("/search").headers["ETag"] != before


def test_the_etag_changes_with_the_synonyms_and_the_text_about_the_archive(tmp_path, config):
    from search.engines.oracle import OracleEngine
    from search.model.document import Document
    from webui import create_app

    site = config.site.model_copy(update={"about": "about.md"})
    own = config.model_copy(update={"path": tmp_path / "config.yaml", "synonyms": "words.txt", "site": site})
    engine = OracleEngine(own, [Document("a", "A")])
    tags = set()
    for words, about in (("spying, espionage", "One."), ("spying, hacking", "One."), ("spying, hacking", "Two.")):
        (tmp_path / "words.txt").write_text(words)
        (tmp_path / "about.md").write_text(about)
        client = create_app(own, engine).test_client()
        tags.add(client.get("/search?q=spying").headers["ETag"])
    assert len(tags) == 3
    (tmp_path / "about.md").write_text("Three.")
    assert "Two." in client.get("/about").text, "the text changes with the ETag"


@pytest.mark.parametrize("path", ["/about", "/documents/report-1", "/search/citation?q=cyber"])
def test_a_page_that_says_which_day_it_is_is_another_one_the_next_day(client, path):
    app = client.application
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    with app.test_request_context(path) as context:
        address, changed = context.request.full_path, today - timedelta(days=9)
        days = [responses._validators(app.extensions["version"], changed, address, day) for day in (today - timedelta(1), today)]
    tags = [f'W/"{each.etag}"' for each in days]
    assert [client.get(path, headers={"If-None-Match": tag}).status_code for tag in tags] == [200, 304]


@pytest.mark.parametrize("url", ["/search?q=cyber", "/api/v1/search?q=cyber", "/search.atom?q=cyber", "/static/style.css"])
def test_answers_are_compressed_for_those_who_can_read_it(client, url):
    plain = client.get(url)
    packed = client.get(url, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.data) < len(plain.data) / 2
    refused = client.get(url, headers={"Accept-Encoding": "gzip;q=0"})
    assert refused.data == plain.data


def test_the_first_view_is_light(client):
    page = client.get("/search?q=cyber", headers={"Accept-Encoding": "gzip"})
    style = client.get("/static/style.css", headers={"Accept-Encoding": "gzip"})
    assert len(page.data) + len(style.data) < 15_000


def test_the_stylesheet_is_kept_for_ever_under_its_version(client):
    url = client.get("/").text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert "immutable" in client.get(url).headers["Cache-Control"]


def test_head_is_get_without_a_body(client):
    got, headed = client.get("/search?q=cyber"), client.head("/search?q=cyber")
    assert headed.data == b""
    assert headed.headers["ETag"] == got.headers["ETag"]


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_invariant_4_any_string_is_a_query(client, text):
    for path in ("/search", "/search.atom", "/api/v1/suggest"):
        assert client.get(path, query_string={"q": text}).status_code == 200
    json.loads(client.get("/api/v1/search", query_string={"q": text}).text)


@settings(max_examples=60)
@given(st.text(st.sampled_from('a<&]>"\x0b\x85\ud800\ufdd0\ufffe\uffff\U0001ffff'), max_size=20))
def test_a_feed_is_xml_whatever_was_typed(client, text):
    ElementTree.fromstring(client.get("/search.atom", query_string={"q": text.encode("utf-8", "surrogatepass")}).data)


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from(["q", "type", "-type", "topic", "year", "-year", "from", "to", "sort", "page", "per_page"]),
        st.text(max_size=20),
    )
)
def test_any_parameters_give_a_page_for_people_and_an_answer_or_a_problem_for_programs(client, parameters):
    assert client.get("/search", query_string=parameters).status_code in (200, 302)
    assert client.get("/api/v1/search", query_string=parameters).status_code in (200, 400)


@pytest.mark.parametrize("step", [25, pytest.param(1, marks=pytest.mark.slow)])
def test_naughty_strings_never_break_a_page(client, shared, step):
    for text in json.loads((shared / "reliability-data" / "blns.json").read_text())[::step]:
        assert client.get("/search", query_string={"q": text}).status_code == 200
        assert client.get("/search.atom", query_string={"q": text}).status_code == 200


@pytest.mark.parametrize("step", [300, pytest.param(7, marks=pytest.mark.slow)])
def test_nothing_typed_comes_back_as_markup(client, shared, step):
    payloads = json.loads((shared / "reliability-data" / "xss.json").read_text())
    for text in payloads[::step]:
        page = BeautifulSoup(client.get("/search", query_string={"q": text, "type": text, "-topic": text}).text, "html.parser")
        assert not [tag for tag in page.find_all("script") if not tag.get("src", "").startswith("/static/")], text
        assert not page.find_all(["img", "iframe", "object", "embed", "style", "base", "math", "audio", "video"]), text
        for tag in page.find_all(True):
            assert not [name for name in tag.attrs if name.startswith("on")], text
            assert str(tag.get("href", "/")).startswith(
                ("/", "https://www.example.org/", "#", "https://archive.example/", "mailto:")
            ), text


def test_an_address_can_be_too_long(client):
    assert client.get("/search?q=" + "a" * 70_000).status_code == 414
