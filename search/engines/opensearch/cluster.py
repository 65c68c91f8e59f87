"""The connection to a cluster: retries, long reads and writes, and errors as errors of this program."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import opensearchpy

from search.config.settings import Config
from search.errors import EngineUnavailable, IndexMissing, PublishRefused

_TIMEOUT_SECONDS = 15
"""Seconds to wait for one node; then the request is sent to another."""
_TRIES = 9
_LONGEST_WAIT_SECONDS = 10.0
"""With waits of 0.5, 1, 2, 4, 8, 10, 10, 10 seconds a write is tried for 45 seconds, longer than replacing a node takes."""
_BUSY = (408, 429, 502, 503, 504)
_CONNECTIONS = 16
COMPLETE_ONLY: Mapping[str, str] = {"allow_partial_search_results": "false"}
"""Parameter of a search: an error instead of the answer of some shards."""


def connect(config: Config) -> Any:
    """Return a client of all hosts. Opens no connection yet."""
    settings = config.opensearch
    logging.getLogger("opensearch").setLevel(logging.ERROR)  # each retry is a warning there
    secure: dict[str, Any] = {}
    if settings.ca:
        secure["ca_certs"] = str(config.folder / settings.ca)
    if settings.username:
        secure["http_auth"] = (settings.username, settings.password)
    client: Any = opensearchpy.OpenSearch(
        list(settings.hosts),
        timeout=_TIMEOUT_SECONDS,
        max_retries=len(settings.hosts) + 1,
        retry_on_timeout=True,
        retry_on_status=(502, 503, 504),
        pool_maxsize=_CONNECTIONS,
        http_compress=True,
        **secure,
    )
    # All requests of the client pass here.
    client.transport.perform_request = _translate_errors(settings.hosts)(client.transport.perform_request)
    return client


@contextmanager
def _translate_errors(hosts: Iterable[str]) -> Iterator[None]:
    """Raise as one of this program's errors what the client raises; a refused request and a conflict as they are."""
    try:
        yield
    except opensearchpy.exceptions.NotFoundError as error:
        raise IndexMissing(f"{', '.join(hosts)}: {_reason(error)}; run `python -m indexer build`") from error
    except (opensearchpy.exceptions.AuthenticationException, opensearchpy.exceptions.AuthorizationException) as error:
        reason = "refuses this user name or password; check opensearch.username and opensearch.password in config.yaml"
        raise EngineUnavailable(f"{', '.join(hosts)}: OpenSearch {reason}") from error
    except opensearchpy.exceptions.SSLError as error:
        reason = "cannot be trusted; name its certificate authority with opensearch.ca in config.yaml"
        raise EngineUnavailable(f"{', '.join(hosts)}: {reason} ({error.error})") from error
    except opensearchpy.exceptions.ConnectionError as error:
        reason = "does not answer; is it running, and are opensearch.hosts in config.yaml right?"
        raise EngineUnavailable(f"{', '.join(hosts)}: OpenSearch {reason}") from error
    except opensearchpy.exceptions.TransportError as error:
        if error.status_code in (500, *_BUSY):
            reason = f"cannot answer completely ({_reason(error)}); try again in a moment"
            raise EngineUnavailable(f"{', '.join(hosts)}: OpenSearch {reason}") from error
        raise


def _reason(error: Any) -> str:
    try:
        return str(error.info["error"]["reason"])
    except (KeyError, TypeError):
        return str(error.error)


def send(client: Any, index: str, actions: list[str], beat: Callable[[], None]) -> None:
    """Write actions, each as its lines of a bulk request, with a version, so that sending one twice changes nothing.

    What a busy or failing node refuses is sent again, after a longer wait each time; `beat` is called before each try. Raises
    PublishRefused when OpenSearch rejects a document, EngineUnavailable when it accepts none for too long.
    """
    wait = 0.5
    for attempt in range(_TRIES):
        try:
            beat()
            answer = client.bulk("".join(actions), index=index, params={"timeout": "10s", "request_timeout": 30})
            actions = _actions_to_repeat(actions, answer["items"])
        except EngineUnavailable:
            if attempt + 1 == _TRIES:
                raise
        if not actions:
            return
        time.sleep(wait)
        wait = min(2 * wait, _LONGEST_WAIT_SECONDS)
    raise EngineUnavailable(
        f"OpenSearch took {len(actions)} documents in none of {_TRIES} tries; nothing was published, try again"
    )


def iterate_hits(client: Any, index: str, body: dict[str, Any], parameters: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield every hit of a search in the order of its `sort`, read `size` at a time with `search_after`.

    The index must not change meanwhile, and the last sort key must differ between documents.
    """
    body = body | {"track_total_hits": False}
    while hits := client.search(index=index, body=body, params=parameters)["hits"]["hits"]:
        yield from hits
        body["search_after"] = hits[-1]["sort"]


def _actions_to_repeat(actions: list[str], items: list[dict[str, Any]]) -> list[str]:
    """Return the actions to send again. Deleting a document that is not there succeeds."""
    again = []
    for action, item in zip(actions, items, strict=True):
        (kind, result), *_ = item.items()
        if result["status"] in _BUSY:
            again.append(action)
        elif result["status"] >= 300 and not (kind == "delete" and result["status"] == 404):
            reason = result.get("error", {}).get("reason", result["status"])
            raise PublishRefused(f"{result['_id']}: OpenSearch refused this document: {reason}; nothing was published")
    return again
