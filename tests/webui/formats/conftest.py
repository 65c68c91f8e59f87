"""An application for an archive made of given documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from flask.testing import FlaskClient

from search.config.settings import Config, OwnField, Site, Source
from search.engines.oracle import OracleEngine
from search.model.document import Document
from webui import create_app


def config_of(**settings: object) -> Config:
    site = Site(name="Archiv für A & B", address="https://archive.example", publisher="The Institute")
    return Config(sources=(Source(path="x"),), site=site, fields={"medium": OwnField(label="Medium")}, **settings)


@pytest.fixture
def serve() -> Callable[[Sequence[Document]], FlaskClient]:
    """A function that serves documents and returns a client."""

    def client(documents: Sequence[Document], **settings: object) -> FlaskClient:
        config = config_of(**settings)
        return create_app(config, OracleEngine(config, documents)).test_client()

    return client
