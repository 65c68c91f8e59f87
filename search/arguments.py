"""What the commands have in common: the option that names the configuration, and whole numbers as arguments."""

from __future__ import annotations

import argparse
from collections.abc import Callable


def add_config_option(parser: argparse.ArgumentParser) -> None:
    """Add the option `--config`."""
    parser.add_argument("--config", default="config.yaml", help="the archive's configuration (default: ./config.yaml)")


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """Return a reader of arguments that are whole numbers from `least` to `most`; others are refused with these bounds."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise argparse.ArgumentTypeError(f'found "{text}", expected a whole number from {least} to {most}')
        return int(text)

    return read
