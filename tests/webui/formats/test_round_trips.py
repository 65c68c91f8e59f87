"""What each format says is read back by programs that others wrote: same number, people, dates, titles and types."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from functools import cache
from urllib.parse import quote

import bibtexparser
import feedparser
import pytest
import rispy
from bs4 import BeautifulSoup
from flask import Flask
from hypothesis import Phase, given, settings
from lxml import etree
from oaipmh.metadata import oai_dc_reader
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text

from search.citations.item import role_kind
from search.citations.names import Name
from search.citations.pieces import one_line
from search.citations.styles import citations
from search.engines.oracle import OracleEngine
from search.model.document import Document, Person
from webui import create_app
from webui.addresses.request import archive
from webui.formats.bibtex import key_of
from webui.formats.items import item_of

from .conftest import config_of
from .hostile import collections

QUICK = settings(max_examples=25, phases=[Phase.explicit, Phase.generate])
RIS_TYPES = {"report": "RPRT", "article-newspaper": "NEWS", "webpage": "ELEC", "document": "GEN", "broadcast": "SOUND", "graphic": "ART", "personal_communication": "PCOMM", "book": "BOOK", "thesis": "THES", "post-weblog": "BLOG"}  # fmt: skip
BIB_TYPES = {"report": "techreport", "article-newspaper": "article", "book": "book", "thesis": "phdthesis"}
DECODER = LatexNodes2Text(strict_latex_spaces=True)


@cache
def application() -> tuple[Flask, OracleEngine]:
    """The one application of these tests, and the engine that each builds anew with its documents."""
    config = config_of()
    engine = OracleEngine(config)
    return create_app(config, engine), engine


def serve_documents(documents) -> Flask:
    app, engine = application()
    engine.build(documents)
    return app


def answers(documents, ending: str):
    """What is said of the documents in a format, and their descriptions."""
    app = serve_documents(documents)
    body = app.test_client().get(f"/search.{ending}").data.decode()
    with app.test_request_context("/"):
        return body, {document.id: item_of(document) for document in documents}


@QUICK
@given(collections)
def test_ris_says_the_same(documents):
    body, items = answers(documents, "ris")
    records = {record["accession_number"]: record for record in rispy.loads(body)}
    assert set(records) == {one_line(key) for key in items}
    for item in items.values():
        record = records[one_line(item.id)]
        assert record["type_of_reference"] == RIS_TYPES[item.kind]
        assert record.get("title", "") == one_line(item.full_title)
        assert record.get("authors", []) == [one_line(name.inverted) for name in item.authors]
        assert record.get("secondary_title", "") == one_line(item.container)
        assert record.get("publisher", "") == one_line(item.publisher)
        if item.date and item.date.point and item.date.point.year > 0:
            assert int(record["year"]) == item.date.point.year


@QUICK
@given(collections)
def test_bibtex_says_the_same(documents):
    body, items = answers(documents, "bib")
    entries = parse_string(body, "bibtex").entries
    assert set(entries) == {key_of(document_id) for document_id in items}
    assert len(bibtexparser.parse_string(body).entries) == len(items)
    for item in items.values():
        entry = entries[key_of(item.id)]
        assert entry.type == BIB_TYPES.get(item.kind, "misc")
        assert decode(entry.fields.get("title", "")) == plain(item.full_title)
        for role, expected in (("author", item.authors), ("editor", item.editors)):
            read = [parts(person) for person in entry.persons.get(role, [])]
            assert [one for one in read if one[0]] == [one for one in map(whole, expected) if one[0]]
        if item.date and item.date.point:
            assert int(entry.fields["year"]) == item.date.point.year
            assert bool(entry.fields.get("day")) == bool(item.date.point.day and not item.date.is_range)


def decode(text: str) -> str:
    return plain(DECODER.latex_to_text(text.replace(r"\textasciicircum{}", "^")))


def plain(text: str) -> str:
    """Letters and signs without what the decoder takes for accents, spaces or braces of groups."""
    return "".join(char for char in one_line(text) if not char.isspace() and char not in "{}")


def parts(person) -> tuple[str, str, str]:
    last = (*person.prelast_names, *person.last_names)
    return tuple(decode(" ".join(names)) for names in (last, (*person.first_names, *person.middle_names), person.lineage_names))


def whole(name: Name) -> tuple[str, str, str]:
    return plain(name.surname), plain(name.given), plain(name.suffix)


@QUICK
@given(collections)
def test_a_spreadsheet_says_the_same_and_runs_nothing(documents):
    body, items = answers(documents, "csv")
    assert body.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(body[1:], newline="")))
    assert {row["id"] for row in rows} == set(items)
    by_id = {document.id: document for document in documents}
    for row in rows:
        document = by_id[row["id"]]
        assert row["summary"].removeprefix("'") == document.summary.removeprefix("'")
        assert row["people"].removeprefix("'") == "; ".join(person.name for person in document.people).removeprefix("'")
        assert row["date"].removeprefix("'") == (document.date.edtf if document.date else "")
        assert not any(cell.lstrip().startswith(tuple("=+-@＝＋－＠")) for name, cell in row.items() if name != "id")


@QUICK
@given(collections)
def test_a_feed_is_read_and_contains_every_document(documents):
    body, items = answers(documents, "atom")
    feed = feedparser.parse(body.encode())
    assert not feed.bozo, feed.get("bozo_exception")
    assert {entry.id for entry in feed.entries} == {item.page_url for item in items.values()}


@QUICK
@given(collections)
def test_csl_json_says_the_same(documents):
    body, items = answers(documents, "csl.json")
    records = {record["id"]: record for record in json.loads(body)}
    assert set(records) == set(items)
    for item in items.values():
        record = records[item.id]
        assert (record["type"], record.get("title", "")) == (item.kind, one_line(item.full_title))
        for role, names in (("author", item.authors), ("editor", item.editors), ("translator", item.translators)):
            said = [(one.get("family", ""), one.get("given", ""), one.get("literal", "")) for one in record.get(role, [])]
            assert said == [(name.family, name.given, name.literal) for name in names]
        if item.date and item.date.first and item.date.first.year > 0:
            assert record["issued"]["date-parts"][0][0] == item.date.first.year


@QUICK
@given(collections)
def test_json_says_the_same(documents):
    records = {record["id"]: record for record in json.loads(answers(documents, "json")[0])["hits"]}
    assert set(records) == {document.id for document in documents}
    for document in documents:
        record = records[document.id]
        assert (record["title"], record["summary"] or "") == (document.title or record["title"], document.summary)
        assert [person["name"] for person in record["people"]] == [person.name for person in document.people]


@QUICK
@given(collections)
def test_a_harvester_reads_the_same(documents):
    app = serve_documents(documents)
    answer = app.test_client().get("/oai?verb=ListRecords&metadataPrefix=oai_dc").data
    records = etree.fromstring(answer).findall(".//{http://www.openarchives.org/OAI/2.0/}metadata")
    read = [oai_dc_reader(record).getMap() for record in records]
    assert len(read) == len(documents)
    with app.test_request_context("/"):
        expected = [one_line(archive().display_title(document)) for document in documents]
    assert sorted("".join(one["title"]) for one in read) == sorted(expected)
    people = sorted(name for one in read for name in (*one["creator"], *one["contributor"]))
    stated = [person for document in documents for person in document.people if role_kind(person.role) != "mentioned"]
    assert people == sorted(one_line(person.name) for person in stated)


@pytest.mark.slow
@QUICK
@given(collections)
def test_the_citations_of_a_page_are_what_the_styles_say(documents):
    """A page that a browser reads shows each reference as text; nothing of it becomes a mark of HTML."""
    app = serve_documents(documents)
    for document in documents:
        page = BeautifulSoup(app.test_client().get(f"/documents/{quote(document.id, safe='')}").data, "html.parser")
        shown = ["".join(one.text.split()) for one in page.select("[id^=cite-]")]
        with app.test_request_context("/"):
            styles = citations(item_of(document), datetime.now(UTC).date()).values()
        assert shown == ["".join("".join(piece.text for piece in pieces).split()) for pieces in styles]


def test_bibtex_says_that_there_are_others():
    body, _ = answers([Document("x", "T", type="Book", people=(Person("Ann Lee"), Person("et al.")))], "bib")
    (entry,) = parse_string(body, "bibtex").entries.values()
    assert [str(person) for person in entry.persons["author"]] == ["Lee, Ann", "others"]


@pytest.mark.parametrize("one", ["e.1", "e-1", "日本", "中国", "Case", "case", "a b", "a_b", "a,b", "{", "}"])
def test_keys_are_plain_and_stable(one):
    assert key_of(one) == key_of(one)
    assert key_of(one).isascii()
    assert key_of(one) == key_of(one).lower()
    assert not set(key_of(one)) & set(' ,{}"#%~\\')


def test_ids_that_differ_in_signs_alone_have_keys_of_their_own():
    ids = ["e.1", "e-1", "日本", "中国", "Case", "case", "a b", "a-b", "a_b", "-", "--", "A-B"]
    assert len({key_of(one) for one in ids}) == len(ids)
