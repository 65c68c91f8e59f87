"""Run one engine in its own process; requests and answers are lines of JSON.

python -m benchmarks.worker build  NAME FOLDER COUNT    one line: seconds, bytes on disk
python -m benchmarks.worker schema NAME FOLDER COUNT    the same for our schema by Whoosh's own writer; NAME: processes
python -m benchmarks.worker serve  NAME FOLDER          a line when open, then a line of answers for each line of questions
python -m benchmarks.worker update NAME FOLDER COUNT    one line: milliseconds of each change until it was visible
"""

from __future__ import annotations

import json
import re
import sys
import time
import zlib
from pathlib import Path
from typing import Any

from benchmarks import corpus
from benchmarks.peers import HITS, Page, open_peer
from benchmarks.questions import Question

UPDATES = 12
"""Changes measured, each of another document."""


def main(task: str, name: str, folder: Path, count: int = 0) -> None:
    """Do one of the tasks above. `count` is the number of documents."""
    match task:
        case "build" | "schema":
            _say(_build(task, name, folder, count))
        case "serve":
            _serve(name, folder)
        case "update":
            _say(_update(name, folder, count))


def _say(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)


def _build(task: str, name: str, folder: Path, count: int) -> dict[str, Any]:
    documents = corpus.write_documents(count, folder.parent)
    if task == "schema":
        from benchmarks.peers.whoosh_peer import build_our_schema

        start = time.perf_counter()
        build_our_schema(folder, documents, int(name))
    else:
        peer = open_peer(name, folder)
        start = time.perf_counter()
        peer.build(documents)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "bytes": _bytes(folder)}


def _bytes(folder: Path) -> int:
    """Return the bytes on disk; a file with several names (hard links) counts once."""
    files = {stat.st_ino: stat.st_blocks * 512 for path in folder.rglob("*") if path.is_file() for stat in (path.stat(),)}
    return sum(files.values())


def _serve(name: str, folder: Path) -> None:
    peer = open_peer(name, folder)
    start = time.perf_counter()
    peer.open()
    _say({"open_ms": (time.perf_counter() - start) * 1000, "version": peer.version()})
    for line in sys.stdin:
        questions = [Question("", text, tuple(types), tuple(years)) for text, types, years in json.loads(line)]
        milliseconds: list[float] = []
        pages: list[Page] = []
        for question in questions:
            start = time.perf_counter()
            page = peer.search(question)
            milliseconds.append((time.perf_counter() - start) * 1000)
            pages.append(page)
        answer = {
            "ms": milliseconds,
            "totals": [page.total for page in pages],
            "counts": [_checksum_of_counts(page) for page in pages],
            "complete": sum(map(_is_complete, pages)),
        }
        _say(answer | memory())


def _checksum_of_counts(page: Page) -> int:
    """Return a checksum of all facet counts; values without documents do not change it."""
    listed = {name: sorted((value, count) for value, count in values.items() if count) for name, values in page.counts.items()}
    return zlib.crc32(json.dumps(listed, sort_keys=True).encode())


def _is_complete(page: Page) -> bool:
    """Whether the page has all of its hits, each with an id, a title and a snippet."""
    shown = (page.ids, page.titles, page.snippets)
    return all(len(each) == min(page.total, HITS) and all(each) for each in shown)


def memory(process: int | str = "self") -> dict[str, float]:
    """Return the memory of a process in megabytes: `anonymous`, and `mapped`, which is the resident part of files.

    Of each, `..._own` is what it shares with no other process; a worker shares some of its anonymous memory with its parent.
    """
    text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    sizes = {name: int(kilobytes) / 1024 for name, kilobytes in re.findall(r"^(\w+): +(\d+) kB", text, re.M)}
    own = {"anonymous_own": sizes["Private_Dirty"], "mapped_own": sizes["Private_Clean"]}
    return {"anonymous": sizes["Anonymous"], "mapped": sizes["Rss"] - sizes["Anonymous"]} | own


def _update(name: str, folder: Path, count: int) -> dict[str, Any]:
    peer = open_peer(name, folder)
    peer.open()
    milliseconds = []
    for number in range(UPDATES):
        word = f"Zyxxy{'abcdefghijkl'[number]}xyz"
        document = corpus.document(number * count // UPDATES, extra=f"{word} was added.")
        start = time.perf_counter()
        peer.update(document)
        while peer.search(Question("", word)).total != 1:
            time.sleep(0.0005)
        milliseconds.append((time.perf_counter() - start) * 1000)
    return {"ms": milliseconds}


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), *map(int, sys.argv[4:]))
