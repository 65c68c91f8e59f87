"""A search that runs in the browser, by Pagefind, an optional package (`pagefind[bin]`)."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

HOW_TO_ADD = 'search in the browser was left out; for one, run `pip install "pagefind[bin]"` and export again'


def is_installed() -> bool:
    """Whether the package and its program are installed."""
    return find_spec("pagefind") is not None and any(map(find_spec, ("pagefind_bin", "pagefind_bin_extended")))


def index(folder: Path) -> str:
    """Index the documents in a folder; return the error, "" if there was none."""
    command = [
        sys.executable,
        "-m",
        "pagefind",
        "--site",
        str(folder),
        "--glob",
        "documents/**/*.html",
        "--keep-index-url",
        "--quiet",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else (done.stderr or done.stdout).strip()
