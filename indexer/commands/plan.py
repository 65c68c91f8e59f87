"""The command `plan`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from indexer.commands.exits import DONE, REPORTED
from indexer.commands.messages import explain_kept, summarize
from indexer.commands.publish import read_published
from indexer.commands.reading import read_and_report
from indexer.commands.report import Report
from indexer.corpus import Corpus
from indexer.differences import changed_fields, new_values
from indexer.plans import Plan, make_plan
from search.config.settings import Config
from search.engines.contract import Engine, Request, index_stamp
from search.engines.open_engine import open_engine, open_engine_in_memory
from search.errors import IndexOutdated, IndexProblem
from search.fields import Fields
from search.model.document import Document
from search.model.query import Query
from search.query_language.matching import Everything

if TYPE_CHECKING:
    from search.archive import Archive

_LONGEST_VALUE = 60
_SHOWN_VALUES = 10
_SHOWN_SEARCHES = 10
_MOST_DOCUMENTS_SEARCHED = 5000
"""Documents up to which the example searches are tried on what would be published, in memory."""


def plan(config: Config, options: argparse.Namespace) -> int:
    """Show, field by field, what publishing would add, change and remove; publish nothing."""
    report = Report(options)
    corpus = read_and_report(config, options, report)
    engine = open_engine(config)
    changes = make_plan(corpus, read_published(engine, 0))
    details = {document.id: _find_changes(engine, document) for document in changes.changed}
    if options.json or report.format == "json":
        added = sorted(document.id for document in changes.added)
        print(json.dumps({"added": added, "changed": details, "removed": list(changes.removed)}, ensure_ascii=False))
    else:
        _print_changes(report, changes, details)
        _print_new_values(report, config, engine, changes)
        _print_searches(report, config, engine, corpus, changes)
        report.say(summarize(changes))
    refusal = changes.refusal(0)
    refused = f"would be refused: {refusal}" if refusal else ""
    for sentence in filter(None, (_explain_rebuild(config, engine), explain_kept(changes), refused)):
        print(sentence, file=sys.stderr)
    return REPORTED if corpus.errors or changes.kept or refusal else DONE


def _explain_rebuild(config: Config, engine: Engine) -> str:
    """Return a sentence if publishing would build the whole index again, "" if it would not."""
    try:
        is_same = engine.current().stamp == index_stamp(config)
    except IndexOutdated:
        is_same = False
    except IndexProblem:
        return ""
    return "" if is_same else "the index was built with other settings or by another program: `update` would build it again"


def _find_changes(engine: Engine, document: Document) -> dict[str, list[Any]]:
    with suppress(IndexProblem):
        old = engine.get(document.id)
        if old is not None:
            return changed_fields(old, document)
    return {}


def _print_changes(report: Report, changes: Plan, details: Mapping[str, Mapping[str, list[Any]]]) -> None:
    for document in changes.added:
        report.say(f"+ {document.id}")
    for document in changes.changed:
        report.say(f"~ {document.id}")
        for name, (old, new) in details[document.id].items():
            report.say(f"    {name}: {_describe(name, old, new)}")
    for document_id in changes.removed:
        new_id = changes.renamed.get(document_id)
        report.say(f"- {document_id}" + (f" (its file gives it the id {new_id} now)" if new_id else ""))


def _describe(name: str, old: Any, new: Any) -> str:
    if name in ("text", "sections"):
        before, after = len(str(old).split()), len(str(new).split())
        return f"{before:,} words, now {after:,}" if name == "text" else "its layout differs"
    if isinstance(old, list) and isinstance(new, list):
        gone, entered = [item for item in old if item not in new], [item for item in new if item not in old]
        parts = [*(f"without {_shorten(item)}" for item in gone), *(f"with {_shorten(item)}" for item in entered)]
        return ", ".join(parts) or "in another order"
    return f"{_shorten(old)}, now {_shorten(new)}"


def _shorten(value: Any) -> str:
    if value in ("", None, []):
        return "nothing"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"“{text[: _LONGEST_VALUE - 1]}…”" if len(text) > _LONGEST_VALUE else f"“{text}”"


def _print_new_values(report: Report, config: Config, engine: Engine, changes: Plan) -> None:
    names = tuple(field.name for field in Fields(config).facets if field.name != "year")
    try:
        known = engine.find(Request(Everything(), facets=names, limit=0)).counts
    except IndexProblem:
        return
    for name, values in new_values((*changes.added, *changes.changed), known).items():
        more = f" and {len(values) - _SHOWN_VALUES:,} more" if len(values) > _SHOWN_VALUES else ""
        report.say(f"new values of {name}: {', '.join(values[:_SHOWN_VALUES])}{more}")


def _print_searches(report: Report, config: Config, engine: Engine, corpus: Corpus, changes: Plan) -> None:
    """Say how the results of the first ten example searches would change."""
    searches = config.site.examples[:_SHOWN_SEARCHES]
    if not searches or changes.is_empty or len(corpus.documents) > _MOST_DOCUMENTS_SEARCHED:
        return
    from search.archive import Archive  # with all that a search needs, which no other command does

    before, after = Archive(config, engine), Archive(config, open_engine_in_memory(config))
    after.engine.build(corpus.documents)
    for text in searches:
        try:
            old, new = _first_ids(before, text), _first_ids(after, text)
        except IndexProblem:
            return
        if old != new:
            report.say(f"search {text}: {old[0]:,} found, would be {new[0]:,}{_describe_moves(old[1], new[1])}")


def _first_ids(archive: Archive, text: str) -> tuple[int, list[str]]:
    page = archive.search(Query(text), facets=())
    return page.total, [hit.document.id for hit in page.hits]


def _describe_moves(old: list[str], new: list[str]) -> str:
    """Return what happens among the first ten."""
    entered = [f"{found} comes to {new.index(found) + 1}" for found in new if found not in old]
    gone = [f"{found} leaves {old.index(found) + 1}" for found in old if found not in new]
    moved = [
        f"{found} moves from {old.index(found) + 1} to {new.index(found) + 1}"
        for found in new
        if found in old and old.index(found) != new.index(found)
    ]
    moves = [*entered, *gone, *moved]
    return f"; {', '.join(moves[:5])}" + (", …" if len(moves) > 5 else "") if moves else ""
