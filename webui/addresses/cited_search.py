"""The token in the address of a cited search: when it was cited and what it found then. Nothing is stored on the server.

    cited=2026-11-27.1795768812345.34.<SHA-256 of the documents>.<check>

The check finds addresses that were mistyped. It proves nothing: anybody can compute it.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct

from search.history import History
from search.model.query import Query
from webui.addresses.parameters import to_url

_TOKEN = re.compile(r"(\d{4}-\d\d-\d\d)\.(\d{1,15})\.(\d{1,9})\.([0-9a-f]{64})\.([0-9a-f]{12})", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class CitedSearch(Struct, frozen=True):
    """A search as it was cited: the day (UTC), the number of results, and the state of the archive.

    `since` is the time of the archive's latest change before the citation, in milliseconds since 1970. `digest` is the digest
    of the archive (`search.digest`).
    """

    day: date
    since: int
    total: int
    digest: str


def write_cited(query: Query, cited: CitedSearch) -> str:
    """Return the token of a cited search."""
    state = f"{cited.day.isoformat()}.{cited.since}.{cited.total}.{cited.digest}"
    return f"{state}.{_check(query, state)}"


def read_cited(query: Query, text: str) -> CitedSearch:
    """Inverse of `write_cited`. Raises ValueError for a token that does not belong to this search."""
    found = _TOKEN.fullmatch(text)
    if found is None or found[5] != _check(query, text.rpartition(".")[0]):
        raise ValueError("does not belong to this search")
    return CitedSearch(date.fromisoformat(found[1]), int(found[2]), int(found[3]), found[4])


def latest_change(history: History, built_at: str) -> int:
    """Return when the archive last changed, in milliseconds since 1970; if that is not known, when it was built."""
    times = (*history.changes.last_times(), *history.gone.values())
    return milliseconds(max(times, default=built_at))


def milliseconds(when: str) -> int:
    """Return a time of the history in milliseconds since 1970; 0 for an unknown one ("")."""
    return (datetime.fromisoformat(when) - _EPOCH) // timedelta(milliseconds=1) if when else 0


def _check(query: Query, state: str) -> str:
    return hashlib.sha256(f"{to_url('', query, query.per_page)} {state}".encode()).hexdigest()[:12]
