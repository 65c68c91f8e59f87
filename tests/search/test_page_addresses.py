"""The address of a page of results, a topic or a person is read as the search that the page shows."""

from __future__ import annotations

import pytest

from search.query_language.page_addresses import read_page_address
from search.query_language.parser import parse_text
from search.query_language.tree import format_tree


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("https://archive.example/search?q=spam&type=news", "spam type:news"),
        ("archive.example/search?q=public+core&year=2013&page=2", "public core year:2013"),
        ("/search?q=spam&from=2012-05&to=2013", "spam year:2012.. year:..2013"),
        ("?q=spam&amp;type=news", "spam type:news"),
        ("q=%22public+core%22&topic=norms", '"public core" topic:norms'),
        ("type=news&year=2013", "type:news year:2013"),
        ("/search?type=news&type=podcasts&q=spam", "spam type:news OR type:podcasts"),
        ("/search?q=spam&-type=Media+Coverage", 'spam -type:"Media Coverage"'),
        ("/search?q=spam&sort=oldest", "spam sort:oldest"),
        ("/search.csv?q=spam#results", "spam"),
        ("https://www.other.example/search?q=cyber+insurance&hl=en", "cyber insurance"),
        ("https://other.example/?q=spam&t=h", "spam"),
        ("https://archive.example/topics/norms", "topic:norms"),
        ("/people/ann-lee", "people:ann-lee"),
    ],
)
def test_an_address_is_read_as_its_search(address: str, typed: str) -> None:
    tree = parse_text(address, ("type", "topic", "people"))
    assert format_tree(tree) == typed
    assert tree == parse_text(typed, ("type", "topic", "people"))


@pytest.mark.parametrize(
    "text", ["https://example.org/papers/spam?q=1", "x=1&y=2", "AT&T", "tcp/ip", "/documents/spam?q=trust", "topics/norms", "?"]
)
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert read_page_address(text, lambda name: name if name in ("type", "topic") else "") == ""
