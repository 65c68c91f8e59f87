"""What machines read on a page: JSON-LD, tags of reference managers, the sitemap."""

from __future__ import annotations

import json
from xml.etree import ElementTree

from page_reading import soup

from search.config.settings import Config, Source, TypeValue
from search.engines.oracle import OracleEngine
from search.model.dates import parse_edtf
from search.model.document import Document, Person, Section
from webui import create_app
from webui.formats import sitemap

HOSTILE = "</script><script>alert(1)</script>&<!--"


def _client(*documents):
    config = Config(sources=(Source(path="x"),))
    return create_app(config, OracleEngine(config, documents)).test_client()


def test_no_field_of_a_document_can_end_its_json_ld():
    document = Document(
        "x", HOSTILE, summary=HOSTILE, type=HOSTILE, people=(Person(HOSTILE),), topics=(HOSTILE,), venue=HOSTILE, event=HOSTILE,
        place=HOSTILE, sections=(Section(HOSTILE, HOSTILE),), rights=HOSTILE, language="en",
    )  # fmt: skip
    page = soup(_client(document), "/documents/x")
    (script,) = page.select("script[type='application/ld+json']")
    assert json.loads(script.string)["name"] == HOSTILE
    assert "<" not in script.string
    assert all(tag.get("src") or tag is script for tag in page.find_all("script"))


def test_a_reference_manager_files_each_kind_of_document_right():
    types = {"Policy Report": "report", "News": "newspaperArticle", "Podcasts": "podcast", "Letter": "letter", "Map": "map"}
    documents = [
        Document(kind, kind, type=kind, venue="The Times", people=(Person("Vincent van Gogh"),), date=parse_edtf("2019-02"))
        for kind in types
    ]
    client = _client(*documents)
    for kind, filed in types.items():
        page = soup(client, f"/documents/{kind}")
        assert page.select_one("meta[property='z:itemType']")["content"] == filed
        assert page.select_one("meta[name=citation_author]")["content"] == "van Gogh, Vincent"
        assert page.select_one("meta[name=citation_publication_date]")["content"] == "2019/02"


def test_the_json_ld_has_the_type_that_the_configuration_states():
    types = {"Bericht": "Report", "Film": "VideoObject", "News": "NewsArticle", "Objekt": "CreativeWork"}
    config = Config(sources=(Source(path="x"),), types=(TypeValue(value="Bericht", csl="report"),))
    client = create_app(config, OracleEngine(config, [Document(kind, kind, type=kind) for kind in types])).test_client()
    for kind, expected in types.items():
        (script,) = soup(client, f"/documents/{kind}").select("script[type='application/ld+json']")
        assert json.loads(script.string)["@type"] == expected


def locations(client, path):
    return [tag.text for tag in ElementTree.fromstring(client.get(path).data).iter() if tag.tag.endswith("}loc")]


def test_the_sitemap_has_every_document_once_in_parts(monkeypatch):
    monkeypatch.setattr(sitemap, "PART", 20)
    ids = {f"d{number}" for number in range(45)}
    client = _client(*(Document(one, one, date=parse_edtf("2019-02-03")) for one in ids))
    parts = locations(client, "/sitemap.xml")
    assert len(parts) == 3
    listed = [url for part in parts for url in locations(client, part.removeprefix("http://127.0.0.1:8000"))]
    assert len(listed) == len(set(listed))
    assert {url.rpartition("/documents/")[2] for url in listed if "/documents/" in url} == ids
    assert client.get("/sitemap-4.xml").status_code == 404


def test_robots_may_fetch_all_but_searches(client):
    assert client.get("/robots.txt").text.splitlines()[:2] == ["User-agent: *", "Disallow: /search"]
