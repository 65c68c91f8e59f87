"""Documents withdrawn are in no answer, whichever generation is published."""

from __future__ import annotations

from pathlib import Path

import pytest

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


def test_an_engine_without_withdrawn_documents_stays_as_it_is(tmp_path):
    config = Config(sources=(Source(path="x"),), path=tmp_path / "config.yaml")
    engine = OracleEngine(config, [])
    assert Archive(config, engine).engine is engine
