"""Wait for something that happens in another thread or process, with a limit no working machine reaches."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 180
"""Seconds after which what is waited for is taken never to come."""


def wait_until(what: str, is_so: Callable[[], object]) -> None:
    """Return as soon as `is_so()` is true. Raises AssertionError that names `what` did not happen."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, f"{what}: still not so after {PATIENCE} seconds"
        time.sleep(0.02)
