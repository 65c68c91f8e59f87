"""Measure the most memory that a process and its descendants have together, by looking again and again."""

from __future__ import annotations

import re
import subprocess
import time
from contextlib import suppress
from pathlib import Path

_SECONDS_BETWEEN = 0.2
"""Not less, since each look at a large process takes some milliseconds of its time."""


def wait_and_watch(process: subprocess.Popen[str]) -> float:
    """Wait until a process ends, and return the largest memory in megabytes that it and its descendants had together.

    Of a page that several processes share each has a part (PSS), so that the sum counts every page once.
    """
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, sum(map(_megabytes, _family(process.pid))))
        time.sleep(_SECONDS_BETWEEN)
    return peak


def _family(process: int) -> list[int]:
    """Return a process and all its descendants that are alive."""
    family = [process]
    for member in family:
        for task in Path(f"/proc/{member}/task").glob("*/children"):
            with suppress(OSError):  # it has just ended
                family += map(int, task.read_text(encoding="ascii").split())
    return family


def _megabytes(process: int) -> float:
    """Return the memory of a process; 0 when it has ended."""
    with suppress(OSError):
        found = re.search(r"^Pss: +(\d+) kB", Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii"), re.M)
        return int(found[1]) / 1024 if found else 0.0
    return 0.0
