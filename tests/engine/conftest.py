"""Engines under test. Each `engine_*` fixture makes an empty archive of its own; the oracle is what they are compared with."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import archives
import pytest

from search.archive import Archive
from search.config.settings import Config
from search.engines.contract import Engine
from search.engines.oracle import OracleEngine
from search.model.document import Document

OpenArchive = Callable[[list[Document]], Archive]


def _whoosh(config: Config) -> Engine:
    from search.engines.whoosh.engine import WhooshEngine

    return WhooshEngine(config)


def _opensearch(config: Config) -> Engine:
    from search.engines.opensearch.engine import OpenSearchEngine

    return OpenSearchEngine(config)


ENGINES: dict[str, Callable[[Config], Engine]] = {
    "oracle": OracleEngine,
    "whoosh": _whoosh,
    "opensearch_node": _opensearch,
    "opensearch_cluster": _opensearch,
}
SERVERS = {"opensearch_node": "node", "opensearch_cluster": "cluster"}
"""Engines that need servers, with the fixture that starts them."""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """An archive of its own, with nothing published."""
    return archives.config(tmp_path)


def _params(names: Iterable[str]) -> list[object]:
    return [pytest.param(name, marks=pytest.mark.cluster) if name in SERVERS else name for name in names]


@pytest.fixture(params=_params(ENGINES))
def archive_of(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenArchive]:
    """Publishes documents on the engine under test and gives the archive."""
    yield from _archives_of(request, tmp_path)


@pytest.fixture(params=_params(name for name in ENGINES if name != "oracle"))
def indexed_archive_of(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenArchive]:
    """The same for the engines that are compared with the oracle."""
    yield from _archives_of(request, tmp_path)


def _archives_of(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenArchive]:
    opened: list[Engine] = []
    settings: dict[str, object] = {}
    if request.param in SERVERS:
        servers = request.getfixturevalue(SERVERS[request.param])
        settings |= {"engine": "opensearch", "opensearch": archives.opensearch(servers.hosts, f"test-{uuid.uuid4().hex}")}

    def open_archive(documents: list[Document]) -> Archive:
        config = archives.config(tmp_path, **settings)
        engine = ENGINES[request.param](config)
        opened.append(engine)
        engine.build(documents)
        return Archive(config, engine)

    yield open_archive
    for engine in opened:
        if request.param in SERVERS:
            archives.delete_from_servers(engine)
        engine.close()
