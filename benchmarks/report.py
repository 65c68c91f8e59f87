"""Print results as tables, for a terminal and as Markdown for RESULTS.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import date

from benchmarks.measurement import OURS, PASSES, Result
from benchmarks.peers import OWN_TOKENS

_TIMES = ("mean_ms", "p50_ms", "p95_ms", "p99_ms")
_COLUMNS = [(turn, time) for turn in PASSES for time in _TIMES]
_COLUMN_NAMES = [f"{time[:-3]}, {turn}" for turn, time in _COLUMNS]
OVER_HTTP = "## Over HTTP"
"""The section of RESULTS.md that `python -m benchmarks.http` writes."""
_KEPT = (OVER_HTTP, "## Notes")
"""Sections at the end of RESULTS.md that other commands and people write, and that are kept."""
Results = dict[int, dict[str, Result]]
Written = dict[int, dict[str, float]]
"""By size: documents a second that Whoosh’s own writer indexes with our schema, by number of processes."""


def tables(results: Results, written: Written) -> str:
    """Return all tables as Markdown that is readable as plain text."""
    parts = []
    for size, engines in results.items():
        parts += [f"## {size:,} documents", _page_costs(engines), _ratios(engines), _by_kind(engines), _resources(engines)]
        parts += _without_result(engines)
        parts += _same_schema(engines, written.get(size, {}))
    return "\n\n".join(part for part in parts if part) + "\n"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table with aligned columns: the first to the left, all others to the right."""
    lines = [list(head), *map(list, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    padded = [
        [line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))]
        for line in lines
    ]
    shown = [f"| {' | '.join(line)} |" for line in padded]
    rule = f"|{'-' * (widths[0] + 2)}|" + "|".join("-" * (width + 1) + ":" for width in widths[1:]) + "|"
    return "\n".join((shown[0], rule, *shown[1:]))


def _page_costs(engines: dict[str, Result]) -> str:
    rows = [[name, *(f"{of.times[turn][time]:.3f}" for turn, time in _COLUMNS), f"{of.asked:,}"] for name, of in engines.items()]
    return table(["ms a page", *_COLUMN_NAMES, "questions"], rows)


def _ratios(engines: dict[str, Result]) -> str:
    ours = engines.get(OURS)
    others = [(name, of) for name, of in engines.items() if name != OURS]
    if ours is None or not others:
        return ""
    rows = [[name, *(f"{ours.times[turn][time] / of.times[turn][time]:.2f}" for turn, time in _COLUMNS)] for name, of in others]
    return table(["ours / theirs", *_COLUMN_NAMES], rows)


def _by_kind(engines: dict[str, Result]) -> str:
    kinds = next(iter(engines.values())).kinds
    rows = [[name, *(f"{of.kinds[kind]:.3f}" for kind in kinds)] for name, of in engines.items()]
    return table(["mean ms, later", *kinds], rows)


def _resources(engines: dict[str, Result]) -> str:
    head = "engine,anonymous MB,mapped MB,index MB,open ms,built docs/s,build MB,update ms,equal totals,equal counts"
    rows = [
        [
            *(name, f"{of.anonymous_mb:.0f}", f"{of.mapped_mb:.0f}", f"{of.index_mb:.0f}", f"{of.open_ms:.1f}"),
            *(
                f"{of.build_docs_per_s:,.0f}",
                f"{of.build_rss_mb:,.0f}",
                f"{of.update_ms:.1f}",
                f"{of.equal_totals:.1%}",
                f"{of.equal_counts:.1%}",
            ),
        ]
        for name, of in engines.items()
    ]
    return table(head.split(","), rows)


def _without_result(engines: dict[str, Result]) -> list[str]:
    kinds = engines[OURS].without_result if OURS in engines else {}
    rows = [[kind, *(f"{times[time]:.3f}" for time in _TIMES)] for kind, times in kinds.items()]
    return [table(["ours, nothing found as typed", *(time[:-3] for time in _TIMES)], rows)] if rows else []


def _same_schema(engines: dict[str, Result], written: dict[str, float]) -> list[str]:
    if not written or OURS not in engines:
        return []
    ours = engines[OURS].build_docs_per_s
    rates = (f"{rate:,.0f} documents a second with {name} (ours: {ours / rate:.2f} times)" for name, rate in written.items())
    return [f"Our schema by Whoosh's own writer: {'; '.join(rates)}."]


_FOREWORD = """# What a page of results costs

Measured on {date} by `{command}`, on {cores} cores ({system}, Python {python}).
{versions}.

Each page is what a visitor sees: the ten best hits with titles and snippets, the exact total, and the counts of three facets
over all matches, each without its own filter. All engines get the same finished tokens of the same documents, and read the
typed query with the same parser inside the measured time. Each engine runs in a process of its own; they take turns block by
block. *First* is the first time that a fresh process is asked each of {questions:,} distinct questions, *later* the second time.
Numbers are medians of {runs} runs; ratios compare numbers of one run of the command.

No results are cached: no hits, totals, counts or snippets. But ours keeps, for the next page or filter of a search, how some
thousands of questions were read and which search that led to, how near the words are to each other in the best documents, and
the documents of sixteen phrases or prefixes. So *first* is without what is kept of a question, and *later* with it.

The others show titles as written and snippets of folded words; ours shows both as written, with the words found marked.
Anonymous memory is the peak of a process that only opens and serves, interpreter and libraries included; mapped is the resident
part of files, which processes share. Each engine reads the documents one by one from a file. Build rates include that and the
reading of words; the memory of a build is the peak of all its processes together. An update is one document, from handing it
over until a search finds it. *Equal totals* and *equal counts* are the shares of questions whose total, or whose counts of all
facets, are the same as ours.
{own}
"""
_OWN = """
Engines with `_own` in their names get the text as written: tantivy with `en_stem`, FTS5 with `porter unicode61`, both with query
parsers of their own. No word is read in Python for them, as an engine used by itself would have it. What they find differs.
"""


def keep_sections(before: str) -> str:
    """Return the sections to keep of RESULTS.md as it was before."""
    starts = [before.index(heading) for heading in _KEPT if heading in before]
    return before[min(starts) :] if starts else ""


def markdown(results: Results, written: Written, command: str, questions: int, runs: int, kept: str) -> str:
    """Return the whole of RESULTS.md, which ends with the sections `kept`."""
    last = next(reversed(results.values()))
    foreword = _FOREWORD.format(
        date=date.today().isoformat(),
        command=command,
        cores=os.cpu_count(),
        system=platform.system(),
        python=platform.python_version(),
        versions="; ".join(f"{name}: {of.version}" for name, of in last.items()),
        questions=questions,
        runs=runs,
        own=_OWN if last.keys() & OWN_TOKENS else "",
    )
    return foreword + tables(results, written) + (f"\n{kept}" if kept else "")
