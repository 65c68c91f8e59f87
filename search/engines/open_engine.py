"""Open the engine that the configuration names."""

from __future__ import annotations

from search.config.settings import Config
from search.engines.contract import Engine
from search.errors import ConfigError, Problem


def open_engine(config: Config) -> Engine:
    """Return the engine that the configuration names; only its package is imported. Raises ConfigError without opensearch-py."""
    match config.engine:
        case "whoosh":
            from search.engines.whoosh.engine import WhooshEngine

            return WhooshEngine(config)
        case "opensearch":
            try:
                from search.engines.opensearch.engine import OpenSearchEngine
            except ImportError as error:
                if error.name != "opensearchpy":
                    raise
                fix = "needs the package opensearch-py; run `pip install 'finding-aid[opensearch]'`"
                raise ConfigError([Problem(str(config.path), 0, "engine", f'found "opensearch", which {fix}')]) from None
            return OpenSearchEngine(config)


def open_engine_in_memory(config: Config) -> Engine:
    """Return an engine that is empty and keeps nothing: for trying what publishing some documents would do."""
    from search.engines.oracle import OracleEngine

    return OracleEngine(config)
