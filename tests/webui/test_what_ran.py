"""The page says what was searched for, under a heading of its own, and every claim of it is so."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from page_reading import soup

from search.engines.oracle import OracleEngine
from search.model.document import Document, Section
from webui import create_app

SENTENCE = "Undersea cables carry nearly all traffic between continents and markets"


@pytest.fixture(scope="module")
def client(config):
    scattered = " ".join(f"{word} other" for word in SENTENCE.lower().replace("markets", "bananas").split())
    texts = {"quoted": f"{SENTENCE}.", "scattered": scattered, "half": "Undersea cables carry all traffic."}
    documents = [Document(name, f"On {name}", sections=(Section(text),)) for name, text in texts.items()]
    return create_app(config, OracleEngine(config, documents)).test_client()


@pytest.mark.parametrize(
    ("typed", "count", "said"),
    [
        (SENTENCE, "1 result", ""),
        (SENTENCE.replace("markets", "bananas"), "3 results", "1 document contains all of these words."),
        (SENTENCE.replace("nearly", "almost"), "3 results", "These documents contain at least half of these words."),
        (SENTENCE.replace("all", "every").replace("cables", "cabels"), "3 results", "Searched for “Undersea cables carry"),
        ("traffic continents wood stone", "2 results", "No document contains all of these words. These contain most of them."),
        ("undrsea", "3 results", "Nothing contains “undrsea”, so these are the results for “undersea”."),
    ],
)
def test_the_page_says_what_ran(client, typed, count, said):
    page = soup(client, f"/search?q={typed}")
    assert page.select_one("#count").text.startswith(count)
    notices = " ".join(notice.text for notice in page.select(".notice"))
    assert said in notices
    assert bool(notices) == bool(said)


_WORDS = st.sampled_from((SENTENCE + " almost every cabels bananas wood U.S.-China US").split())


@given(st.lists(_WORDS, min_size=1, max_size=14).map(" ".join))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(SENTENCE.replace("markets", "bananas"))
@example(SENTENCE.replace("nearly", "almost"))
@example("undrsea")
def test_the_search_for_exactly_what_was_typed_finds_something_where_it_is_offered(client, typed):
    page = soup(client, f"/search?q={quote(typed)}")
    link = next((link for link in page.select(".notice a") if "exact=1" in link["href"]), None)
    if link is not None:
        said = re.search(r"(\d+) documents? contains? all", page.select_one(".notice").text)
        found = soup(client, link["href"]).select_one("#count").text
        assert said
        assert re.match(r"\d+", found)[0] == said[1]
