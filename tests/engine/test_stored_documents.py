"""Stored documents are compressed with a common dictionary and read back unchanged; damage is noticed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import archives
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.whoosh.stored_documents import (
    DocumentCompressor,
    StoredDocuments,
    StoredDocumentsWriter,
    train_dictionary,
)
from search.errors import IndexDamaged
from search.model.document import Document, Section, pack_document

TEXTS = st.lists(st.text(max_size=200), max_size=5)


def store(folder, documents):
    path = folder / "x.documents"
    dictionary = train_dictionary(documents)
    compressor = DocumentCompressor(dictionary)
    with StoredDocumentsWriter(path, dictionary) as written:
        for document in documents:
            written.add(compressor.compress(document))
    return StoredDocuments(path, written.arrays()), written.arrays(), path


@settings(max_examples=30)
@given(st.lists(TEXTS, min_size=1, max_size=20), st.sampled_from((1, 60)))
def test_a_document_is_read_as_it_was_given(tmp_path_factory, texts, times):
    documents = [Document(f"d{number}", sections=tuple(map(Section, own))) for number, own in enumerate(texts * times)]
    stored, _, _ = store(tmp_path_factory.mktemp("stored"), documents)
    assert [stored.read(number) for number in range(len(documents))] == documents


def test_equal_documents_give_equal_bytes_and_a_dictionary_when_there_are_many(tmp_path):
    documents = archives.documents(1, 400)
    one, other = train_dictionary(documents), train_dictionary(list(documents))
    assert one == other != b""
    compressed = [DocumentCompressor(one).compress(document) for document in documents]
    assert compressed == [DocumentCompressor(other).compress(document) for document in documents]
    assert sum(map(len, compressed)) < sum(len(pack_document(document)) for document in documents) / 2
    assert train_dictionary(documents[:10]) == b""


@pytest.mark.parametrize("documents", [[], [Document("")], [Document("same", "Same")] * 300])
def test_few_or_equal_documents_are_stored_too(tmp_path, documents):
    stored, _, _ = store(tmp_path, documents)
    assert [stored.read(number) for number in range(len(documents))] == documents


def test_threads_read_the_same(tmp_path):
    documents = archives.documents(2, 400)
    stored, _, _ = store(tmp_path, documents)
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(stored.read, [number % 400 for number in range(4000)])) == documents * 10


@pytest.mark.parametrize(
    "harm", [lambda data: data[:-3], lambda data: bytes(len(data)), lambda data: data[:20] + b"\xff" * 9 + data[29:]]
)
def test_a_damaged_document_is_an_error_that_names_the_file_and_the_fix(tmp_path, harm):
    _, arrays, path = store(tmp_path, [Document("only", "A title of some words")])
    path.write_bytes(harm(path.read_bytes()))
    with pytest.raises(IndexDamaged, match=r"x\.documents: document 0 .* rollback"):
        StoredDocuments(path, arrays).read(0)
