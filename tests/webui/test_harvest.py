"""Harvesting by OAI-PMH 2.0: every error of the protocol, and what a harvester that others wrote takes away."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace
from oaipmh import error as oai_error
from oaipmh.client import BaseClient
from oaipmh.metadata import MetadataRegistry, oai_dc_reader
from sickle import Sickle
from sickle.response import OAIResponse

from search.config.settings import Config, Index, Site, Source
from search.engines.open_engine import open_engine
from search.engines.oracle import OracleEngine
from search.history import load_history, next_history, save_history
from search.model.dates import parse_edtf
from search.model.document import Document, Person
from webui import create_app
from webui.formats.oai import AT_ONCE

OAI, DC = "{http://www.openarchives.org/OAI/2.0/}", "{http://purl.org/dc/elements/1.1/}"
RECORD = "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:archive.example:"


def answer(client, query: str) -> ElementTree.Element:
    response = client.get(f"/oai?{query}")
    assert (response.status_code, response.mimetype) == (200, "text/xml")
    return ElementTree.fromstring(response.data)


def dublin_core(client, document_id: str) -> list[tuple[str, str]]:
    record = answer(client, RECORD + quote(quote(document_id, safe="")))
    return [(element.tag.removeprefix(DC), element.text) for element in record.iter() if element.tag.startswith(DC)]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "badVerb"),
        ("verb=Nothing", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=Identify&set=x", "badArgument"),
        ("verb=ListRecords", "badArgument"),
        ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2020-02-30", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2020-2-3", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2021-01-01&until=2020-01-01", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2020-01-01&until=2021-01-01T00:00:00Z", "badArgument"),
        ("verb=ListRecords&metadataPrefix=marc", "cannotDisseminateFormat"),
        (f"{RECORD}report-1".replace("oai_dc", "marc"), "cannotDisseminateFormat"),
        (f"{RECORD}nothing", "idDoesNotExist"),
        ("verb=ListMetadataFormats&identifier=report-1", "idDoesNotExist"),
        ("verb=ListRecords&metadataPrefix=oai_dc&until=2001-01-01", "noRecordsMatch"),
        ("verb=ListIdentifiers&metadataPrefix=oai_dc&from=2999-01-01T00:00:00Z", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=0001-01-01T00:00:00Z&until=0999-12-31T00:00:00Z", "noRecordsMatch"),
        ("verb=ListRecords&resumptionToken=made-up", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=96a16100", "badResumptionToken"),
        ("verb=ListSets&resumptionToken=x", "badResumptionToken"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=x", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=type:Nothing", "noRecordsMatch"),
    ],
)
def test_what_the_protocol_calls_an_error_has_its_code(client, query, code):
    told = answer(client, query)
    assert [element.get("code") for element in told.iter(f"{OAI}error")] == [code]
    stated = told.find(f"{OAI}request").attrib
    assert bool(stated) == (code not in ("badVerb", "badArgument"))


@pytest.mark.parametrize(
    "bounds", ["until=9999-12-31", "from=0001-01-01", "from=0001-01-01T00:00:00Z&until=9999-12-31T23:59:59Z"]
)
def test_bounds_that_hold_the_last_publication_give_all_documents(client, bounds):
    told = answer(client, f"verb=ListIdentifiers&metadataPrefix=oai_dc&{bounds}")
    assert len(list(told.iter(f"{OAI}header"))) == 29


def test_a_document_is_described_in_dublin_core(client):
    assert dublin_core(client, "report-1") == [
        ("title", "Cyber insurance"),
        ("creator", "Davis Hake"),
        ("subject", "Insurance"),
        ("description", "About the insurance market."),
        ("date", "2019-06-05"),
        ("type", "Policy Report"),
        ("identifier", "https://archive.example/documents/report-1"),
        ("identifier", "https://www.example.org/idea/cyber-insurance/"),
        ("identifier", "https://example.org/files/insurance.pdf"),
        ("language", "en"),
    ]


def test_an_entry_without_a_title_is_described_by_the_one_displayed(client):
    assert dublin_core(client, "entry-1")[0] == ("title", "Untitled commentary, 22 December 2011")


class Harvester(BaseClient):
    """The harvester of the package `oaipmh`, asking an application instead of a server."""

    def __init__(self, client) -> None:
        super().__init__(MetadataRegistry())
        self.getMetadataRegistry().registerReader("oai_dc", oai_dc_reader)
        self.client = client

    def makeRequest(self, **arguments):
        return self.client.post("/oai", data=arguments).data


def documents() -> list[Document]:
    names = [f"d{number}" for number in range(2 * AT_ONCE + 30)] + ["ein/Sonder zeichen & Ü", "<b>"]
    return [Document(name, f"Title of {name} & others <i>", summary="Zeile\n\nZeile") for name in names]


@pytest.fixture
def large(tmp_path: Path) -> Config:
    site = Site(name="A & B", address="https://archive.example", contact="archivist@archive.example")
    return Config(sources=(Source(path="x"),), index=Index(path="index"), site=site, path=tmp_path / "config.yaml")


@pytest.fixture
def engine(large):
    engine = open_engine(large)
    engine.build(documents())
    yield engine
    engine.close()


@pytest.fixture
def harvester(large, engine) -> Harvester:
    return Harvester(create_app(large, engine).test_client())


def test_a_harvester_takes_exactly_the_index(harvester):
    told = harvester.identify()
    assert (told.repositoryName(), told.baseURL()) == ("A & B", "https://archive.example/oai")
    assert (told.adminEmails(), told.deletedRecord()) == (["archivist@archive.example"], "transient")
    assert [prefix for prefix, _, _ in harvester.listMetadataFormats()] == ["oai_dc"]
    taken = {record.getMap()["identifier"][0]: record.getMap() for _, record, _ in harvester.listRecords(metadataPrefix="oai_dc")}
    assert set(taken) == {f"https://archive.example/documents/{quote(one.id, safe='')}" for one in documents()}
    assert sorted(record["title"][0] for record in taken.values()) == sorted(one.title for one in documents())
    headers = list(harvester.listIdentifiers(metadataPrefix="oai_dc"))
    assert len({header.identifier() for header in headers}) == len(headers) == len(documents())
    for header in headers:
        assert harvester.getRecord(identifier=header.identifier(), metadataPrefix="oai_dc")[0].identifier() == header.identifier()


class OtherHarvester(Sickle):
    """The harvester of the package `sickle`, asking an application instead of a server."""

    def __init__(self, client) -> None:
        super().__init__("https://archive.example/oai")
        self.client = client

    def harvest(self, **arguments):
        answer = self.client.get("/oai", query_string=arguments)
        return OAIResponse(SimpleNamespace(text=answer.text, content=answer.data, encoding="utf-8"), params=arguments)


def publish(config: Config, engine, changed: list[Document], removed: list[str]) -> None:
    """What a publication does: a new generation with its history."""
    before = load_history(config, engine.current().id)
    live = {*engine.list_published()} - {*removed} | {document.id for document in changed}
    generation = engine.update(changed, removed)
    save_history(config, generation.id, next_history(before, removed, live, [one.id for one in changed]))


def test_after_a_publication_a_harvester_takes_what_changed_and_what_is_gone(harvester, engine, large):
    publish(large, engine, [], [])
    other = OtherHarvester(harvester.client)
    first = {header.identifier for header in other.ListIdentifiers(metadataPrefix="oai_dc")}
    publish(large, engine, [replace(documents()[0], title="Changed")], ["<b>"])
    for again in (
        other.ListRecords(metadataPrefix="oai_dc"),
        other.ListRecords(metadataPrefix="oai_dc", **{"from": "2020-01-01"}),
    ):
        taken = {record.header.identifier: record for record in again}
        assert {key for key, record in taken.items() if record.header.deleted} == {"oai:archive.example:%3Cb%3E"}
        assert set(taken) == first
        assert taken["oai:archive.example:d0"].metadata["title"] == ["Changed"]
    gone = other.GetRecord(identifier="oai:archive.example:%3Cb%3E", metadataPrefix="oai_dc")
    assert gone.header.deleted
    with pytest.raises(oai_error.NoRecordsMatchError):
        list(harvester.listRecords(metadataPrefix="oai_dc", from_=datetime(2999, 1, 1)))


def test_a_document_that_is_gone_answers_so_and_one_that_never_was_does_not(harvester, engine, large):
    publish(large, engine, [], [])
    assert harvester.client.get("/documents/d3").status_code == 200
    publish(large, engine, [], ["d3"])
    for path in ("/documents/", "/api/v1/documents/"):
        assert [harvester.client.get(path + name).status_code for name in ("d3", "d4", "draft")] == [410, 200, 404]


def test_a_document_withdrawn_is_reported_as_deleted(large, engine):
    publish(large, engine, [], [])
    large.path.touch()
    other = OtherHarvester(create_app(large.model_copy(update={"withdrawn": ("d3", "nobody")}), engine).test_client())
    headers = [*other.ListIdentifiers(metadataPrefix="oai_dc")]
    assert len(headers) == len(documents())
    assert [header.identifier for header in headers if header.deleted] == ["oai:archive.example:d3"]


def test_no_datestamp_is_in_the_future(harvester, engine, large):
    publish(large, engine, [], [])
    asked = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    told = answer(harvester.client, "verb=ListIdentifiers&metadataPrefix=oai_dc")
    assert all(stamp.text <= told.find(f"{OAI}responseDate").text for stamp in told.iter(f"{OAI}datestamp"))
    assert answer(harvester.client, f"verb=ListIdentifiers&metadataPrefix=oai_dc&from={asked}").find(f"{OAI}error") is None


def test_a_token_is_letters_and_digits_and_survives_being_escaped_twice(harvester):
    told = answer(harvester.client, "verb=ListIdentifiers&metadataPrefix=oai_dc")
    token = told.find(f".//{OAI}resumptionToken").text
    assert token.isalnum()
    assert token.isascii()
    for sent in (token, quote(token, safe=""), quote(quote(token, safe=""), safe="")):
        assert answer(harvester.client, f"verb=ListIdentifiers&resumptionToken={sent}").find(f"{OAI}error") is None


def test_types_and_topics_are_sets(client):
    sets = {
        one.find(f"{OAI}setSpec").text: one.find(f"{OAI}setName").text
        for one in answer(client, "verb=ListSets").iter(f"{OAI}set")
    }
    assert sets["type:Policy_20Report"] == "Content type: Policy Report"
    assert sets["topic:insurance"] == "Topic: Insurance"
    for spec in sets:
        assert re.fullmatch(r"[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*", spec)
        told = answer(client, f"verb=ListIdentifiers&metadataPrefix=oai_dc&set={spec}")
        headers = list(told.iter(f"{OAI}header"))
        assert headers
        assert all(spec in [one.text for one in header.iter(f"{OAI}setSpec")] for header in headers)


def test_roles_rights_and_dates_are_said_as_they_are(serve_documents):
    people = (Person("Ann Lee"), Person("Bo Yu", "editor"), Person("Cy Fox", "mentioned"), Person("Di Ray", "preface"))
    document = Document(
        "d", "D", people=people, date=parse_edtf("1914/1918"), rights="In copyright", rights_url="https://rights.example/ic"
    )
    elements = dublin_core(serve_documents([document]), "d")
    assert [value for name, value in elements if name == "creator"] == ["Ann Lee"]
    assert [value for name, value in elements if name == "contributor"] == ["Bo Yu", "Di Ray"]
    assert ("subject", "Cy Fox") in elements
    assert [value for name, value in elements if name == "rights"] == ["https://rights.example/ic", "In copyright"]
    assert ("date", "1914/1918") in elements


@pytest.fixture
def serve_documents(large):
    return lambda documents: create_app(large, OracleEngine(large, documents)).test_client()


def test_a_harvest_during_which_something_is_published_begins_again(harvester, engine):
    records = harvester.listRecords(metadataPrefix="oai_dc")
    next(records)
    engine.update([], ["d1"])
    with pytest.raises(oai_error.BadResumptionTokenError):
        list(records)
