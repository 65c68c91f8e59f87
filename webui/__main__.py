"""Serve an archive, or write it as a folder of files:  python -m webui serve --port 8000  |  python -m webui export DIR"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from contextlib import closing
from pathlib import Path

from flask import Flask

from search.arguments import add_config_option, whole_number
from search.config.loading import load_config
from search.config.settings import Config
from search.engines.open_engine import open_engine
from search.errors import FindingAidError, explain_error
from search.heap import share_one_heap
from webui import create_app
from webui.export.browser_search import HOW_TO_ADD
from webui.export.site import export_site
from webui.serving.preload import preload
from webui.serving.server import EXPORTS_SHARE, THREADS, listen, serve

_log = logging.getLogger("webui")
_EXAMPLE = "example: python -m webui serve --host 127.0.0.1 --port 8000"
_EXPORT_EXAMPLE = "example: python -m webui export ../archive-2026"


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 0 done, 1 done with something left out, 2 could not run. `serve` returns only when stopped."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        config = load_config(options.config)
        return _export(config, options) if options.command == "export" else _serve(config, options)
    except FindingAidError as error:
        print(error, file=sys.stderr)
        return 2


def _export(config: Config, options: argparse.Namespace) -> int:
    """Write the archive to a folder. Return 1 if the search in the browser could not be made or a file is missing."""
    try:
        done = export_site(config, options.folder)
    except OSError as error:
        print(f"cannot export: {explain_error(error)}", file=sys.stderr)
        return 2
    documents = "1 document" if done.documents == 1 else f"{done.documents:,} documents"
    print(f"exported {documents} on {done.pages:,} pages to {options.folder}, digest {done.digest}")
    if done.note:
        print(done.note, file=sys.stderr)
    if done.missing:
        shown = ", ".join(done.missing[:5]) + (" and others" if len(done.missing) > 5 else "")
        count = f"{len(done.missing):,} {'file' if len(done.missing) == 1 else 'files'}"
        print(f"left out {count} no longer held: {shown}; build and export again", file=sys.stderr)
    return 1 if done.missing or (done.note and done.note != HOW_TO_ADD) else 0


def _serve(config: Config, options: argparse.Namespace) -> int:
    share_one_heap()
    app = _make_app(config, options)
    try:
        listener = listen(options.host, options.port)
    except OSError as error:
        reason = error.strerror or str(error)
        print(f"cannot listen on {options.host}:{options.port}: {reason}; choose others with --host and --port", file=sys.stderr)
        return 2
    host, port = listener.getsockname()[:2]
    print(f"serving on http://{f'[{host}]' if ':' in host else host}:{port}", flush=True)

    serve(app, listener, options.workers, options.threads, _begin, lambda served: _renew(served, options))
    return 0


def _make_app(config: Config, options: argparse.Namespace) -> Flask:
    """Return the application with everything loaded that its processes need; the index is opened by each of them."""
    app = create_app(config)
    app.config["EXPORTS_AT_ONCE"] = max(1, options.threads // EXPORTS_SHARE)
    preload(app)
    return app


def _begin(app: Flask, number: int) -> None:
    app.extensions["metrics"].begin(number)
    app.extensions["archive"].engine.follow()


def _renew(served: Flask, options: argparse.Namespace) -> Flask:
    """Return the application with the configuration as it is now, or the same if that or its index cannot be used."""
    try:
        config = load_config(options.config)
        app = _make_app(config, options)
        engine = open_engine(config)  # not the application's: no process may share its files and connections with another
        with closing(engine):
            engine.current()
    except (FindingAidError, OSError) as error:
        _log.error("serving with the configuration read before: %s", explain_error(error))
        return served
    app.extensions["metrics"] = served.extensions["metrics"]  # the counts are those of the server
    _log.warning("serving with %s as it is now", config.path)
    return app


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m webui", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command", dest="command")
    description = "Serve the archive over HTTP until it is stopped by SIGTERM or Ctrl-C."
    command = commands.add_parser("serve", help="serve the archive over HTTP", description=description, epilog=_EXAMPLE)
    add_config_option(command)
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    command.add_argument(
        "--port", type=whole_number(0, 65535), default=8000, help="port to listen on, 0 for a free one (default: 8000)"
    )
    cores = min(4, os.cpu_count() or 1)
    command.add_argument("--workers", type=whole_number(1, 64), default=cores, help="processes (default: one a core, at most 4)")
    command.add_argument("--threads", type=whole_number(1, 256), default=THREADS, help="threads in each process (default: 8)")
    description = "Write pages, feeds, files and all documents to a folder that needs no server of ours."
    command = commands.add_parser(
        "export", help="write the archive as a folder of files", description=description, epilog=_EXPORT_EXAMPLE
    )
    command.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")
    add_config_option(command)
    return parser


if __name__ == "__main__":
    sys.exit(main())
