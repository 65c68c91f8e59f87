"""`explain=1` says why each hit ranks where it does, in numbers that give its score."""

from __future__ import annotations

import pytest

FIRST = 1000


def hits_of(client, **parameters):
    return client.get("/api/v1/search", query_string=parameters).json["hits"]


@pytest.mark.parametrize("q", ["cyber insurance", "cyber news", "Davis Hake", "report-1", "norms", '"cyber news" 7'])
def test_the_numbers_give_the_score(client, q):
    for hit in hits_of(client, q=q, explain="1", per_page="100"):
        told = hit["explanation"]
        assert told["factor"] == pytest.approx(1 + sum(told["raised_by"].values()))
        assert hit["score"] == pytest.approx((told["bm25"] + FIRST * told["first"]) * told["factor"], abs=0.05)


def test_the_reasons_are_reported_by_name(client):
    first = hits_of(client, q="cyber insurance", explain="1")[0]["explanation"]
    assert first["raised_by"] == {
        "in the title": 1.5,
        "in the title as written": 0.5,
        "as written": 0.1,
        "side by side": 0.3,
        "near each other": 0.06,
    }
    assert not first["first"]


def test_a_document_named_outright_comes_first(client):
    assert hits_of(client, q="report-1", explain="1")[0]["explanation"]["first"] is True


def test_nothing_is_explained_unless_requested(client):
    assert "explanation" not in hits_of(client, q="cyber")[0]
    assert hits_of(client, q="cyber", sort="newest", explain="1")[0]["explanation"] is None
    assert list(hits_of(client, q="cyber", fields="id", explain="1")[0]) == ["id", "explanation"]
    assert client.get("/api/v1/search?q=cyber&explain=yes").status_code == 400
