"""Documents withdrawn are in no answer, whichever generation is published."""

from __future__ import annotations

from pathlib import Path

import pytest
from engine_counting import CountedOracle

from search.archive import Archive
from search.config.settings import Config, Source
from search.engines.oracle import OracleEngine
from search.fields import IDENTIFIER
from search.model.document import Document, Section
from search.model.query import Query


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    config = Config(sources=(Source(path="x"),), path=tmp_path / "config.yaml", withdrawn=("MS 12", "nobody"))
    documents = [
        Document(name, f"Report {name}", type="Report", sections=(Section("words"),)) for name in ("MS 12", "MS 13", "MS 14")
    ]
    return Archive(config, OracleEngine(config, documents))


def test_a_withdrawn_document_is_not_found_counted_or_shown(archive):
    page = archive.search(Query("report"))
    assert (page.total, [hit.document.id for hit in page.hits]) == (2, ["MS 13", "MS 14"])
    assert archive.counts("type") == {"Report": 2}
    assert [document.id for document in archive.engine.every()] == ["MS 13", "MS 14"]
    assert (archive.document("MS 12"), archive.is_gone("MS 12"), archive.is_gone("MS 13")) == (None, True, False)
    assert [name for name in ("ms12", "ms13", "nobody") if archive.engine.has_value(IDENTIFIER, name)] == ["ms13"]
    published = archive.engine.list_published()
    assert (len(published), list(published), "MS 12" in published) == (2, ["MS 13", "MS 14"], False)


def test_what_only_withdrawn_documents_say_is_in_no_reading(tmp_path):
    documents = [
        Document("a", "Priority International Communications", type="Secret", sections=(Section("The Harbour Trust (HT)."),)),
        Document("b", "Public Interest Council", type="Report", sections=(Section("The Heritage Treaty (HT)."),)),
        Document("c", "Report c", type="Report", sections=(Section("The Harbour Trust (HT)."),)),
    ]

    def readings(*withdrawn: str) -> list[str]:
        config = Config(sources=(Source(path="x"),), path=tmp_path / "config.yaml", withdrawn=withdrawn)
        archive = Archive(config, OracleEngine(config, documents))
        return [str(archive.search(Query(text)).reading.parts[0].meaning) for text in ("PIC", "HT", "secret")]

    assert readings() == ["PIC or “priority international communications”", "HT or “harbour trust”", "type Secret"]
    assert readings("a", "c") == ["PIC or “public interest council”", "HT or “heritage treaty”", "the word secret"]
    assert readings("a", "b", "c") == ["the word PIC", "the word HT", "the word secret"]


def test_values_are_counted_without_withdrawn_documents_and_no_more_than_asked_for(tmp_path):
    kinds = {"a": "Report", "b": "Report", "c": "Report", "d": "Map", "e": "Map", "f": "Plan", "g": "Film", "h": "Note"}
    config = Config(sources=(Source(path="x"),), path=tmp_path / "config.yaml", withdrawn=("a", "b", "g"))
    engine = CountedOracle(config, [Document(name, name, type=kind) for name, kind in kinds.items()])
    hiding = Archive(config, engine).engine
    assert hiding.keyword_counts("type", "", 9) == [("Map", 2), ("Note", 1), ("Plan", 1), ("Report", 1)]
    engine.forget()
    assert hiding.keyword_counts("type", "", 1) == [("Map", 2)]
    assert engine.looked_up == 3  # the values, and how many documents shown have Report and Map


def test_an_engine_without_withdrawn_documents_stays_as_it_is(tmp_path):
    config = Config(sources=(Source(path="x"),), path=tmp_path / "config.yaml")
    engine = OracleEngine(config, [])
    assert Archive(config, engine).engine is engine
