"""The actions of bulk requests are the same whichever processes write them."""

from __future__ import annotations

import json

import archives
import pytest

from search.engines.opensearch.bulk import CHUNK, delete_action, index_actions
from search.model.document import Document, Section, encode_document, fingerprint

ONE, MANY = 1, 5 * CHUNK + 3


def some(count: int) -> list[Document]:
    return [Document(f"d/{number}", f"Norm {number}", sections=(Section(f"Text {number}."),)) for number in range(count)]


@pytest.mark.parametrize("processes", [1, 3])
@pytest.mark.parametrize("count", [0, ONE, MANY])
def test_other_processes_write_what_this_one_writes_in_the_same_order(tmp_path, count, processes):
    config = archives.config(tmp_path)
    assert list(index_actions(some(count), config, 7, processes)) == list(index_actions(some(count), config, 7, 0))


def test_each_document_is_an_action_with_its_version_and_fingerprint(tmp_path):
    (chunk,) = index_actions(some(2), archives.config(tmp_path), 7, 0)
    (action, source), (_, second) = (map(json.loads, lines.splitlines()) for lines in chunk.actions)
    assert action == {"index": {"_id": "d/0", "version": 7, "version_type": "external_gte"}}
    assert (source["title_words"], second["title_words"]) == (["norm 0"], ["norm 1"])
    assert chunk.fingerprints == [int(fingerprint(encode_document(one)), 16) for one in some(2)]


def test_long_documents_are_sent_fewer_at_a_time(tmp_path):
    long = [Document(str(number), sections=(Section("norm " * 200_000),)) for number in range(5)]
    assert [len(chunk.actions) for chunk in index_actions(long, archives.config(tmp_path), 7, 0)] == [2, 2, 1]


def test_a_deletion_is_a_line_of_its_own():
    assert json.loads(delete_action("d/1", 9)) == {"delete": {"_id": "d/1", "version": 9, "version_type": "external_gte"}}
