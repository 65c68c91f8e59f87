"""Split an iterable into lists of bounded total size."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


def split_in_chunks(items: Iterable[Item], size: Callable[[Item], int], most: int, most_items: int = 0) -> Iterator[list[Item]]:
    """Yield lists of items, each ended by the item with which their sizes add up to `most`, or with `most_items` of them.

    Items are taken only when the list they are in is asked for.
    """
    chunk: list[Item] = []
    total = 0
    for item in items:
        chunk.append(item)
        total += size(item)
        if total >= most or len(chunk) == most_items:
            yield chunk
            chunk, total = [], 0
    if chunk:
        yield chunk
