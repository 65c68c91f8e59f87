"""Both of PyYAML's parsers read YAML alike: the fast one, and the one whose messages are shown."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from search.config import marked_yaml
from search.config.marked_yaml import MarkedYamlError, parse_yaml

TEXTS = [
    "", "a", "a:", "- ", "{}", "a: [1, -2, 01, 1.50, ~, true, no]", "a:\n- b: c\n  d:\n  - e\n-f", "a: 'it''s'\nb: \"\\x41\"",
    "a: |\n  x\n\n   y\nb: >-\n  f\n  g", "a: http://example.org/?x=1&y=*", "a: \U0001f600", "a: 2019-01-01", "? a\n: b", "- - a\n  - b\n-\n- c",
    "a: b#c # d", "a: x: y", "a: [1, 2", "a: 'it", "a: @b", "a: !x b", "a: 1\na: 2", "[]: x", "--- a\n--- b", "a: &x b\nc: *x", "a:\n\tb: c",
]  # fmt: skip


def outcome(text: str) -> object:
    try:
        marked = parse_yaml(text, 3)
    except MarkedYamlError as error:
        return error.line, error.reason
    return marked.data, marked.lines


def check_both(text: str) -> None:
    found = outcome(text)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(marked_yaml, "_FastLoader", marked_yaml._Loader)
        assert outcome(text) == found


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML was installed without its fast parser")
@pytest.mark.parametrize("text", TEXTS)
def test_both_parsers_give_the_same_values_lines_and_mistakes(text):
    check_both(text)


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML was installed without its fast parser")
@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(["a: ", "b:", "- ", "\n", "  ", "x", "'y'", "[z, ", "]", "1", "# c", ": ", "|\n  t"]), max_size=12)
)
def test_both_parsers_read_random_pieces_alike(pieces):
    check_both("".join(pieces))


@pytest.mark.parametrize("text", ["[" * 20_000, "- " * 20_000, "{a: " * 5_000, "[" * 900 + "]" * 900])
def test_deep_nesting_is_a_mistake_or_data_and_never_a_crash(text):
    outcome(text)


def test_an_alias_is_refused_at_its_line():
    with pytest.raises(MarkedYamlError, match="aliases") as error:
        parse_yaml("a: &x [1]\nb: *x\n")
    assert error.value.line == 2
