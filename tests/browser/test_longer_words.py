"""Pages in a language whose words are longer than English ones: nothing is cut off, and no page scrolls sideways."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pseudo_catalogue import use_pseudo_catalogue
from serving import served

from indexer.corpus import read_corpus
from search.config.loading import load_config
from search.engines.oracle import OracleEngine
from webui import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(__file__).parents[2]
PAGES = (
    "/", "/search?q=cyber+china", "/search?q=cyber&type=Commentary&-topic=india&from=2011", "/search?q=zebra+quagga",
    "/documents/entry-2014-01-31?q=cyber", "/documents/entry-2011-07-07", "/people", "/people/greg-austin", "/topics", "/topics/china-us",
    "/titles", "/holdings", "/values/type", "/search/citation?q=cyber", "/about", "/help", "/nowhere",
)  # fmt: skip
WIDER = """() => [...document.querySelectorAll('body *')]
    .filter(one => !one.closest('.scroll, .hidden, svg') && one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => one.tagName + '.' + one.className + ': ' + one.textContent.trim().slice(0, 40))"""


def lengthen(text: str) -> str:
    """Return a message 40 % longer, its added letters in its longest word."""
    longest = max(text.split(), key=len, default="")
    return text.replace(longest, longest + "ß" * -(-len(text) * 2 // 5), 1) if longest else text


@pytest.fixture(scope="module")
def longer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the shipped archive with all its German messages 40 % longer than the English ones."""
    config = load_config(ROOT / "config.yaml")
    app = create_app(config, OracleEngine(config, read_corpus(config).documents))
    use_pseudo_catalogue(app, tmp_path_factory.mktemp("translations"), lengthen)
    with served(app) as address:
        yield address


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_words_that_are_longer_fit(browser: Browser, longer, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    for path in PAGES:
        page.goto(f"{longer}{path}{'&' if '?' in path else '?'}lang=de")
        assert "ßß" in page.inner_text("nav"), path
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (path, page.evaluate(WIDER))
        assert page.evaluate(WIDER) == [], path
    page.close()
