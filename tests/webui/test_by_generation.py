"""What follows from a generation alone is made once, and never shown of another generation."""

from __future__ import annotations

import re

import pytest
from page_reading import soup

from search.engines.oracle import OracleEngine
from search.model.dates import parse_edtf
from search.model.document import Document, Person
from search.model.query import Query
from webui import create_app
from webui.pages.results import SearchPage

LISTS = ["/", "/topics", "/people", "/titles", "/holdings", "/help"]
EVERYTHING = ["/search", "/search?sort=title", "/search?page=2"]
_COUNT = r"(?<=, </span>)[0-9,]+"
NEW = Document("new", "A new report", topics=("norms",), type="News", date=parse_edtf("2020-01-02"), people=(Person("Ada Novel"),))


class CountedEngine(OracleEngine):
    """The oracle, which counts its searches and may do something in the middle of one."""

    searches = 0
    meanwhile = None

    def find(self, request):
        self.searches += 1
        if self.meanwhile:
            at_once, self.meanwhile = self.meanwhile, None
            at_once()
        return super().find(request)


@pytest.fixture
def engine(config, documents):
    return CountedEngine(config, documents)


@pytest.fixture
def bilingual(config):
    return config.model_copy(update={"languages": ("en", "de")})


@pytest.mark.parametrize("path", LISTS)
def test_a_page_of_the_generation_alone_is_made_once_for_each_language(bilingual, engine, path):
    client = create_app(bilingual, engine).test_client()
    asked = [path, f"{path}?lang=de"]
    first = [client.get(address).data for address in asked]
    searches = engine.searches
    assert [client.get(address).data for address in asked] == first
    assert engine.searches == searches
    assert first[0] != first[1]


@pytest.mark.parametrize("path", LISTS + EVERYTHING)
def test_no_page_is_stale_after_an_update_or_a_rollback(config, engine, path):
    client = create_app(config, engine).test_client()
    before = client.get(path).data
    engine.update([NEW], ["news-00"])
    after = client.get(path).data
    assert after == create_app(config, engine).test_client().get(path).data != before
    engine.rollback()
    assert client.get(path).data == before


@pytest.mark.parametrize("path", LISTS + EVERYTHING)
def test_no_page_shows_what_is_withdrawn(config, engine, path):
    engine.update([NEW], [])
    create_app(config, engine).test_client().get(path)
    hidden = create_app(config.model_copy(update={"withdrawn": ("new",)}), engine).test_client().get(path).text
    assert "A new report" not in hidden
    assert "Ada Novel" not in hidden
    assert "2020" not in hidden


@pytest.mark.parametrize("path", LISTS + EVERYTHING)
def test_a_page_made_while_another_generation_was_published_is_not_kept(config, engine, path):
    client = create_app(config, engine).test_client()
    engine.meanwhile = lambda: engine.update([NEW], ["news-00"])
    assert "ETag" not in client.get(path).headers
    assert client.get(path).data == create_app(config, engine).test_client().get(path).data
    engine.rollback()
    assert client.get(path).data == create_app(config, engine).test_client().get(path).data


def test_counts_are_those_of_the_search_if_another_generation_was_opened_after_it(config, engine):
    app = create_app(config, engine)
    with app.test_request_context("/search"):
        archive = app.extensions["archive"]
        page = SearchPage(archive, archive.search(Query(per_page=config.per_page)))
        before = re.findall(_COUNT, page.filters)
        engine.update([NEW], ["news-00"])
        assert re.findall(_COUNT, page.filters) == before != []
        assert re.findall(_COUNT, SearchPage(archive, archive.search(page.query)).filters) != before


def test_parameters_are_read_where_a_page_is_kept_without_them(client):
    assert client.get("/titles?page=x").data != client.get("/titles").data
    assert client.get("/titles?page=2").status_code == 302
    assert client.get("/people?lang=de").data == client.get("/people").data  # this archive has one language


def test_filters_of_everything_are_those_of_the_search_with_them(client):
    kept, chosen = (soup(client, path) for path in ("/search?sort=oldest", "/search?sort=oldest&per_page=11"))
    assert [str(one) for one in kept.find_all("fieldset")] == [str(one) for one in chosen.find_all("fieldset")]
    wrong = soup(client, "/search?from=abc")
    assert wrong.find("input", {"name": "from"})["value"] == "abc"
