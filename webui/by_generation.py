"""What follows from the published generation alone: made once in each process, and again when another generation answers."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, TypeVar, TypeVarTuple
from weakref import WeakKeyDictionary

from flask import request

from search.archive import Archive
from webui.addresses.request import archive
from webui.languages import locale_code

_Arguments = TypeVarTuple("_Arguments")
_Made = TypeVar("_Made")
_MOST = 512
"""Values kept of an archive: its pages and lists in each language, and what goes with each topic and person asked for. When there
are as many, all are dropped."""
_NOTHING = object()


class _Kept:
    """The values of one generation, by the function that made them and its arguments."""

    def __init__(self, generation: str) -> None:
        self.generation = generation
        self.values: dict[tuple[Hashable, ...], Any] = {}


_kept: WeakKeyDictionary[Archive, _Kept] = WeakKeyDictionary()


def keep_for_generation(make: Callable[[Archive, *_Arguments], _Made]) -> Callable[[Archive, *_Arguments], _Made]:
    """Return the function with its values kept until another generation answers. Its arguments must be hashable."""

    @wraps(make)
    def find(of: Archive, *arguments: *_Arguments) -> _Made:
        key = (make, *arguments)
        made: _Made = _find_kept(of).values.get(key, _NOTHING)
        if made is not _NOTHING:
            return made
        with of.engine.pin():
            kept = _find_kept(of)
            made = make(of, *arguments)
            if of.engine.current().id == kept.generation:  # an engine that cannot pin may have answered from two
                if len(kept.values) >= _MOST:
                    kept.values.clear()
                kept.values[key] = made
        return made

    return find


def _find_kept(of: Archive) -> _Kept:
    """Return what is kept of the generation that answers; the values of another are dropped."""
    generation = of.engine.current().id
    kept = _kept.get(of)
    if kept is None or kept.generation != generation:
        kept = _kept[of] = _Kept(generation)
    return kept


def print_once(view: Callable[[], _Made]) -> Callable[[], _Made]:
    """Return a view whose page, a text, is kept for each language if it is asked for without other parameters."""

    @keep_for_generation
    def print_page(of: Archive, language: str) -> _Made:
        return view()

    @wraps(view)
    def answer() -> _Made:
        language = locale_code()
        is_plain = request.query_string in (b"", f"lang={language}".encode())
        return print_page(archive(), language) if is_plain else view()

    return answer
