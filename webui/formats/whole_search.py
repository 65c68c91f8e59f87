"""Whole searches and chosen documents as files, streamed from one generation, a limited number at once."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from itertools import chain, islice
from typing import NamedTuple, cast
from urllib.parse import quote

from flask import Blueprint, Flask, Response, abort, current_app, g, request
from msgspec.structs import replace

from search.chunks import split_in_chunks
from search.model.document import Document
from search.model.query import Query
from search.text.analysis import fold
from webui.addresses.parameters import ParameterProblem
from webui.addresses.request import BadRequest, Busy, archive, strictly_requested_query
from webui.languages import PageLanguage, page_language

MAX_CHOSEN = 1000
"""Documents that one address may name."""
_PIECE = 32_768
"""Characters written at a time; a response of many small pieces costs more to send than to make."""
_ATTEMPTS = 3
_LONGEST_NAME = 60


class Export(NamedTuple):
    """The documents of an export in order, from one generation. `total` is None if their number is not known."""

    query: Query
    total: int | None
    generation: str
    documents: Iterator[Document]


class Form(NamedTuple):
    """A format: the ending and media type of its files, and the functions that write a document or a whole export."""

    ending: str
    media_type: str
    write: Callable[[Document], str]
    write_all: Callable[[Export], Iterable[str]] | None = None
    is_file: bool = True

    def pieces(self, export: Export) -> Iterable[str]:
        """Yield the file in pieces."""
        return self.write_all(export) if self.write_all else map(self.write, export.documents)


def make_blueprint(name: str, searched: Form, chosen: Form) -> Blueprint:
    """Return the routes of a format: /search with its ending for a whole search, /cite for the documents that `id` names."""
    blueprint = Blueprint(name, __name__)
    blueprint.add_url_rule(f"/search.{searched.ending}", "search", partial(answer_search, searched))
    blueprint.add_url_rule(f"/cite.{searched.ending}", "cite", partial(answer_chosen, chosen))
    return blueprint


def answer_search(form: Form, query: Query | None = None) -> Response:
    """Answer with all documents of the search this address asks for. Raises BadRequest, or Busy with too many exports at once."""
    query = query or strictly_requested_query()[0]
    turn = take_turn()
    try:
        export = _open(query)
        response = _file(form, export._replace(documents=_end_turn_after(export.documents, turn)), query.text)
    except BaseException:
        turn.close()
        raise
    response.call_on_close(turn.close)
    return response


def answer_chosen(form: Form) -> Response:
    """Answer with the documents that the parameters `id` name, in their order. Raises BadRequest, or 404 for an unknown one."""
    ids = list(dict.fromkeys(value for value in request.args.getlist("id") if value))
    if not 0 < len(ids) <= MAX_CHOSEN:
        raise BadRequest([ParameterProblem("id", f"“id” must name 1 to {MAX_CHOSEN:,} documents")])
    found = [archive().document(document_id) for document_id in ids]
    documents = [document for document in found if document]
    if len(documents) < len(ids):
        abort(404)
    generation = archive().engine.current().id
    return _file(form, Export(Query(), len(documents), generation, iter(documents)), ids[0] if len(ids) == 1 else "chosen")


def _open(query: Query) -> Export:
    """Return the documents and their number, both of one generation.

    If publications follow each other too fast, the number is None.
    """
    of = archive()
    for _ in range(_ATTEMPTS):
        page = of.search(replace(query, page=1, per_page=1), facets=())
        documents = iter(of.every(query))
        first = list(islice(documents, 1))  # holds an engine to its generation
        total = page.total if of.engine.current().id == page.generation else None
        if total is not None:
            break
    return Export(query, total, page.generation, chain(first, documents))


def _file(form: Form, export: Export, words: str) -> Response:
    pieces = ("".join(chunk).encode() for chunk in split_in_chunks(form.pieces(export), len, _PIECE))
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    response = Response(_iterate_in_context(app, page_language(), pieces), content_type=f"{form.media_type}; charset=utf-8")
    if export.total is not None:
        response.headers["X-Total-Count"] = str(export.total)
    response.headers["X-Generation"] = export.generation
    if form.is_file:
        response.headers["Content-Disposition"] = _disposition(words, form.ending)
    return response


def _disposition(words: str, ending: str) -> str:
    """Return the header by which browsers save the answer, under a name of archive, words and date."""
    name = f"{file_name(archive().config.site.name, words)}.{ending}"
    plain = fold(name).encode("ascii", "ignore").decode()
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def file_name(archive_name: str, words: str) -> str:
    """Return a name of archive, words and today's date, of letters, digits and hyphens only."""
    parts = (re.sub(r"[\W_]+", "-", part).strip("-")[:_LONGEST_NAME].strip("-") for part in (archive_name, words))
    return "-".join((*(part for part in parts if part), f"{datetime.now(UTC):%Y-%m-%d}"))


def _iterate_in_context(app: Flask, language: PageLanguage, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the pieces, each made in an application context of its own, because a client may never ask for the next."""
    while True:
        with app.app_context():
            g.page_language = language
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


def take_turn() -> ExitStack:
    """Take one of the turns for reading whole searches; a quarter of a process's threads may have one at a time.

    Closing the result ends the turn; closing it again does nothing. Raises Busy if all turns are taken.
    """
    made = threading.BoundedSemaphore(current_app.config["EXPORTS_AT_ONCE"])
    turns = cast(threading.BoundedSemaphore, current_app.extensions.setdefault("exports", made))
    if not turns.acquire(blocking=False):
        raise Busy("Too many exports are being written at the moment. Try again in a few seconds.")
    turn = ExitStack()
    turn.callback(turns.release)
    return turn


def _end_turn_after(documents: Iterator[Document], turn: ExitStack) -> Iterator[Document]:
    """Yield the documents; the turn ends after the last one, whether or not the client reads the rest of the answer."""
    yield from documents
    turn.close()
