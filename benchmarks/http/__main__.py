"""Measure the shipped server beside a trivial page:  python -m benchmarks.http --size 10000 --markdown benchmarks/RESULTS.md"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.arguments import count, documents, file_to_write, make_folder
from benchmarks.http import report
from benchmarks.http.measurement import CONNECTIONS, measure
from benchmarks.questions import questions


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code: 0 done, 1 a target was missed."""
    options = _options(arguments)
    asked = questions(max(options.questions, max(CONNECTIONS)))
    with tempfile.TemporaryDirectory(prefix="benchmarks-", dir=options.folder) as folder:
        result = measure(options.size, asked, options.rounds, options.workers, Path(folder), _say)
    command = f"python -m benchmarks.http --size {options.size} --rounds {options.rounds}"
    section = report.section(result, command, options.rounds, options.workers)
    print(section)
    if options.json:
        options.json.write_text(json.dumps(result.as_json(), indent=1) + "\n", encoding="utf-8")
    if options.markdown:
        before = options.markdown.read_text(encoding="utf-8") if options.markdown.exists() else ""
        options.markdown.write_text(report.with_section(before, section), encoding="utf-8")
    return 1 if report.misses(result) else 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.http", description=__doc__)
    parser.add_argument("--size", type=documents, default=10_000, help="documents, at least 1000 (default: 10000)")
    parser.add_argument("--questions", type=count, default=1001, help="distinct questions, 32 at least (default: 1001)")
    parser.add_argument("--rounds", type=count, default=3, help="rounds, of which medians are taken (default: 3)")
    parser.add_argument("--workers", type=count, default=2, help="processes of each server (default: 2)")
    parser.add_argument("--json", type=file_to_write, metavar="FILE", help="write all numbers")
    parser.add_argument("--markdown", type=file_to_write, metavar="FILE", help="write the section, into benchmarks/RESULTS.md")
    parser.add_argument("--folder", type=make_folder, help="where indexes are built (default: the system's temporary folder)")
    return parser.parse_args(arguments)


def _say(progress: str) -> None:
    print(progress, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
