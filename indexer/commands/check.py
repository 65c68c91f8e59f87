"""The command `check`."""

from __future__ import annotations

import argparse

from indexer.commands.exits import DONE, REPORTED
from indexer.commands.messages import count_mistakes
from indexer.commands.omitted_words import format_omissions
from indexer.commands.reading import read_and_report
from indexer.commands.report import Report
from indexer.plans import count_documents
from search.config.settings import Config


def check(config: Config, options: argparse.Namespace) -> int:
    """Read the corpus and list every mistake; publish nothing."""
    report = Report(options)
    corpus = read_and_report(config, options, report)
    report.say(f"{count_documents(len(corpus.documents))} can be published, {count_mistakes(corpus)}")
    report.print_balance(corpus)
    for line in format_omissions(corpus):
        report.say(line)
    report.end()
    return REPORTED if corpus.errors else DONE
