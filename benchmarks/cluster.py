"""Measure the OpenSearch engine on a cluster that runs already:

    make cluster HEAP=2g          # in another terminal
    python -m benchmarks.cluster --size 500000 --hosts http://127.0.0.1:9201,http://127.0.0.1:9202,http://127.0.0.1:9203

The documents and questions are those of `python -m benchmarks`. Each question is answered as a page is: read, searched, its
facets counted and its words marked.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import corpus
from benchmarks.arguments import count, file_to_write
from benchmarks.measurement import summary
from benchmarks.peers.findingaid_peer import Peer
from benchmarks.questions import Question, questions
from search.arguments import whole_number
from search.config.settings import Config, OpenSearch
from search.model.document import Document

_SECONDS_BETWEEN_REPORTS = 30


def main(arguments: list[str] | None = None) -> int:
    """Build the index, ask the questions, and print the figures."""
    options = _options(arguments)
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        peer = Peer(Path(folder), _config(Path(folder), options))
        documents = corpus.write_documents(options.size, Path(folder))
        figures = measure(peer, documents, questions(options.questions))
    print(json.dumps(figures, indent=1))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


def measure(peer: Peer, documents: Sequence[Document], asked: Sequence[Question]) -> dict[str, object]:
    """Build the index and ask every question twice. Times are in milliseconds. A build ends when all documents are found."""
    start = time.perf_counter()
    last_said = time.monotonic()

    def progress(done: int, total: int) -> None:
        nonlocal last_said
        if time.monotonic() - last_said > _SECONDS_BETWEEN_REPORTS:
            last_said = time.monotonic()
            print(f"{done:,} of {total:,} documents sent", file=sys.stderr, flush=True)

    peer.engine.build(documents, progress)
    seconds = time.perf_counter() - start
    print(f"built in {seconds:,.0f} s", file=sys.stderr, flush=True)
    peer.open()
    figures: dict[str, object] = {
        "documents": len(documents),
        "build_docs_per_s": len(documents) / seconds,
        "questions": len(asked),
    }
    for turn in ("first", "later"):
        times = []
        for question in asked:
            begin = time.perf_counter()
            peer.search(question)
            times.append((time.perf_counter() - begin) * 1000)
        figures[turn] = summary(times)
    return figures


def _config(folder: Path, options: argparse.Namespace) -> Config:
    cluster = OpenSearch(
        hosts=tuple(options.hosts.split(",")), name="benchmarks", shards=options.shards, replicas=options.replicas
    )
    return corpus.config(folder).model_copy(update={"engine": "opensearch", "opensearch": cluster})


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cluster", description=__doc__)
    parser.add_argument("--size", type=count, default=500_000, help="documents (default: 500,000)")
    parser.add_argument("--hosts", default="http://127.0.0.1:9201", help="addresses of the cluster, by commas")
    parser.add_argument("--questions", type=count, default=1001, help="distinct questions, each asked twice (default: 1001)")
    parser.add_argument("--shards", type=count, default=3, help="parts of the index (default: 3)")
    replicas_help = "copies of each part (default: 0, since all nodes are on one machine)"
    parser.add_argument("--replicas", type=whole_number(0, 10), default=0, help=replicas_help)
    parser.add_argument("--json", type=file_to_write, metavar="FILE", help="write the figures")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
