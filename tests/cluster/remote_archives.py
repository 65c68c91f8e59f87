"""Archives on servers, as the tests of the cluster use them."""

from __future__ import annotations

import uuid
from pathlib import Path

from search.config.settings import Config, Index, OpenSearch, Source
from search.model.document import Document


def config_on(servers, folder: Path, **settings: object) -> Config:
    where = {"hosts": servers.hosts, "name": f"test-{uuid.uuid4().hex}", "shards": 3, "replicas": 1} | settings
    return Config(
        sources=(Source(path="docs.jsonl"),),
        engine="opensearch",
        opensearch=OpenSearch(**where),
        index=Index(),
        path=folder / "config.yaml",
    )


def documents(count: int, version: str = "one") -> list[Document]:
    return [Document(f"d{number:05}", f"version {version}", summary=f"number {number}") for number in range(count)]
