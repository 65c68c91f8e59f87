"""Bound work by counting it: the number of calls is the same on a slow machine and on a fast one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def calls_made_by(function: Callable[[], Any]) -> int:
    """Return how many functions, of Python and of C, are called while this one runs."""
    count = 0

    def see(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    _profile(see, function)
    return count


def texts_given_to(function: Callable[..., Any], work: Callable[[], Any]) -> list[str]:
    """Return the `text` of each call of a function while something is done."""
    texts: list[str] = []

    def see(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code is function.__code__:
            texts.append(frame.f_locals["text"])

    _profile(see, work)
    return texts


def _profile(see: Callable[[FrameType, str, object], None], work: Callable[[], Any]) -> None:
    before = sys.getprofile()
    sys.setprofile(see)
    try:
        work()
    finally:
        sys.setprofile(before)
