"""The command `check`."""

from __future__ import annotations

import argparse

from indexer.commands.exits import DONE, REPORTED
from indexer.commands.messages import count_mistakes
from indexer.commands.reading import read_and_report
from indexer.commands.report import Report
from indexer.corpus import Corpus
from indexer.plans import count_documents
from search.config.settings import Config

_WORST = 5
"""Files named, those with the largest share of omitted words."""


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


def format_omissions(corpus: Corpus) -> list[str]:
    """Return lines that count the words left out of the text of saved pages and files; [] if none were."""
    omissions = corpus.omissions
    if not omissions:
        return []
    words = sum(one.words_left_out for one in omissions)
    whole = sum(one.words for one in omissions)
    files = "1 file" if len(omissions) == 1 else f"{len(omissions):,} files"
    lines = [f"left out of {files} as menus, headers, footers and hidden or shared lines: {words:,} of {whole:,} words"]
    if len(omissions) > 1:
        lines.append("the largest shares:")
    lines += [f"  {one.file}: {one.words_left_out:,} of {one.words:,} words" for one in omissions[:_WORST]]
    return lines
