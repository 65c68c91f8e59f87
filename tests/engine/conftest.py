"""Engines under test. Each `engine_*` fixture makes an empty archive of its own; the oracle is what they are compared with."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search.archive import Archive
from search.config import Config
from search.document import Document
from search.engine import Engine
from search.oracle import OracleEngine

sys.path.insert(0, str(Path(__file__).parent))  # for `archives`

import archives

OpenArchive = Callable[[list[Document]], Archive]


def _whoosh(config: Config) -> Engine:
    from search.whoosh_engine.engine import WhooshEngine

    return WhooshEngine(config)


ENGINES: dict[str, Callable[[Config], Engine]] = {"oracle": OracleEngine, "whoosh": _whoosh}


@pytest.fixture(params=ENGINES)
def archive_of(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenArchive]:
    """Publishes documents on the engine under test and gives the archive."""
    opened: list[Engine] = []

    def open_archive(documents: list[Document]) -> Archive:
        config = archives.config(tmp_path)
        engine = ENGINES[request.param](config)
        opened.append(engine)
        engine.build(documents)
        return Archive(config, engine)

    yield open_archive
    for engine in opened:
        engine.close()
