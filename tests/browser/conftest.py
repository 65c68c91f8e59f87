"""What the browser tests share: the shipped archive on a free port."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import served

from indexer.corpus import read_corpus
from search.config.loading import load_config
from search.engines.oracle import OracleEngine
from webui import create_app

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def base() -> Iterator[str]:
    """The address of the shipped archive."""
    config = load_config(ROOT / "config.yaml")
    with served(create_app(config, OracleEngine(config, read_corpus(config).documents))) as address:
        yield address
