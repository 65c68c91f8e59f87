"""A minimal page: one small constant served by Flask with the shipped server’s class and settings.

python -m benchmarks.http.floor --workers 2
"""

from __future__ import annotations

import argparse

from flask import Flask

from benchmarks.http.client import HOST
from search.heap import share_one_heap
from webui.serving.server import THREADS, listen, serve

PAGE = "<!doctype html>\n<html lang=en><title>A page</title><p>Nothing was searched for this page.</p></html>\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.http.floor", description=__doc__)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    share_one_heap()
    app = Flask(__name__, static_folder=None)
    app.add_url_rule("/", view_func=lambda: PAGE)
    listener = listen(HOST, 0)
    print(f"serving on http://{HOST}:{listener.getsockname()[1]}", flush=True)
    serve(app, listener, options.workers, THREADS, lambda served, number: None, lambda served: served)


if __name__ == "__main__":
    main()
