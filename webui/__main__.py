"""Serve an archive:  python -m webui serve --host 127.0.0.1 --port 8000"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from search.config import load_config
from search.errors import FindingAidError
from webui import create_app

_EXAMPLE = "example: python -m webui serve --host 127.0.0.1 --port 8000"


class _Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with our settings: some processes, each with some threads, that share the mapped index."""

    def __init__(self, app: Flask, settings: dict[str, Any]) -> None:
        self.app = app
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns 2 when it could not."""
    parser = argparse.ArgumentParser(prog="python -m webui", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    serve = commands.add_parser(
        "serve", help="serve the archive over HTTP", description="Serve the archive over HTTP.", epilog=_EXAMPLE
    )
    serve.add_argument("--config", default="config.yaml", help="the archive's configuration (default: ./config.yaml)")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    serve.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000)")
    serve.add_argument(
        "--workers", type=int, default=min(4, os.cpu_count() or 1), help="processes (default: one a core, at most 4)"
    )
    serve.add_argument("--threads", type=int, default=8, help="threads in each process (default: 8)")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        app = create_app(load_config(options.config))
    except FindingAidError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"serving on http://{options.host}:{options.port}", flush=True)
    _Server(app, _settings(app, options)).run()
    return 0


def _settings(app: Flask, options: argparse.Namespace) -> dict[str, Any]:
    return {
        "bind": f"{options.host}:{options.port}",
        "workers": options.workers,
        "threads": options.threads,
        "worker_class": "gthread",
        "graceful_timeout": 10,
        "limit_request_line": 0,  # a long query in a script of three bytes a letter is a long line; webui.responses limits it
        "loglevel": "warning",
        "post_fork": lambda server, worker: app.extensions["archive"].engine.follow(),
    }


if __name__ == "__main__":
    sys.exit(main())
