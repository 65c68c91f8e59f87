"""Check the accessibility of a page with axe-core."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

_AXE = Path(__file__).parents[2] / ".cache" / "npm" / "node_modules" / "axe-core" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def require_axe() -> None:
    """Skip the test where axe-core is not here; fail it where the browser tests must run."""
    if not _AXE.exists():
        reason = f"{_AXE.name} is not here; run `npm install --prefix .cache/npm axe-core@4.14.1`"
        pytest.fail(reason) if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip(reason)


def find_violations(page: Page) -> list[tuple[str, list[str]]]:
    """Return each rule that the page breaks, with the elements that do."""
    page.evaluate(_AXE.read_text())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", _RULES)["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
