"""An engine as it answers while documents are withdrawn: they are in no answer, whichever generation is published."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

from msgspec.structs import replace

from search.engines.contract import EVERYTHING_BY_ID, Answer, Engine, Request, count_matching
from search.engines.published import Published, PublishedDocument
from search.fields import IDENTIFIER
from search.lookups import identifier_key
from search.model.document import Document
from search.query_language.matching import AllOf, HasValue, Match, Not
from search.text.analysis import fold_value

_MOST_HIDDEN = 20
"""Values read besides those asked for, as only withdrawn documents may have some."""


def hide_withdrawn(engine: Engine, withdrawn: Iterable[str]) -> Engine:
    """Return the engine itself where nothing is withdrawn, else one that answers without these ids."""
    ids = frozenset(withdrawn)
    return cast(Engine, _Hiding(engine, ids)) if ids else engine


class _Hiding:
    """Excludes the withdrawn documents from every request; everything else is passed to the engine."""

    def __init__(self, engine: Engine, ids: frozenset[str]) -> None:
        self._engine = engine
        self._ids = ids
        self._shown = Not(HasValue(IDENTIFIER, tuple(sorted(filter(None, map(identifier_key, ids))))))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def find(self, request: Request) -> Answer:
        """Answer a request without the documents withdrawn."""
        return self._engine.find(replace(request, match=self._without(request.match)))

    def every(self, request: Request = EVERYTHING_BY_ID) -> Iterator[Document]:
        """Yield every document of a request, without those withdrawn."""
        return self._engine.every(replace(request, match=self._without(request.match)))

    def count_most_matched(self, parts: Sequence[Match], match: Match) -> int:
        """Return the largest number of parts that one document shown has."""
        return self._engine.count_most_matched(parts, self._without(match))

    def has_value(self, field: str, value: str) -> bool:
        """Return whether any document shown has a folded value of a keyword field."""
        return self._engine.has_value(field, value) and self._count_shown(field, value) > 0

    def keyword_counts(self, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Return the values that documents shown have: the long form of an acronym may be the title of one that is withdrawn."""
        shown: list[tuple[int, str, str]] = []
        for value, most in self._engine.keyword_counts(field, prefix, limit + _MOST_HIDDEN):
            folded = fold_value(value)
            if len(shown) >= limit and shown[limit - 1] < (-most, folded, value):
                break
            if count := self._count_shown(field, folded):
                insort(shown, (-count, folded, value))
        return [(value, -less) for less, _, value in shown[:limit]]

    def _count_shown(self, field: str, value: str) -> int:
        return count_matching(cast(Engine, self), HasValue(field, (value,)))

    def get(self, document_id: str) -> Document | None:
        """Return the document of this id, None for one that is withdrawn."""
        return None if document_id in self._ids else self._engine.get(document_id)

    def list_published(self) -> Published:
        """Return every published document by id, but those withdrawn."""
        return _PublishedWithout(self._engine.list_published(), self._ids)

    def _without(self, match: Match) -> Match:
        return AllOf((match, self._shown))


class _PublishedWithout(Published):
    """Published documents but those of some ids. Nothing is read before it is asked for."""

    def __init__(self, published: Published, ids: frozenset[str]) -> None:
        self._published = published
        self._ids = ids

    def __getitem__(self, document_id: str) -> PublishedDocument:
        if document_id in self._ids:
            raise KeyError(document_id)
        return self._published[document_id]

    def __iter__(self) -> Iterator[str]:
        return (document_id for document_id in self._published if document_id not in self._ids)

    def __len__(self) -> int:
        return len(self._published) - sum(document_id in self._published for document_id in self._ids)
