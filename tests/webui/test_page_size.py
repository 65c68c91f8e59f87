"""No page of results is large, whatever is typed: a page repeats what was typed in many links."""

from __future__ import annotations

import pytest

LONGEST_PAGE = 150_000
TEXTS = {
    "emoji": "\U0001f600" * 2048,
    "spaced emoji": "\U0001f600 " * 1024,
    "quotation marks": '"' * 2048,
    "stars": "*" * 2048,
    "combining marks": "\u0e01\u0e31" * 1024,
    "a passage": "cyber news insurance " * 97,
    "alternatives": " OR ".join(["cyber"] * 300),
    "hyphens": "cyber-news-cyber " * 120,
    "fields": "type:news " * 200,
    "excluded words": "cyber " + "-zebra " * 280,
    "Han": "\u5b89\u5168\u4fdd\u969c OR cyber " * 100,
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("per_page", [10, 100])
def test_no_page_of_results_is_large(client, name, per_page):
    response = client.get("/search", query_string={"q": TEXTS[name], "per_page": per_page})
    assert response.status_code == 200
    assert len(response.data) <= LONGEST_PAGE


def test_text_that_is_long_in_an_address_is_cut_and_the_page_says_so(client):
    response = client.get("/search", query_string={"q": "\u5b89" * 1000})
    assert "shortened to its first 341 characters" in response.text


@pytest.mark.parametrize("value", ["x" * 17, "x" * 80, "\u5b89" * 60])
def test_no_page_is_large_however_many_values_are_chosen_and_it_says_how_many_are_used(client, value):
    chosen = [("topic", f"{number} {value}") for number in range(50)]
    response = client.get("/search", query_string=[("q", " ".join(f"word{number}" for number in range(30))), *chosen, *chosen])
    assert len(response.data) <= LONGEST_PAGE
    used = response.text.count("Remove filter")
    assert 1 <= used < 50
    assert f"Only {used} values can be chosen at once; the rest was left out." in response.text


def test_values_that_fit_are_all_used(client):
    text = client.get("/search?" + "&".join(f"type=kind{number}" for number in range(30))).text
    assert text.count("Remove filter") == 30
    assert "can be chosen at once" not in text
