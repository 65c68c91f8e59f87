"""Check the arguments of the commands at once, not after hours of measuring: numbers, folders, files to write."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.questions import SAMPLE
from search.arguments import whole_number

MOST = 10**8
count = whole_number(1, MOST)
"""Reads a number of questions, runs or documents."""
documents = whole_number(SAMPLE, MOST)
"""Reads a number of documents that includes those that the questions are drawn from."""


def make_folder(text: str) -> Path:
    """Make a folder if it is missing, and return its path."""
    path = Path(text)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise argparse.ArgumentTypeError(f"{text} cannot be made: {error.strerror}") from error
    return path


def file_to_write(text: str) -> Path:
    """Return a file whose folder exists."""
    path = Path(text)
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise argparse.ArgumentTypeError(f"{text} cannot be written: name a file in a folder that exists")
    return path
