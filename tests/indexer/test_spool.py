"""What is read lies on disk until it is published: the same documents, in bounded memory, and nothing is left behind."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest
from archive_files import write_files
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from indexer.corpus import Corpus, read_corpus
from indexer.memory import ReadingMemory
from indexer.read_documents import HAS_LINKS, KeptDocuments, ReadDocument
from indexer.readers.record import Place
from indexer.spool import Spool
from indexer.spooled_documents import SpooledDocuments
from search.config.loading import load_config
from search.model.document import Document, FileLink, LinkSpan, Section, encode_document

SETTINGS = "sources: [{path: p}]\nindex: {path: index}\n"


def content_of(corpus: Corpus) -> tuple[list[bytes], list[str], int]:
    return [encode_document(one) for one in corpus.documents], list(map(str, corpus.problems)), corpus.records


@given(st.lists(st.binary(max_size=50), min_size=1, max_size=30), st.integers(0, 60))
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_by_its_place_while_more_is_written(tmp_path_factory, pieces, in_memory):
    folder = tmp_path_factory.mktemp("spool")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("indexer.spool._IN_MEMORY", in_memory)
        spool = Spool([folder / "missing", folder])
        places: list[int] = []
        for number, piece in enumerate(pieces):
            places.append(spool.add(piece))
            assert spool.read(places[number // 2]) == pieces[number // 2]
        assert [spool.read(place) for place in places] == pieces
    assert list(folder.iterdir()) == []


def test_addresses_and_values_of_documents_are_read_without_their_text(tmp_path):
    spool = Spool([tmp_path])
    documents = SpooledDocuments(spool)
    long = Document(
        id="a", title="A", type="report", topics=("x",), url="https://example.org/a", sections=(Section("words " * 99),)
    )
    kept = KeptDocuments()
    for document in (long, Document(id="b", title="", source_path="b.md")):
        kept.add(spool, ReadDocument(document, Place("f", 1)))
    for name, place in zip(kept.ids, kept.places, strict=True):
        documents.add(name, place, 0)
    documents["a"] = replace(documents["a"], topics=("x", "y"), source_path="a.md")
    assert [(one.id, one.source_path, one.url) for one in documents.list_addresses()] == [
        ("a", "a.md", "https://example.org/a"),
        ("b", "b.md", ""),
    ]
    for name, without in documents.list_without_text():
        whole = documents[name]
        assert all(getattr(without, field) == getattr(whole, field) for field in whole.__struct_fields__ if field != "sections")
    assert documents["a"].sections == long.sections


FILES = st.builds(
    FileLink, url=st.just("https://example.org/a"), sha256=st.sampled_from(("", "ab")), picture=st.sampled_from(("", "cd"))
)


@given(st.lists(st.tuples(st.sampled_from(("sha256", "picture", "")), st.lists(FILES, max_size=2))))
def test_documents_that_name_a_held_file_are_found_without_decoding_the_others(tmp_path_factory, made):
    spool = Spool([tmp_path_factory.mktemp("spool")])
    documents = [Document(str(number), title, files=tuple(files)) for number, (title, files) in enumerate(made)]
    named = [one for one in documents if any(file.sha256 or file.picture for file in one.files)]
    found = list(SpooledDocuments(spool).finish().with_others(documents).with_files())
    assert [one for one in found if one in named] == named
    assert all(one.files or one.title for one in found)


def test_documents_in_a_spool_are_those_put_there_last(tmp_path):
    spool = Spool([tmp_path])
    kept = KeptDocuments()
    linked = Document("b", sections=(Section("text", links=(LinkSpan(0, 4, "https://example.org/"),)),))
    for line, document in enumerate((Document("a", "A"), linked, Document("c", "C")), 1):
        kept.add(spool, ReadDocument(document, Place("p/x.jsonl", line)))
    documents = SpooledDocuments(spool)
    for entry in zip(kept.ids, kept.places, kept.marks, strict=True):
        documents.add(*entry)
    documents["a"] = Document("a", "Another title")
    finished = documents.finish()
    assert [document.title for document in finished] == ["Another title", "", "C"]
    assert list(documents.list_marked(HAS_LINKS)) == ["b"]
    assert documents.read("a").place == Place("p/x.jsonl", 1)
    assert list(finished) == [Document("a", "Another title"), linked, Document("c", "C")]
    assert [document.id for document in finished.pick([2, 0])] == ["c", "a"]
    assert [document.id for document in finished[1:].with_others([Document("z")])] == ["b", "c", "z"]


FILES = {
    "p/a.jsonl": "".join(json.dumps({"id": f"j{number}", "title": "J", "text": "x"}) + "\n" for number in range(30)),
    "p/b.jsonl": '{"id": "j3", "title": "Again", "text": "x"}\n{"id": "k", "title": "K", "text": "y"}\n{\n',
    **{f"p/{number}.md": f"# Title {number}\n\nSee [that]({number + 1}.md).\n" for number in range(20)},
}


@pytest.mark.parametrize("most", [0, 300], ids=["all files are large", "some files are large"])
@pytest.mark.parametrize("size", [0, 10**9], ids=["two processes", "one process"])
def test_large_files_are_read_a_document_at_a_time_with_the_same_result(tmp_path, monkeypatch, most, size):
    config = load_config(write_files(tmp_path, SETTINGS, FILES))
    expected = content_of(read_corpus(config))
    monkeypatch.setattr("indexer.file_readings.MOST_BYTES", most)
    monkeypatch.setattr("indexer.memory.MOST_BYTES", most)
    monkeypatch.setattr("indexer.file_readings._WORTH_A_SECOND_PROCESS", size)
    for _ in range(2):
        assert content_of(read_corpus(config, ReadingMemory(config, least_bytes=0))) == expected


def test_a_large_file_is_read_in_less_memory_than_its_text_takes(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("indexer.file_readings.MOST_BYTES", 1000)
    monkeypatch.setattr("indexer.spool._IN_MEMORY", 100_000)
    lines = (json.dumps({"id": f"d{number}", "title": "T", "text": f"{number} " + "x" * 20_000}) for number in range(300))
    config = load_config(write_files(tmp_path, SETTINGS, {"p/large.jsonl": "\n".join(lines)}))
    read_corpus(load_config(write_files(tmp_path / "other", SETTINGS, {"p/a.jsonl": '{"id": "a", "title": "A", "text": "x"}'})))
    tracemalloc.start()
    try:
        corpus = read_corpus(config)
        texts = sum(len(document.sections[0].text) for document in corpus.documents)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert texts > 6_000_000 > 4 * peak
    assert {path.name for path in tmp_path.iterdir()} == {"p", "config.yaml", "other"}
