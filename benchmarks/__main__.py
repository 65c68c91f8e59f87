"""Measure this archive's engine side by side with others:  python -m benchmarks --sizes 1000,10000 --json out.json"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from benchmarks import growth, report
from benchmarks.arguments import count, documents, file_to_write, make_folder
from benchmarks.measurement import measure, run_worker
from benchmarks.peers import NAMES, OWN_TOKENS
from benchmarks.questions import questions

_ENGINES_HELP = (
    f"by commas (default: {','.join(NAMES)}; also {', '.join(OWN_TOKENS)}, which read the text by themselves); "
    "whoosh:10000 leaves it out above 10,000 documents"
)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code: 0 done, 1 an engine’s totals differ too often, 2 could not run."""
    options = _options(arguments)
    if any(name.startswith("tantivy") for name in options.engines) and find_spec("tantivy") is None:
        print("tantivy is not installed; run `make install`, or leave it out with --engines", file=sys.stderr)
        return 2
    asked = questions(options.questions)
    results: report.Results = {}
    written: report.Written = {}
    for size in options.sizes:
        with tempfile.TemporaryDirectory(prefix="benchmarks-", dir=options.folder) as folder:
            engines = [name for name, most in options.engines.items() if size <= most]
            results[size] = measure(engines, size, asked, options.runs, Path(folder), _say)
            if "whoosh" in engines:
                written[size] = _time_own_writer(size, Path(folder))
    print(report.tables(results, written))
    if options.json:
        data = {str(size): {name: of.as_json() for name, of in engines.items()} for size, engines in results.items()}
        options.json.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    if options.markdown:
        command = _command(options)
        before = options.markdown.read_text(encoding="utf-8") if options.markdown.exists() else ""
        text = report.markdown(results, written, command, len(asked), options.runs, report.keep_sections(before))
        options.markdown.write_text(text, encoding="utf-8")
    if options.growth:
        options.growth.write_text(growth.picture(results), encoding="utf-8")
    return _report_unequal(results)


def _command(options: argparse.Namespace) -> str:
    """Return the command that repeats this measurement."""
    engines = ",".join(name if most == sys.maxsize else f"{name}:{most}" for name, most in options.engines.items())
    named = "" if engines == ",".join(NAMES) else f" --engines {engines}"
    return f"python -m benchmarks --sizes {','.join(map(str, options.sizes))}{named} --runs {options.runs}"


def _report_unequal(results: report.Results) -> int:
    """Name the engines whose totals differ too often; return the exit code."""
    compared = [of for engines in results.values() for name, of in engines.items() if name not in OWN_TOKENS]
    unequal = [of for of in compared if of.equal_totals < 0.95]
    for of in unequal:
        _say(f"{of.engine} at {of.documents:,}: only {of.equal_totals:.1%} of its totals equal ours, so do not compare its times")
    return 1 if unequal else 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=_sizes, default=[1000, 10_000], help="documents, by commas (default: 1000,10000)")
    parser.add_argument("--engines", type=_engines, default=_engines(",".join(NAMES)), help=_ENGINES_HELP)
    parser.add_argument("--questions", type=count, default=3010, help="distinct questions (default: 3010)")
    parser.add_argument("--runs", type=count, default=3, help="runs, of which medians are taken (default: 3)")
    parser.add_argument("--json", type=file_to_write, metavar="FILE", help="write all numbers")
    parser.add_argument("--markdown", type=file_to_write, metavar="FILE", help="write the tables, as benchmarks/RESULTS.md")
    parser.add_argument("--growth", type=file_to_write, metavar="FILE", help="write cost against size as an SVG picture")
    parser.add_argument("--folder", type=make_folder, help="where indexes are built (default: the system's temporary folder)")
    return parser.parse_args(arguments)


def _sizes(text: str) -> list[int]:
    return sorted(map(documents, text.split(",")))


def _engines(text: str) -> dict[str, int]:
    """Return each engine with the largest number of documents at which it is measured."""
    wanted: dict[str, int] = {}
    for part in text.split(","):
        name, _, most = part.partition(":")
        if name not in (*NAMES, *OWN_TOKENS) or not (most.isdigit() or not most):
            raise argparse.ArgumentTypeError(f"{part} is no engine; known: {', '.join((*NAMES, *OWN_TOKENS))}")
        wanted[name] = int(most or sys.maxsize)
    return wanted


def _time_own_writer(size: int, folder: Path) -> dict[str, float]:
    """Return how many documents a second Whoosh’s own writer indexes with our schema, by number of processes."""
    return {
        f"{processes} process{'es' if processes > 1 else ''}": size
        / run_worker("schema", processes, folder / f"schema-{processes}", size)["seconds"]
        for processes in (1, 2)
    }


def _say(progress: str) -> None:
    print(progress, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
