"""Print the output of a command: mistakes, then warnings grouped over files, then the result; as text, for GitHub or as JSON."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict

from indexer.commands.messages import count_mistakes, times
from indexer.corpus import Corpus
from indexer.plans import count_documents
from indexer.records.metadata import NO_FIELD
from search.errors import Problem

_VARYING = re.compile(r"“[^”]*”|\"[^\"]*\"|(?<=which may be )[^;]+|[\d,]*\d|U\+[0-9A-F]+")
_PER_FILE = re.compile(r" here and in [\d,]+ more| \(and in [\d,]+ more\)")
_NEEDS_QUOTES = re.compile(r"[^\w. /()-]|^[\W\d]|\s$")
_SHOWN_OF_A_KIND = 20
_MANY_KEYS = 4


class Report:
    """Prints the output of one command by its options: problems to standard error, results to standard output."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.format: str = getattr(options, "format", "text")
        self.is_quiet: bool = getattr(options, "quiet", False)
        self.is_verbose: bool = getattr(options, "verbose", False)
        self._facts: dict[str, object] = {}

    def say(self, line: str) -> None:
        """Print a line of the result."""
        if not self.is_quiet and self.format != "json":
            print(line, flush=True)

    def add_facts(self, **facts: object) -> None:
        """Add members to the object that `--format json` prints."""
        self._facts |= facts

    def print_problems(self, corpus: Corpus) -> None:
        """Print every mistake, then the warnings."""
        warnings = [problem for problem in corpus.problems if problem.severity == "warning"]
        if self.is_quiet:
            warnings = []
        if self.format == "json":
            self._facts["problems"] = [asdict(problem) for problem in (*corpus.errors, *warnings)]
            self._facts |= {"documents": len(corpus.documents), "records": corpus.records, "drafts": corpus.drafts}
        elif self.format == "github":
            print("".join(f"{_as_github(problem)}\n" for problem in (*corpus.errors, *warnings)), end="", flush=True)
        else:
            if self.is_verbose:
                lines = list(map(str, (*corpus.errors, *warnings)))
            else:
                lines = [*shorten_mistakes(corpus.errors), *group_warnings(warnings), *_advise_to_ignore(warnings)]
            print("".join(f"{line}\n" for line in lines), end="", file=sys.stderr, flush=True)

    def print_balance(self, corpus: Corpus) -> None:
        """Say where every record went, when not all of them became documents."""
        parts = {"with a mistake": corpus.reported, "kept back as drafts": corpus.drafts}
        fates = [f"{number:,} {fate}" for fate, number in parts.items() if number]
        if fates:
            self.say(f"    of {corpus.records:,} found: {count_documents(len(corpus.documents))}, {', '.join(fates)}")

    def end(self) -> None:
        """Print the object of `--format json`."""
        if self.format == "json":
            print(json.dumps(self._facts, ensure_ascii=False), flush=True)


def shorten_mistakes(mistakes: Sequence[Problem]) -> list[str]:
    """Return a line for each mistake, at most 20 of each kind, and a last line with the number of the others."""
    lines: list[str] = []
    kinds: dict[tuple[str, str], list[Problem]] = {}
    for problem in mistakes:
        alike = kinds.setdefault(_kind_of(problem), [])
        alike.append(problem)
        if len(alike) <= _SHOWN_OF_A_KIND:
            lines.append(str(problem))
    for alike in kinds.values():
        more = len(alike) - _SHOWN_OF_A_KIND
        if more > 0:
            first = alike[_SHOWN_OF_A_KIND]
            what = f"{first.field}: {first.message}" if first.field else first.message
            lines.append(f"and {more:,} more like this, from {first.place} on: {what.partition('; ')[0]}; --verbose lists all")
    return lines


def group_warnings(warnings: Sequence[Problem]) -> list[str]:
    """Return a line for each kind of warning, the most frequent first; one that occurs once is printed with its place."""
    groups: dict[tuple[str, str], list[Problem]] = {}
    for problem in warnings:
        groups.setdefault(_kind_of(problem), []).append(problem)
    return [_group_line(group) for group in sorted(groups.values(), key=lambda group: -len(group))]


def _kind_of(problem: Problem) -> tuple[str, str]:
    return problem.field, _VARYING.sub("…", _PER_FILE.sub("", problem.message))


def _advise_to_ignore(warnings: Sequence[Problem]) -> list[str]:
    """Return one line to copy into the configuration, if many keys are no fields."""
    keys = list(dict.fromkeys(problem.field for problem in warnings if problem.message.startswith(NO_FIELD)))
    if len(keys) < _MANY_KEYS:
        return []
    written = ", ".join(json.dumps(key, ensure_ascii=False) if _NEEDS_QUOTES.search(key) else key for key in keys)
    return [f"to leave all {len(keys):,} keys out that are no fields, write beside `path`: ignore: [{written}]"]


def _group_line(group: list[Problem]) -> str:
    first = group[0]
    if len(group) == 1:
        return str(first)
    files = len({problem.path for problem in group})
    what, _, fix = _PER_FILE.sub("", first.message).partition("; ")
    where = f"in {files:,} files" if files == len(group) else f"{times(len(group))} in {files:,} files"
    if files == 1:
        where = times(len(group))
    field = f"{first.field}: " if first.field else ""
    return f"warning: {field}{what}: {where}, first {first.place}" + (f"; {fix}" if fix else "")


def _as_github(problem: Problem) -> str:
    """Return a workflow command, which shows the problem beside the changed line."""
    message = f"{problem.field}: {problem.message}" if problem.field else problem.message
    place = f"file={_escape_for_github(problem.path, ':,')}" + (f",line={problem.line}" if problem.line else "")
    return f"::{problem.severity} {place}::{_escape_for_github(message)}"


def _escape_for_github(text: str, also: str = "") -> str:
    for character in ("%", "\r", "\n", *also):
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def format_publication(corpus: Corpus, documents: int, generation: str) -> str:
    """Say what was published."""
    return f"published {count_documents(documents)} as {generation}, {count_mistakes(corpus)}"
