"""What every room's tests share: the shared folder beside the checkout, and a browser."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from opensearch_cluster import Cluster, Unavailable
from waiting import PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


# A slow machine is no failure.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say at the end what was not run, and why."""
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple)
    )
    if config.option.markexpr:
        terminalreporter.section("not run")
        terminalreporter.line(f"Only tests that are “{config.option.markexpr}” were run; `make test-all` runs every test.")
    if reasons:
        terminalreporter.section("skipped")
        for reason, count in reasons.most_common():
            terminalreporter.line(f"{count} {'test' if count == 1 else 'tests'}: {reason}")


def _skip_or_fail(reason: str, required_by: str) -> None:
    """Skip the test with the reason, or fail it where this variable demands that it runs."""
    if os.environ.get(required_by) == "1":
        pytest.fail(f"{reason}; {required_by}=1 demands it")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of data for judging that lies beside the checkout on some machines."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("../shared is not on this machine")
    return folder


@pytest.fixture(scope="session")
def launch_browser() -> Iterator[Callable[..., Browser]]:
    """Start Chromium without a window, with more of Playwright's options where a test needs them."""
    path = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        _skip_or_fail(
            "chromium was not found; install it with `apt-get install chromium`, or your system's own command", "REQUIRE_BROWSER"
        )
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=1000 * PATIENCE)

    with sync_playwright() as playwright:
        # No sandbox of its own: it needs rights that containers do not give, and the pages opened are ours.
        yield partial(playwright.chromium.launch, executable_path=path, args=["--no-sandbox", "--disable-gpu"])


@pytest.fixture(scope="session")
def browser(launch_browser: Callable[..., Browser]) -> Iterator[Browser]:
    """Chromium, shared by the browser tests of one worker."""
    chromium = launch_browser()
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
        _skip_or_fail(str(error), "REQUIRE_CLUSTER")
    try:
        yield servers.start()
    finally:
        servers.stop()
