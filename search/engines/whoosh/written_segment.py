"""A segment's file of arrays as Whoosh's files are written from it: read when needed, so that nothing is in memory twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from search.engines.whoosh.arrays import Array, Strings
from search.engines.whoosh.disk_arrays import open_unmapped
from search.engines.whoosh.postings import Postings


class WrittenSegment:
    """The words, postings and columns of one segment. Each property reads the file."""

    def __init__(self, path: Path) -> None:
        self._arrays = open_unmapped(path)

    @property
    def words(self) -> Sequence[bytes]:
        """All words in order, packed."""
        return self._strings("words")

    def postings(self, field: str) -> Postings:
        """Return the postings of a text field."""
        return Postings.of(self._arrays, field, self._arrays["id_order"].size)

    def column(self, name: str) -> list[int]:
        """Return a whole number for each document."""
        return list(self._arrays[name][:].tolist())

    def ids(self) -> Iterator[tuple[bytes, int]]:
        """Yield the ids of all documents in order, with the documents' numbers."""
        ids = self._strings("ids")
        return ((ids[number], number) for number in self.column("id_order"))

    def values(self, field: str) -> Iterator[tuple[bytes, list[int]]]:
        """Yield the values of a keyword field in order, each with its documents."""
        starts = self._arrays[f"keyword.{field}.starts"][:].tolist()
        docs = self._arrays[f"keyword.{field}.docs"]
        for number, value in enumerate(self._strings(f"keyword.{field}")):
            yield value, docs[starts[number] : starts[number + 1]].tolist()

    def _strings(self, name: str) -> Strings:
        arrays: dict[str, Array] = {column: self._arrays[column][:] for column in (f"{name}.bytes", f"{name}.offsets")}
        return Strings(arrays, name)
