"""Malicious pages are read without an exception, without markup in the text, and without addresses that run scripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.readers.blocks import safe_address

ROOT = Path(__file__).parents[3]
DATA = ROOT.parent / "shared" / "reliability-data"
PAGES = [
    "<a href=javascript:alert(1)>x</a>",
    "<a href=' java\nscript:alert(1)'>x</a>",
    "<a href='[a]java[b]script[c]:alert(1)'>x</a>",
    "<![><img src=']><img src=x onerror=alert(1)//'>",
    "<svg><a xlink:href=data:text/html,x>x</a></svg>",
    "<base href='javascript:/a/'><a href=b>x</a>",
    "<a href='http://[bad'>x</a>",
    "&#0;&#xD800;&#xFFFE;\x00",
    "<table><tr><td>" * 3000,
    "<sup>" * 3000 + "1",
    "<h1>" * 3000 + "x",
]


def _is_harmless(record) -> bool:
    for section in record.values["sections"]:
        for start, end, address in section.get("links", ()):
            assert address == safe_address(address)
            assert 0 <= start < end <= len(section["text"])
            assert (
                address.startswith(("http://", "https://", "mailto:"))
                or ":" not in address.split("/")[0].split("?")[0].split("#")[0]
            )
        assert not {"\x00", "\ufffe"} & set(section["text"])
    return True


@pytest.mark.parametrize("page", PAGES, ids=[page[:30] for page in PAGES])
def test_a_hostile_page_is_plain_text(read_page, page):
    assert _is_harmless(read_page(page))


@pytest.mark.slow
@pytest.mark.skipif(not DATA.is_dir(), reason="the pages of ../shared are not here")
def test_the_pages_of_parser_tests_and_of_payload_lists_are_plain_text(read_page):
    pages = [json.loads(line)["html"] for line in (DATA / "html5lib_tree.jsonl").read_text(encoding="utf-8").splitlines()]
    for page in (*pages, *json.loads((DATA / "xss.json").read_text())):
        assert _is_harmless(read_page(page))
