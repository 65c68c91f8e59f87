"""An archive of its own on the cluster for each test."""

from __future__ import annotations

import pytest
from remote_archives import config_on

from search.archive import Archive
from search.engines.opensearch.engine import OpenSearchEngine


@pytest.fixture
def archive(cluster, tmp_path):
    config = config_on(cluster, tmp_path)
    engine = OpenSearchEngine(config)
    yield Archive(config, engine)
    cluster.revive()
    engine.client.indices.delete(index=f"{config.opensearch.name}-*")
    engine.close()
