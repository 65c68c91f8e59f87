"""What every room's tests share: the shared folder beside the checkout, and a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from opensearch_cluster import Cluster, Unavailable

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def _absent(what: str, fix: str) -> None:
    """Skip with the reason; where the project is checked before it is published, fail: nothing may go untried there."""
    message = f"{what} was not found; {fix}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of data for judging that lies beside the checkout on some machines."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("../shared is not on this machine")
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window, shared by the browser tests of one worker."""
    path = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        _absent("chromium", "install it with `apt-get install chromium`, or your system's own command")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # No sandbox of its own: it needs rights that containers do not give, and the pages opened are ours.
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A single OpenSearch server."""
    yield from _servers(tmp_path_factory.mktemp("node"), 1)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Three OpenSearch servers that form a cluster."""
    yield from _servers(tmp_path_factory.mktemp("cluster"), 3)


def _servers(folder: Path, count: int) -> Iterator[Cluster]:
    try:
        servers = Cluster(folder, count)
    except Unavailable as error:
        if os.environ.get("REQUIRE_CLUSTER") == "1":
            pytest.fail(str(error))
        pytest.skip(str(error))
    try:
        yield servers.start()
    finally:
        servers.stop()
