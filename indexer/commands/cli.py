"""The editor's commands.

check              read the corpus and list every mistake; publish nothing
plan               show what publishing would add, change and remove; publish nothing
build              publish the whole corpus as a new generation
update             publish only what changed since the last generation
status             show what is published; --verify compares the checksum of every file
rollback           go back to the previous generation
watch              update whenever a file changes
suggest-synonyms   propose lines for the file of synonyms
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

from indexer.commands.check import check
from indexer.commands.exits import COULD_NOT_RUN, DONE, REPORTED
from indexer.commands.plan import plan
from indexer.commands.publish import build, update
from indexer.commands.status import rollback, status
from indexer.commands.suggest_synonyms import suggest_synonyms
from indexer.commands.watch import watch
from search.arguments import add_config_option, whole_number
from search.config.loading import load_config
from search.config.settings import Config
from search.errors import FindingAidError, PublishRefused, explain_error

Command = Callable[[Config, argparse.Namespace], int]
_COMMANDS: tuple[tuple[str, Command, str], ...] = (
    ("check", check, "check"),
    ("plan", plan, "plan --json"),
    ("build", build, "build --allow-loss 2"),
    ("update", update, "update --config museum/config.yaml"),
    ("status", status, "status --verify"),
    ("rollback", rollback, "rollback"),
    ("watch", watch, "watch"),
    ("suggest-synonyms", suggest_synonyms, "suggest-synonyms --searches searches.txt"),
)
"""Each command: its name, its function, and an example."""
_READING = ("check", "plan", "build", "update", "watch")
_PUBLISHING = ("build", "update", "watch")
_MOST_LOST = 1_000_000_000


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return 0 done, 1 done or refused with problems reported, 2 could not run."""
    options = _parser().parse_args(arguments)
    command: Command = options.run
    try:
        return command(load_config(options.config), options)
    except PublishRefused as error:
        print(error, file=sys.stderr)
        return REPORTED
    except BrokenPipeError:  # the reader of the output has gone, as with `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return COULD_NOT_RUN
    except (FindingAidError, OSError) as error:
        print(explain_error(error), file=sys.stderr)
        return COULD_NOT_RUN
    except KeyboardInterrupt:
        if command is watch:
            return DONE
        print("interrupted", file=sys.stderr)
        return COULD_NOT_RUN


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m indexer", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, run, example in _COMMANDS:
        shown = f"example: python -m indexer {example}"
        command = commands.add_parser(name, help=run.__doc__, description=run.__doc__, epilog=shown)
        add_config_option(command)
        command.set_defaults(run=run)
        if name in _READING:
            _add_reading_options(command)
        if name in _PUBLISHING:
            help_text = "publish even if up to N documents are lost by it (default: 0)"
            command.add_argument("--allow-loss", type=whole_number(0, _MOST_LOST), default=0, metavar="N", help=help_text)
        if name == "build":
            command.add_argument("--if-needed", action="store_true", help="build only if the index is missing or outdated")
        if name == "plan":
            command.add_argument("--json", action="store_true", help="print the plan as JSON")
        if name == "status":
            command.add_argument("--verify", action="store_true", help="read every published file and compare its checksum")
        if name == "suggest-synonyms":
            command.add_argument("--searches", metavar="FILE", help="searches that people made, one a line, in their order")
    return parser


def _add_reading_options(command: argparse.ArgumentParser) -> None:
    loudness = command.add_mutually_exclusive_group()
    loudness.add_argument("--quiet", action="store_true", help="print mistakes only")
    loudness.add_argument("--verbose", action="store_true", help="print every warning with its place, not only one of each kind")
    formats = ("text", "github", "json")
    command.add_argument("--format", choices=formats, default="text", help="how problems are printed (default: text)")
    command.add_argument(
        "--reread",
        action="store_true",
        help="compare the content of every file, not only size and time",
    )
