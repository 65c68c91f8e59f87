"""Generations on a cluster: one index each, read-only once sealed, behind an alias that is switched in one step.

<name>                 the alias that readers follow
<name>-<generation>    an index; its `_meta` says which generation it is, how many documents it has, and their sum
<name>-publishing      holds the publish lock
"""

from __future__ import annotations

import os
import re
import secrets
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import opensearchpy

from search.engines.contract import Generation
from search.errors import IndexDamaged, IndexMissing, PublishLocked

_GENERATION = r"\d{8}t\d{12}-[0-9a-f]{6}"
_SHARDS_SECONDS = 60
_PATIENT = {"timeout": f"{_SHARDS_SECONDS}s", "request_timeout": _SHARDS_SECONDS + 5}
"""How long OpenSearch waits for the shards of a new index, and the client, a little longer, for OpenSearch."""
_LOCK_SECONDS = 2 * _SHARDS_SECONDS + 30
"""Time after which a publisher that has not renewed its lock is taken for dead: more than it waits for primaries and replicas."""
_BEAT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Index:
    """A sealed index. `version` is that of its latest documents, `fingerprints` the XOR of all documents' fingerprints."""

    name: str
    generation: Generation
    version: int
    fingerprints: int


class Indices:
    """The generations of one archive on its cluster."""

    def __init__(self, client: Any, name: str, keep: int) -> None:
        self.client = client
        self.name = name
        self.lock = f"{name}-publishing"
        self.keep = keep
        self._held: Index | None = None

    def hold(self, index: Index) -> None:
        """Take this index for the current one, wherever the alias leads."""
        self._held = index

    def current(self) -> Index:
        """Return the index behind the alias. Raises IndexMissing when nothing has been published."""
        if self._held is not None:
            return self._held
        found = self._describe(self.name)
        if not found:
            raise IndexMissing(f"{self.name}: nothing has been published under this name; run `python -m indexer build`")
        name, described = max(found.items())
        if name == self.name:
            reason = "is an index of another program; choose another opensearch.name in config.yaml"
            raise IndexDamaged(f"{self.name}: {reason}")
        index = _index(name, described)
        if index is None:
            raise IndexDamaged(f"{name}: was never finished; run `python -m indexer build`")
        return index

    def list_sealed(self) -> list[Index]:
        """Return all sealed indices, the current one first, then newest first."""
        sealed = self._list_sealed()
        current = self.current() if sealed else None
        return sorted(sealed, key=lambda index: (index == current, index.generation.id), reverse=True)

    def newest(self) -> Index | None:
        """Return the newest sealed index, whatever the alias says; None if there is none."""
        return max(self._list_sealed(), key=lambda index: index.generation.id, default=None)

    def _list_sealed(self) -> list[Index]:
        return [index for name, described in self._own().items() if (index := _index(name, described)) is not None]

    def _own(self) -> dict[str, Any]:
        pattern = re.compile(rf"{re.escape(self.name)}-{_GENERATION}")
        return {name: described for name, described in self._describe(f"{self.name}-*").items() if pattern.fullmatch(name)}

    def _describe(self, pattern: str) -> dict[str, Any]:
        parameters = {
            "ignore_unavailable": "true",
            "allow_no_indices": "true",
            "filter_path": "*.mappings._meta,*.settings.index.uuid",
        }
        return dict(self.client.indices.get(index=pattern, params=parameters))

    def create(self, generation: Generation, body: dict[str, Any]) -> str:
        """Create an empty index; return its name."""
        name = self._name_of(generation)
        _ensure_index(lambda: self.client.indices.create(index=name, body=body, params=_PATIENT))
        self._await_replicas(name)
        return name

    def clone(self, index: Index, generation: Generation, replicas: int) -> str:
        """Create an index with the content of `index`, whose files it shares by hard link; return its name."""
        name = self._name_of(generation)
        body = {"settings": {"index.blocks.write": None, "index.number_of_replicas": replicas}}
        _ensure_index(lambda: self.client.indices.clone(index=index.name, target=name, body=body, params=_PATIENT))
        self._await_replicas(name)
        return name

    def _name_of(self, generation: Generation) -> str:
        return f"{self.name}-{generation.id.lower()}"

    def _await_replicas(self, name: str) -> None:
        """Wait for the replicas of an index and of the lock: what is written before is lost with the one node that has it.

        The cluster manager finds nodes for replicas in tasks of its own, after the primaries have started: `languid` waits for
        these too. A replica for which there is no node is not waited for. One that takes too long is finished later.
        """
        health = {"wait_for_events": "languid", "wait_for_no_initializing_shards": "true", **_PATIENT}
        self.client.cluster.health(index=f"{name},{self.lock}", params=health, ignore=408)

    def seal(self, name: str, generation: Generation, version: int, fingerprints: int) -> None:
        """Refresh an index, make it read-only and note what it is. Raises IndexDamaged when documents are missing."""
        self.client.indices.refresh(index=name, params={"request_timeout": _SHARDS_SECONDS})
        counted = self.client.count(index=name)
        if counted["_shards"]["failed"] or counted["count"] != generation.documents:
            reason = f"holds {counted['count']:,} documents, {generation.documents:,} were written; try again"
            raise IndexDamaged(f"{name}: {reason}")
        self.client.indices.put_settings(index=name, body={"index.blocks.write": True})
        meta = {"generation": asdict(generation), "version": version, "fingerprints": f"{fingerprints:032x}"}
        self.client.indices.put_mapping(index=name, body={"_meta": meta})

    def switch(self, name: str) -> None:
        """Point the alias at this index alone: one step for readers."""
        actions = [
            {"remove": {"index": f"{self.name}-*", "alias": self.name, "must_exist": False}},
            {"add": {"index": name, "alias": self.name}},
        ]
        self.client.indices.update_aliases(body={"actions": actions})

    def previous(self) -> Index:
        """Return the newest generation older than the current one. Raises IndexMissing when there is none."""
        current, *others = self.list_sealed() or [self.current()]
        older = next((index for index in others if index.generation.id < current.generation.id), None)
        if older is None:
            raise IndexMissing(f"{self.name}: there is no earlier generation to go back to")
        return older

    def delete(self, name: str) -> None:
        """Delete an index, if it is there."""
        self.client.indices.delete(index=name, params={"ignore_unavailable": "true"})

    def prune(self) -> None:
        """Delete all but the current generation and the `keep` newest others."""
        for index in self.list_sealed()[1 + self.keep :]:
            self.delete(index.name)

    @contextmanager
    def publishing(self) -> Iterator[Callable[[], None]]:
        """Hold the publish lock; call the yielded function now and then to renew it. Raises PublishLocked if another has it."""
        lock = _Lock(self.client, self.lock)
        lock.take()
        try:
            for name, described in self._own().items():
                if _index(name, described) is None:  # by a publisher that died
                    self.delete(name)
            yield lock.beat
        finally:
            lock.release()


def _ensure_index(make: Callable[[], Any]) -> None:
    """Create an index unless it exists: another was quicker, or the answer to an earlier try was lost."""
    try:
        make()
    except opensearchpy.exceptions.RequestError as error:
        if error.error != "resource_already_exists_exception":
            raise


def _index(name: str, described: dict[str, Any]) -> Index | None:
    """Return the index of a description; None unless it is sealed."""
    meta = described.get("mappings", {}).get("_meta")
    if not meta or not name.endswith(meta["generation"]["id"].lower()):  # a clone begins with the mapping of its source
        return None
    return Index(name, Generation(**meta["generation"]), meta["version"], int(meta["fingerprints"], 16))


class _Lock:
    """A document that one publisher at a time can create, and that says who holds the lock and until when."""

    def __init__(self, client: Any, index: str) -> None:
        self.client = client
        self.index = index
        self.holder = f"process {os.getpid()} on {socket.gethostname()}"
        self.token = secrets.token_hex(8)
        self.beaten = 0.0

    def take(self) -> None:
        self._write({"op_type": "create"}, on_conflict=self._take_over)

    def _take_over(self) -> None:
        held = self.client.get(index=self.index, id="lock", ignore=404)
        if not held.get("found"):
            self._raise_lost()
        source = held["_source"]
        if source["token"] != self.token and source["until"] > time.time():
            raise PublishLocked(f"{self.index}: {source['holder']} is publishing; wait for it and try again")
        same = {"if_seq_no": held["_seq_no"], "if_primary_term": held["_primary_term"]}
        self._write(same, on_conflict=self._raise_lost)

    def _raise_lost(self) -> None:
        raise PublishLocked(f"{self.index}: another process is publishing, or was just now; try again")

    def _write(self, condition: dict[str, Any], on_conflict: Callable[[], None]) -> None:
        body = {"holder": self.holder, "token": self.token, "until": time.time() + _LOCK_SECONDS}
        try:
            self.client.index(index=self.index, id="lock", body=body, params={**condition, "refresh": "true"})
        except IndexMissing:
            self._make()
            self._write(condition, on_conflict)
        except opensearchpy.exceptions.ConflictError:
            on_conflict()
        self.beaten = time.monotonic()

    def _make(self) -> None:
        properties = {"holder": {"type": "keyword"}, "token": {"type": "keyword"}, "until": {"type": "double"}}
        settings = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}
        body = {"settings": settings, "mappings": {"properties": properties}}
        _ensure_index(lambda: self.client.indices.create(index=self.index, body=body))

    def beat(self) -> None:
        """Renew the lock unless that was done just now. Raises PublishLocked when another took it over."""
        if time.monotonic() - self.beaten > _BEAT_SECONDS:
            self._take_over()

    def release(self) -> None:
        held = self.client.get(index=self.index, id="lock", ignore=404)
        if held.get("found") and held["_source"]["token"] == self.token:
            self.client.delete(index=self.index, id="lock", params={"refresh": "true"})
