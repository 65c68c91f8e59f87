"""The command `watch`."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
import time
from contextlib import suppress
from types import FrameType

from indexer.commands.publish import update
from indexer.sources import list_source_files
from search.config.loading import load_config
from search.config.settings import Config
from search.errors import FindingAidError, explain_error

_SECONDS_BETWEEN_LOOKS = 0.5


def watch(config: Config, options: argparse.Namespace) -> int:
    """Update whenever a file of the corpus or the configuration changes; ends with Ctrl-C."""
    is_interrupted = _remember_interrupt()
    print("watching; end with Ctrl-C", flush=True)
    seen = None
    while not is_interrupted.is_set():
        now = _stamps(config)
        if now != seen:
            seen = now
            try:
                config = load_config(config.path)
                update(config, options)
            except (FindingAidError, OSError) as error:  # the next change may correct it
                print(explain_error(error), file=sys.stderr)
            sys.stdout.flush()
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    raise KeyboardInterrupt


def _remember_interrupt() -> threading.Event:
    """Return an event that Ctrl-C sets. Python drops a KeyboardInterrupt raised while an object is being finalised."""
    interrupted = threading.Event()

    def interrupt(number: int, frame: FrameType | None) -> None:
        interrupted.set()
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, interrupt)
    return interrupted


def _stamps(config: Config) -> list[tuple[str, int, int]]:
    """Return what changes with any file that is read. A file that goes missing meanwhile is a change too."""
    files = list_source_files(config)[0]
    named = (*config.facts, *filter(None, [config.synonyms]))
    paths = [config.path, *(config.folder / name for name in named), *(file.path for file in files)]
    paths += (file.sidecar for file in files if file.sidecar)
    stamps = []
    for path in paths:
        with suppress(OSError):
            found = path.stat()
            stamps.append((str(path), found.st_mtime_ns, found.st_size))
    return stamps
