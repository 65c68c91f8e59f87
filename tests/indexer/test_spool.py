"""Read documents are kept on disk until they are published, unchanged, in bounded memory, and no file is left behind."""

from __future__ import annotations

import json
import tracemalloc
from collections import Counter
from pathlib import Path

import pytest
from archive_files import write_files
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from indexer.corpus import Corpus, read_corpus
from indexer.memory import ReadingMemory
from indexer.read_documents import HAS_LINKS, KeptDocuments, ReadDocument, list_values
from indexer.readers.record import Place
from indexer.spool import Spool
from indexer.spooled_documents import SpooledDocuments
from search.config.loading import load_config
from search.model.document import FINGERPRINT_BYTES, Document, FileLink, LinkSpan, Section, encode_document, fingerprint

SETTINGS = "sources: [{path: p}]\nindex: {path: index}\n"


def content_of(corpus: Corpus) -> tuple[list[bytes], list[str], int]:
    return [encode_document(one) for one in corpus.documents], list(map(str, corpus.problems)), corpus.records


@given(st.lists(st.binary(max_size=50), min_size=1, max_size=30), st.integers(0, 60))
@settings(max_examples=60)
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


def test_addresses_of_documents_are_read_without_the_rest(tmp_path):
    spool = Spool([tmp_path])
    documents = SpooledDocuments(spool)
    long = Document(
        id="a", title="A", type="report", topics=("x",), url="https://example.org/a", sections=(Section("words " * 99),)
    )
    kept = KeptDocuments()
    for document in (long, Document(id="b", title="", source_path="b.md")):
        kept.add(spool, ReadDocument(document, Place("f", 1)))
    documents.add(kept)
    documents["a"] = replace(documents["a"], topics=("x", "y"), source_path="a.md")
    assert [(one.id, one.source_path, one.url) for one in documents.list_addresses()] == [
        ("a", "a.md", "https://example.org/a"),
        ("b", "b.md", ""),
    ]
    assert documents["a"].sections == long.sections


VALUES = st.builds(
    Document,
    id=st.sampled_from("abcdef"),
    title=st.just(""),
    type=st.sampled_from(("", "report", "Report")),
    topics=st.lists(st.sampled_from(("x", "y", "z")), max_size=2, unique=True).map(tuple),
    files=st.lists(st.just(FileLink(url="https://example.org/a", sha256="ab")), max_size=1).map(tuple),
)


@given(st.lists(st.lists(VALUES, max_size=4), max_size=4), st.lists(VALUES, max_size=4))
def test_what_is_known_of_documents_without_decoding_them_is_what_they_say(tmp_path_factory, files, replacements):
    documents = SpooledDocuments(spool := Spool([tmp_path_factory.mktemp("spool")]))
    expected: dict[str, Document] = {}
    for read in files:
        kept = KeptDocuments()
        for document in read:
            kept.add(spool, ReadDocument(document, Place("f", 1)))
            expected.setdefault(document.id, document)
        documents.add(kept)
    for document in replacements:
        if document.id in expected:
            documents[document.id] = expected[document.id] = document
    counts = Counter(value for document in expected.values() for value in list_values(document, ()))
    found = documents.count_values()
    assert {(field, value): count for field, values in found.items() for value, count in values.items()} == counts
    first = documents.find_first(counts)
    assert first == {value: next(name for name, one in expected.items() if value in list_values(one, ())) for value in counts}
    finished = documents.finish()
    replaced = {document.id for document in replacements}
    known = finished.known_fingerprints()
    assert known.hex(" ", FINGERPRINT_BYTES).split() == [
        "00" * FINGERPRINT_BYTES if name in replaced else fingerprint(encode_document(one)) for name, one in expected.items()
    ]
    prints = [finished.fingerprint(number) for number in range(len(finished))]
    assert prints == [fingerprint(encode_document(one)) for one in expected.values()]
    assert [one for one in finished.with_files() if one.files] == [one for one in expected.values() if one.files]


def test_documents_in_a_spool_are_those_put_there_last(tmp_path):
    spool = Spool([tmp_path])
    kept = KeptDocuments()
    linked = Document("b", sections=(Section("text", links=(LinkSpan(0, 4, "https://example.org/"),)),))
    for line, document in enumerate((Document("a", "A"), linked, Document("c", "C")), 1):
        kept.add(spool, ReadDocument(document, Place("p/x.jsonl", line)))
    documents = SpooledDocuments(spool)
    documents.add(kept)
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
