"""Sections of text with their blocks and links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.readers.blocks import SectionsBuilder, safe_address


def test_blocks_and_links_are_places_in_the_text():
    text = SectionsBuilder()
    text.add("See ")
    text.begin_link("https://example.org/a")
    text.add(" the  report")
    text.end_link()
    text.add(", please.")
    text.begin_block("item", 1)
    text.add("one")
    text.begin_block("item", 2)
    text.add("two")
    text.add_break()
    text.add("three")
    (section,) = text.list_sections()
    assert section["text"] == "See the report, please.\n\none\ntwo\nthree"
    assert [(kind, section["text"][start:end], level) for kind, start, end, level in section["blocks"]] == [
        ("paragraph", "See the report, please.", 0),
        ("item", "one", 1),
        ("item", "two\nthree", 2),
    ]
    assert [(section["text"][start:end], address) for start, end, address in section["links"]] == [
        ("the report", "https://example.org/a")
    ]


def test_code_keeps_its_lines_and_rows_their_cells():
    text = SectionsBuilder()
    text.begin_section("A part")
    text.begin_block("code")
    text.add("if x:\n    y()\n")
    text.begin_block("row", 1)
    text.add("Name")
    text.add_cell()
    text.add("Year")
    (section,) = text.list_sections()
    assert (section["heading"], section["anchor"]) == ("A part", "a-part")
    assert section["text"] == "if x:\n    y()\n\nName | Year"


def test_equal_headings_have_anchors_of_their_own():
    text = SectionsBuilder()
    for _ in range(3):
        text.begin_section("Part")
    assert [section["anchor"] for section in text.list_sections()] == ["part", "part-2", "part-3"]


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://example.org/a b", "https://example.org/ab"),
        ("//example.org/a", "https://example.org/a"),
        ("mailto:mail@example.org", "mailto:mail@example.org"),
        ("../b.html#c", "../b.html#c"),
        ("javascript:alert(1)", ""),
        (" java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("vbscript:x", ""),
        ("file:///etc/passwd", ""),
        ("http:///x", ""),
        ("\\\\host\\x", ""),
    ],
)
def test_an_address_is_kept_where_it_may_be_shown(address, shown):
    assert safe_address(address) == shown


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.text(alphabet="ab \n", max_size=6)),
        st.tuples(st.just("begin_block"), st.sampled_from(["paragraph", "item", "quote", "code", "row"])),
        st.tuples(st.just("begin_link"), st.just("https://example.org/")),
        st.tuples(st.sampled_from(["end_link", "end_block", "add_break", "add_cell"])),
        st.tuples(st.just("begin_section"), st.text(alphabet="ab", max_size=3)),
    ),
    max_size=30,
)


@given(STEPS)
def test_every_place_is_inside_the_text_and_no_word_is_lost(steps):
    text = SectionsBuilder()
    for name, *values in steps:
        getattr(text, name)(*values)
    sections = text.list_sections()
    words = "".join("".join(str(values[0]).split()) for name, *values in steps if name == "add")
    assert "".join("".join(section["text"].replace("|", "").split()) for section in sections) == words
    for section in sections:
        ends = [0]
        for _, start, end, _ in section.get("blocks", []):
            assert ends[-1] <= start < end <= len(section["text"])
            assert section["text"][ends[-1] : start].strip() == ""
            ends.append(end)
        for start, end, _ in section.get("links", []):
            assert 0 <= start < end <= len(section["text"])
            assert section["text"][start:end].strip()
