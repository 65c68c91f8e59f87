"""Sorted strings in a mapped file: each is found at its index, and no other string is found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.arrays import Strings, pack_strings

LETTERS = st.text(alphabet="ab", max_size=8).map(str.encode)


@given(st.lists(LETTERS, unique=True, min_size=0, max_size=200).map(sorted), LETTERS)
def test_a_string_is_found_at_its_index_and_any_other_is_not(strings: list[bytes], wanted: bytes) -> None:
    packed = Strings(pack_strings("words", strings), "words")
    assert [packed.find(string) for string in strings] == list(range(len(strings)))
    assert packed.find(wanted) == (strings.index(wanted) if wanted in strings else -1)
