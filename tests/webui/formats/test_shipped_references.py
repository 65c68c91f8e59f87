"""The shipped archive in the programs of those who cite it: every document, with its people, dates, titles and types."""

from __future__ import annotations

from pathlib import Path

import pytest
import rispy
from pybtex.database import parse_string

from indexer.corpus import read_corpus
from search.config.loading import load_config
from search.engines.oracle import OracleEngine
from webui import create_app
from webui.formats.bibtex import key_of
from webui.formats.items import item_of

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def shipped():
    config = load_config(ROOT / "config.yaml")
    documents = read_corpus(config).documents
    app = create_app(config, OracleEngine(config, documents))
    with app.test_request_context("/"):
        items = {document.id: item_of(document) for document in documents}
    return app.test_client(), items


def test_ris_contains_every_document(shipped):
    client, items = shipped
    records = {record["id"]: record for record in rispy.loads(client.get("/search.ris").data.decode())}
    assert set(records) == set(items)
    for key, item in items.items():
        assert records[key]["title"] == item.full_title
        assert records[key].get("authors", []) == [name.inverted for name in item.authors]
        assert records[key].get("year") == (str(item.date.point.year) if item.date and item.date.point else None)
        assert (records[key]["type_of_reference"] == "GEN") == (item.kind == "document")


def test_bibtex_contains_every_document(shipped):
    client, items = shipped
    entries = parse_string(client.get("/search.bib").data.decode(), "bibtex").entries
    assert set(entries) == {key_of(key) for key in items}
    editors = [(" ".join(one.last_names), " ".join(one.lineage_names)) for one in entries["entry-2014-03-21"].persons["editor"]]
    assert editors == [("Godwin", "III"), ("Kulpin", ""), ("Rauscher", ""), ("Yaschenko", "")]
    assert {entry.fields["month"] for key, entry in entries.items() if key == "entry-2014-03-21"} == {"March"}


def test_csl_json_contains_every_document(shipped):
    client, items = shipped
    assert {item["id"]: item["title"] for item in client.get("/search.csl.json").json} == {
        key: item.full_title for key, item in items.items()
    }
