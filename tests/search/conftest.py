"""An archive in memory for the tests of the search."""

from __future__ import annotations

import pytest
from engine_counting import CountedOracle

from search.archive import Archive
from search.config.settings import Config, Source


@pytest.fixture(scope="module")
def archive(request: pytest.FixtureRequest) -> Archive:
    """Return an archive of the documents that the module of the test lists. Its engine counts what it is asked."""
    config = Config(sources=(Source(path="x"),))
    return Archive(config, CountedOracle(config, request.module.DOCUMENTS))
