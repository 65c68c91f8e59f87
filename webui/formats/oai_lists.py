"""The lists of a harvest: ids by set and by the time of their last change, deletions included, in parts named by tokens.

A token contains the whole request, so that any process can continue it; it is valid for one generation.

The time of a change is when its publication began; the change is visible a little later. A harvester that asks in between does
not see it, and next asks only for later changes. So a datestamp is some minutes later than the change, but never later than
now: a harvester that asks again within those minutes gets a few records twice, and none misses one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from urllib.parse import quote, unquote

from msgspec import Struct

from search.archive import Archive
from search.citations.pieces import one_line
from search.fields import KeywordField
from search.history import withdrawn_since
from search.model.document import Document
from search.model.query import NOT_STATED, Query

SETS = ("type", "topic")
"""Fields whose values are sets."""
_UNTIL_SEEN = timedelta(minutes=10)
"""Longer than any publication takes until it is visible."""
_SECOND = "%Y-%m-%dT%H:%M:%SZ"


class Harvest(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A request for a list, made at `asked`, of which the first `begins` records have been sent."""

    generation: str
    asked: str
    set: str = ""
    first: str = ""
    last: str = ""
    begins: int = 0


def now() -> str:
    """Return the current time in the protocol's format."""
    return f"{datetime.now(UTC):{_SECOND}}"


def set_spec(field: str, value: str) -> str:
    """Return the name of a set: field and value, with characters that the protocol does not allow written as _XX."""
    return f"{field}:{quote(value, safe='').replace('_', '%5F').replace('~', '%7E').replace('%', '_')}"


def sets_of(archive: Archive) -> Iterator[tuple[str, str]]:
    """Yield the name and label of each set that has documents."""
    for name in SETS:
        field = archive.fields.keyword[name]
        for value in sorted(archive.counts(name)):
            if value != NOT_STATED:
                yield set_spec(name, value), one_line(f"{field.label}: {field.value_label(value)}")


def specs_of(archive: Archive, document: Document) -> list[str]:
    """Return the names of the sets a document is in."""
    fields: list[KeywordField] = [archive.fields.keyword[name] for name in SETS]
    return [set_spec(field.name, value) for field in fields for value in field.counted_values(document) if value != NOT_STATED]


class Calendar:
    """The datestamps of a generation's documents; none is later than the time `asked`."""

    def __init__(self, archive: Archive, built_at: str, generation: str, asked: str) -> None:
        self.history = archive.history(generation)
        self.built_at, self.asked = built_at, asked
        self.gone = {**self.history.gone, **withdrawn_since(archive.config, self.history)}

    def stamp(self, document_id: str) -> str:
        """Return when a live document last changed; if that is not known, the time of the generation."""
        return self._format_time(self.history.last(document_id) or self.built_at)

    def deletion_stamp(self, document_id: str) -> str:
        """Return when a document was deleted or withdrawn; "" if it was neither."""
        when = self.gone.get(document_id)
        return self._format_time(when) if when else ""

    def earliest(self) -> str:
        """Return the time of the first change."""
        times = [*self.history.changes.last_times(), *self.gone.values()]
        return self._format_time(min(times, default=self.built_at))

    def _format_time(self, when: str) -> str:
        moment = datetime.fromisoformat(when).astimezone(UTC) + _UNTIL_SEEN
        return min(f"{moment:{_SECOND}}", self.asked)


@lru_cache(maxsize=4)
def list_ids(archive: Archive, generation: str, built_at: str, harvest: Harvest) -> list[str]:
    """Return the ids of a whole harvest in order; cached, because each of its parts needs them.

    Deleted documents come last, in every set, because the sets of a deleted document are no longer known.
    Raises LookupError if another generation was published meanwhile.
    """
    calendar = Calendar(archive, built_at, generation, harvest.asked)
    if harvest.set:
        field, _, value = harvest.set.partition(":")
        chosen = Query().with_selection(field, (unquote(value.replace("_", "%")),))
        live = [document.id for document in archive.every(chosen)]
    else:
        live = list(archive.engine.list_published())
    if archive.engine.current().id != generation:
        raise LookupError("the archive has changed")
    first, last = harvest.first, harvest.last

    def is_within(stamp: str) -> bool:
        """Whether a stamp is in the harvest's period: stamps of one format sort by time."""
        return stamp[: len(first)] >= first and (not last or stamp[: len(last)] <= last)

    kept = sorted(one for one in live if is_within(calendar.stamp(one)))
    return kept + sorted(one for one in calendar.gone if is_within(calendar.deletion_stamp(one)))
