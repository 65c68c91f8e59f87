"""Golden files of the requests sent to OpenSearch: a changed query is seen in review.

After a change that is meant, write them again with `GOLDEN=write python -m pytest tests/engine/test_opensearch_requests.py`.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import archives
import pytest

from search.config.settings import Ranking
from search.engines.contract import Request
from search.engines.opensearch import requests
from search.engines.opensearch.mapping import index_body, to_source
from search.fields import Fields
from search.model.dates import parse_edtf
from search.model.document import Document, Section
from search.model.query import Selection
from search.query_language.matching import (
    AllOf,
    AnyOf,
    AtLeast,
    Boost,
    Everything,
    HasValue,
    Not,
    Sequence,
    Term,
    Within,
    WordPrefix,
)

GOLDEN = Path(__file__).parent / "golden"
RANKING = Ranking()
WORD = Term((Sequence(("norm",)), Sequence(("nor", "m"))), 2)
PHRASE = Term((Sequence(("public", "core"), "title", stemmed=False),))
PREFIX = Term((WordPrefix("insur"),))
REPORTS = HasValue("type", ("Policy Report", "policy-report"))
DAYS = Within(734_000, 735_000)


def body(match, **members):
    return requests.search_body(Request(match, **members), RANKING)


def a_document(folder):
    document = Document("a", "The Public Core", sections=(Section("Norms."),), date=parse_edtf("2015-03"), type="Policy Report")
    config = archives.config(folder)
    return to_source(document, Fields(config))


CASES = {
    "everything by title": lambda _: body(Everything(), sort="title", limit=100),
    "every kind of match": lambda _: body(AllOf((WORD, AnyOf((PHRASE, PREFIX)), Not(REPORTS), DAYS)), offset=20),
    "most words": lambda _: body(AtLeast(2, (WORD, PHRASE, PREFIX))),
    "the window of the best is reordered": lambda _: body(
        WORD, offset=10, boosts=(Boost(PHRASE, 0.5), Boost(REPORTS, 1.0)), first=(PREFIX,)
    ),
    "past the window": lambda _: body(WORD, offset=100, boosts=(Boost(PHRASE, 0.5),), first=(PREFIX,)),
    "counted facets filter afterwards": lambda _: body(
        WORD,
        selections=(Selection("type", ("News",)), Selection("topic", (), ("spam",)), Selection("artist", ("Otto Dix",))),
        facets=("type", "topic"),
        sort="newest",
        limit=0,
    ),
    "the most parts matched": lambda _: requests.most_matched_body((WORD, PREFIX), REPORTS, RANKING),
    "similar words": lambda _: requests.similar_words_body("secuirty"),
    "words with a prefix": lambda _: requests.words_with_prefix_body("cyb", 8),
    "values with a prefix": lambda _: requests.values_with_prefix_body("artist", "otto-"),
    "documents with values": lambda _: requests.documents_with_body("artist", ("otto-dix", "käthe-kollwitz")),
    "an index": lambda folder: index_body(archives.config(folder), Fields(archives.config(folder))),
    "a document": a_document,
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_sent_is_what_was_reviewed(name, tmp_path):
    path = GOLDEN / f"{name.replace(' ', '_')}.json"
    sent = json.dumps(CASES[name](tmp_path), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(sent, encoding="utf-8")
    assert sent == path.read_text(encoding="utf-8")


def test_no_file_is_left_over():
    assert {path.stem for path in GOLDEN.glob("*.json")} == {name.replace(" ", "_") for name in CASES}
