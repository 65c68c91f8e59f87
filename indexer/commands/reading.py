"""Read the corpus for a command: remembered files, progress, and every problem printed."""

from __future__ import annotations

import argparse

from indexer.commands.progress import Progress
from indexer.commands.report import Report
from indexer.corpus import Corpus, read_corpus
from indexer.memory import ReadingMemory
from search.config.settings import Config


def read_and_report(config: Config, options: argparse.Namespace, report: Report) -> Corpus:
    """Read the corpus and print its problems."""
    progress = Progress(is_quiet=report.is_quiet)
    memory = ReadingMemory(config, distrust=getattr(options, "reread", False))
    try:
        corpus = read_corpus(config, memory, progress.show_reading)
    finally:
        progress.clear()
    report.print_problems(corpus)
    return corpus
