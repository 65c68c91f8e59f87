"""Any JSON under any key is published or reported: never a traceback, never a record that vanishes."""

from __future__ import annotations

import json

from archive_files import read_files
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.records.converters import CONVERTERS
from search.model.document import decode_document, encode_document

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8) | st.sampled_from(
    ["https://e.org/a", "2019-02", "<p>x</p>", "&amp;", "1925?", "{a}", "published", "high"]
)  # fmt: skip
KEYS = st.sampled_from(["name", "url", "text", "heading", "blocks", "links", "page", "source", "value", "fields", "body", "x"])
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=6)
RECORDS = st.dictionaries(st.sampled_from([*CONVERTERS, "own", "unknown"]), VALUES, max_size=6)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.lists(RECORDS, min_size=1, max_size=3))
def test_any_value_under_any_key_is_published_or_reported(tmp_path, records):
    lines = "".join(
        json.dumps({"id": f"r{number}", "title": "T", "text": "x", **record}) + "\n" for number, record in enumerate(records)
    )
    corpus = read_files(tmp_path, "sources: [{path: d.jsonl}]\nfields: {own: {label: Own}}\n", {"d.jsonl": lines})
    assert corpus.records == len(records)
    assert len(corpus.documents) + corpus.drafts + corpus.reported == len(records)
    assert len({problem.line for problem in corpus.errors}) >= corpus.reported
    assert [decode_document(encode_document(one)) for one in corpus.documents] == list(corpus.documents)
