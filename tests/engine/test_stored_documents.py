"""Stored documents: read back as they were, compressed with what they have in common, damage noticed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import archives
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.whoosh.stored_documents import StoredDocuments, compress_documents
from search.errors import IndexDamaged
from search.model.document import Document, Section, pack_document

TEXTS = st.lists(st.text(max_size=200), max_size=5)


def store(folder, documents):
    compressed, arrays = compress_documents([pack_document(document) for document in documents])
    path = folder / "x.documents"
    path.write_bytes(b"".join(compressed))
    return StoredDocuments(path, arrays), arrays, path


@settings(max_examples=30, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=20), st.sampled_from((1, 60)))
def test_a_document_is_read_as_it_was_given(tmp_path_factory, texts, times):
    documents = [Document(f"d{number}", sections=tuple(map(Section, own))) for number, own in enumerate(texts * times)]
    stored, _, _ = store(tmp_path_factory.mktemp("stored"), documents)
    assert [stored.read(number) for number in range(len(documents))] == documents


def test_equal_documents_give_equal_bytes_and_a_dictionary_when_there_are_many(tmp_path):
    packed = [pack_document(document) for document in archives.documents(1, 400)]
    one, other = compress_documents(packed), compress_documents(list(packed))
    assert one[0] == other[0]
    assert one[1]["document_dictionary"].tobytes() == other[1]["document_dictionary"].tobytes() != b""
    assert sum(map(len, one[0])) < sum(map(len, packed)) / 2
    assert compress_documents(packed[:10])[1]["document_dictionary"].size == 0


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
