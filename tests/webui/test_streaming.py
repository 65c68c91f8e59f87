"""Exports of any size are streamed: no more documents are kept in memory than the format needs."""

from __future__ import annotations

import re
import weakref

import pytest
from msgspec.structs import asdict

from search.engines.oracle import OracleEngine
from search.model.document import Document, Section
from webui import create_app
from webui.formats.atom import _LATEST

MANY = 1_000
READ_AHEAD = 5
"""Documents at hand at once: one that is written, one that is read, one that holds the engine to its generation."""


class Tracked(Document, weakref=True, frozen=True):
    """A document of which it is known how long it is held."""


class CountingEngine(OracleEngine):
    """Reads every document again, as from a disk, and counts those that somebody still holds."""

    held = most_held = read = 0

    def every(self, *request):
        for document in super().every(*request):
            copy = Tracked(**{name: getattr(document, name) for name in asdict(document)})
            self.read += 1
            self.held += 1
            self.most_held = max(self.most_held, self.held)
            weakref.finalize(copy, self._let_go)
            yield copy
            del copy

    def _let_go(self) -> None:
        self.held -= 1


@pytest.fixture(scope="module")
def stored() -> list[Document]:
    return [Document(f"d{number:04}", f"Norm {number}", sections=(Section("words " * 200),)) for number in range(MANY)]


@pytest.fixture
def counted(config, stored):
    """A client and the engine behind it."""
    engine = CountingEngine(config, stored)
    return create_app(config, engine).test_client(), engine


@pytest.mark.parametrize("ending", ["csv", "json", "csl.json", "ris", "bib"])
def test_an_export_keeps_few_documents_in_memory(counted, ending):
    client, engine = counted
    whole = b"".join(client.get(f"/search.{ending}?sort=title").iter_encoded())
    assert engine.read >= MANY
    assert all(re.search(rb"Norm %d\b" % number, whole) for number in range(MANY)), "nothing is cut"
    assert engine.most_held <= READ_AHEAD


def test_a_feed_has_no_more_than_its_latest_entries(counted):
    client, engine = counted
    whole = b"".join(client.get("/search.atom").iter_encoded())
    assert whole.count(b"<entry>") == MANY
    assert engine.most_held <= _LATEST + READ_AHEAD


@pytest.mark.parametrize("ending", ["csv", "json", "ris", "bib"])
def test_what_the_client_does_not_take_is_not_read(counted, ending):
    client, engine = counted
    response = client.get(f"/search.{ending}?sort=title")
    assert 0 < engine.read < MANY / 2, "the client takes the first piece to begin with"
    response.close()
    assert engine.held <= READ_AHEAD


def test_a_harvest_reads_one_part_at_a_time(counted):
    client, engine = counted
    assert client.get("/oai?verb=ListRecords&metadataPrefix=oai_dc").data.count(b"<record>") == 100
    assert engine.most_held <= READ_AHEAD
