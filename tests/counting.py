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

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        function()
    finally:
        sys.setprofile(before)
    return count
