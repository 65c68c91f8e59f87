"""Write the results as a section of RESULTS.md: time of a request, time without its search, and the server’s memory."""

from __future__ import annotations

import os
import re
from datetime import date

from benchmarks.http.measurement import API, CONNECTIONS, FLOOR, PACKED, PAGE, Result
from benchmarks.report import OVER_HTTP, table
from webui.serving.server import THREADS

MOST_TIMES_FLOOR = 4.9
MOST_WORKER_MB = 40

_FOREWORD = """{heading}

Measured on {date} by `{command}`, at {documents:,} documents.

The shipped server (`python -m webui serve`, {workers} workers of {threads} threads) and the client share {cores} cores. Each of
{asked:,} distinct questions is asked on connections that are kept; numbers are medians of {rounds} rounds. *Floor* is one
constant line through Flask, under the same server with the same settings. *Its search* is the mean time of the searches in
these same requests, as the server counts it for `/metrics`. *Unchanged* is a page that the client has already:
the answer is 304. *Client* is the share of the time in which the client worked, at 32 connections. Memory is anonymous or
mapped from files; *its own* is what no other process has touched. A worker costs the anonymous memory that is its own: mapped
pages lie in the system's cache once, whoever touches them.
"""


def section(result: Result, command: str, rounds: int, workers: int) -> str:
    """Return the section, with its heading."""
    foreword = _FOREWORD.format(
        heading=OVER_HTTP,
        date=date.today().isoformat(),
        command=command,
        documents=result.documents,
        workers=workers,
        threads=THREADS,
        cores=os.cpu_count(),
        asked=result.asked,
        rounds=rounds,
    )
    return foreword + "\n" + "\n\n".join((_costs(result), _beyond(result), _memory(result), *misses(result))) + "\n"


def _costs(result: Result) -> str:
    heads = [f"{what}, {count}" for count in CONNECTIONS for what in ("a second", "p50 ms", "p99 ms")]
    rows = []
    for kind, costs in result.costs.items():
        of = [costs[count] for count in CONNECTIONS]
        times = [cell for cost in of for cell in (f"{cost.per_second:,.0f}", f"{cost.p50_ms:.2f}", f"{cost.p99_ms:.1f}")]
        rows.append([kind, *times, f"{of[0].kilobytes:.1f}", f"{of[-1].client:.0%}"])
    return table(["by connections", *heads, "kB", "client"], rows)


def _beyond(result: Result) -> str:
    rows = [
        [
            kind,
            f"{result.costs[kind][1].mean_ms:.2f}",
            f"{result.costs[kind][1].search_ms:.2f}",
            f"{result.less_search(kind):.2f}",
            f"{result.less_search(FLOOR):.2f}",
            f"{result.times_floor(kind):.1f}",
        ]
        for kind in (PAGE, PACKED, API)
    ]
    return table(["mean ms, 1 connection", "request", "its search", "the rest", "floor", "the rest / floor"], rows)


def _memory(result: Result) -> str:
    names = ("anonymous", "anonymous_own", "mapped", "mapped_own")
    rows = [[process, *(f"{memory[name]:.1f}" for name in names)] for process, memory in result.memory.items()]
    return table(["MB", "anonymous", "of it its own", "mapped", "of it its own"], rows)


def misses(result: Result) -> list[str]:
    """Return a sentence for each target that was missed."""
    missed = []
    if result.times_floor(PAGE) > MOST_TIMES_FLOOR:
        times = f"{result.times_floor(PAGE):.1f} times the floor"
        missed.append(f"Missed: the page less its search takes {times} (mark: {MOST_TIMES_FLOOR}).")
    for process, memory in result.memory.items():
        if process != "master" and memory["anonymous_own"] > MOST_WORKER_MB:
            missed.append(f"Missed: {process} has {memory['anonymous_own']:.0f} MB of its own (mark: {MOST_WORKER_MB}).")
    return missed


def with_section(text: str, section: str) -> str:
    """Return RESULTS.md with this section in place of the earlier one, before the notes."""
    others = [part for part in re.split(r"^(?=## )", text, flags=re.M) if not part.startswith(OVER_HTTP)]
    at = next((number for number, part in enumerate(others) if part.startswith("## Notes")), len(others))
    parts = (*others[:at], section, *others[at:])
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"
