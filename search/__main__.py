"""Search from the command line:  python -m search "cyber insurance" """

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from search.archive import Archive
from search.arguments import add_config_option, whole_number
from search.config.loading import load_config
from search.engines.contract import MAX_WINDOW
from search.errors import FindingAidError
from search.model.query import Query

_MATCH_HELP = "words of a run's query required: all, any, or as the page of results searches (default: all)"
_EXAMPLE = """example:
  python -m search "cyber insurance"
  python -m search --run queries.jsonl --depth 1000 --match any > run.trec
"""


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns the exit code: 0 done, 1 done with mistakes reported, 2 could not run."""
    parser = argparse.ArgumentParser(
        prog="python -m search", description=__doc__, epilog=_EXAMPLE, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    count = whole_number(1, MAX_WINDOW)
    parser.add_argument("words", nargs="*", help="what to look for, in the query language of the site")
    add_config_option(parser)
    parser.add_argument("--limit", type=count, default=10, help="hits to print, at most 10,000 (default: 10)")
    parser.add_argument("--run", metavar="FILE", help="JSON Lines of {id, text}: print a TREC run for all of them")
    parser.add_argument("--depth", type=count, default=1000, help="hits a query in a run, at most 10,000 (default: 1000)")
    parser.add_argument("--match", choices=("all", "any", "page"), default="all", help=_MATCH_HELP)
    options = parser.parse_args(
        [_protect_excluded_word(argument) for argument in (sys.argv[1:] if arguments is None else arguments)]
    )
    if not options.words and not options.run:
        parser.error("name some words, or a file of queries with --run")
    try:
        archive = Archive(load_config(options.config))
        if options.run:
            return _run(archive, Path(options.run), options.depth, options.match)
        return _print_hits(archive, " ".join(options.words), options.limit)
    except FindingAidError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(
            f"{error.filename}: cannot be read: {error.strerror}; correct the path" if error.filename else error, file=sys.stderr
        )
    return 2


def _protect_excluded_word(argument: str) -> str:
    """Return an argument such as `-spam` with a space before it, so that argparse reads it as a word of the query."""
    return f" {argument}" if argument[:1] == "-" and argument[1:2] not in ("", "-") and argument != "-h" else argument


def _print_hits(archive: Archive, text: str, limit: int) -> int:
    page = archive.search(Query(text, per_page=limit))
    for hit in page.hits:
        document = hit.document
        print("\t".join((document.id, document.date.edtf if document.date else "-", document.type or "-", hit.display_title)))
    if page.suggestion:
        print(f'Nothing for "{text}". Did you mean "{page.suggestion.query.text}" ({page.suggestion.total})?', file=sys.stderr)
    print(f"{page.total} found", file=sys.stderr)
    return 0


def _run(archive: Archive, path: Path, depth: int, match: str) -> int:
    mistakes = 0
    for query in _queries(path):
        if isinstance(query, str):
            print(query, file=sys.stderr)
            mistakes += 1
            continue
        if not archive.analyzer.query_words(query["text"]):
            continue  # nothing is asked for, so nothing is found
        text = query["text"]
        found = archive.find_as_page(text, depth) if match == "page" else archive.find_plain(text, depth, match == "any")
        for rank, (document, score) in enumerate(found.hits, 1):
            print(f"{query['id']} Q0 {document.id} {rank} {score:.6f} findingaid")
    return 1 if mistakes else 0


def _queries(path: Path) -> Iterator[dict[str, str] | str]:
    """Yield each query, or a sentence about the line that is none."""
    seen: dict[str, int] = {}
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                query = json.loads(line.decode("utf-8-sig"))
            except (ValueError, RecursionError):
                query = None
            if not _is_query(query):
                yield f'{path}:{number}: is not a query; write {{"id": "1", "text": "words"}}'
            elif not (name := str(query["id"])).isprintable() or name.split() != [name]:
                yield f"{path}:{number}: id: found {json.dumps(name)}; a run has room for one word without spaces"
            elif name in seen:
                yield f'{path}:{number}: id: "{name}" is already used on line {seen[name]}; every query needs its own'
            else:
                seen[name] = number
                yield {"id": name, "text": query["text"]}


def _is_query(query: Any) -> bool:
    return isinstance(query, dict) and type(query.get("id")) in (str, int) and isinstance(query.get("text"), str)


if __name__ == "__main__":
    sys.exit(main())
