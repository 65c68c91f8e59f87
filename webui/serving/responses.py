"""What all responses share: security headers, permission for pages of other sites, caching by generation, compression."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from flask import Flask, Request, Response, abort, g
from flask.globals import request_ctx
from werkzeug.http import http_date

import search.errors
from search.errors import FindingAidError
from webui.addresses.request import archive, is_for_program

MAX_URL = 65_536
"""Bytes of an address: four times the longest query with every character escaped."""
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        "script-src 'self'; connect-src 'self'; font-src 'self'; require-trusted-types-for 'script'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_OTHER_SITES = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
    "Access-Control-Expose-Headers": "ETag, X-Total-Count, X-Generation, Content-Disposition, Retry-After",
    "Access-Control-Max-Age": "86400",
}
"""Pages of other sites may read answers for programs: nothing here is secret, and nothing can be changed."""
_STRICT_TRANSPORT = "max-age=31536000"
"""A year; only where the archive's own address says https."""
_COMPRESSED = (
    "text/", "application/json", "application/problem+json", "application/atom+xml", "application/xml", "image/svg",
    "application/x-research-info-systems", "application/x-bibtex",
)  # fmt: skip
_SMALLEST_COMPRESSED = 600
"""Bytes; below that a compressed response is hardly smaller, and fits one packet anyway."""
_LEVEL = 3
"""Of nine: a page of results is 4 % larger than at level 4, in half the time."""
_VARY = "Accept-Encoding"
"""The one header of a request, beside those that ask whether an answer has changed, that answers depend on."""
_NOT_FROM_THE_INDEX = frozenset({"static_files", "health", "metrics", "oai", "files"})
"""Routes whose answers are not determined by their address and the generation."""
_WITH_THE_DAY = frozenset({"about", "document", "cited_search"})
"""Routes whose pages say which day it is, as that on which they were read or printed."""


def install(app: Flask) -> None:
    """Add all of this to an application."""
    version = app.extensions["version"] = _version(app)
    changed = _last_change(app)
    headers = dict(_HEADERS)
    if app.extensions["archive"].config.site.address.startswith("https://"):
        headers["Strict-Transport-Security"] = _STRICT_TRANSPORT

    @app.before_request
    def refuse_or_answer_from_cache() -> Response | tuple[str, int] | None:
        asked = request_ctx.request  # each use of flask.request looks it up again
        address = asked.full_path
        if len(address) > MAX_URL:
            abort(414)
        if asked.method in ("GET", "HEAD") and asked.blueprint and asked.blueprint not in _NOT_FROM_THE_INDEX:
            day = _today() if asked.blueprint in _WITH_THE_DAY else None
            known = g.validators = _validators(version, changed, address, day)
            if known and _is_unchanged(asked, known):
                return Response(status=304)
        return None

    @app.after_request
    def finish(response: Response) -> Response:
        stated = {name.lower() for name, _ in response.headers}
        response.headers.extend([(name, value) for name, value in headers.items() if name.lower() not in stated])
        asked = request_ctx.request
        if is_for_program(asked.path):
            response.headers.update(_OTHER_SITES)
        _cache(response, asked)
        _compress(response, asked)
        return response


def _version(app: Flask) -> str:
    """Return twelve hexadecimal digits that change whenever the program, the configuration or a file that it names does."""
    config = app.extensions["archive"].config
    files = [*_files(app), *(path for path in config.read_by_servers if path.is_file())]
    made = hashlib.sha256(b"".join(path.read_bytes() for path in files))
    made.update(config.model_dump_json(exclude={"opensearch", "path"}).encode())
    return made.hexdigest()[:12]


def _files(app: Flask) -> list[Path]:
    rooms = (Path(app.root_path), Path(search.errors.__file__).parent)
    endings = (".py", ".html", ".css", ".js", ".svg", ".xml", ".mo")
    return sorted(path for room in rooms for path in room.rglob("*") if path.suffix in endings)


def _last_change(app: Flask) -> datetime:
    """Return when the program, the configuration or a file that it names was last changed."""
    config = app.extensions["archive"].config
    files = [*_files(app), config.path, *config.read_by_servers]
    return datetime.fromtimestamp(max(path.stat().st_mtime for path in files if path.exists()), UTC).replace(microsecond=0)


class _Validators(NamedTuple):
    """What a client sends back to ask whether an answer has changed: its ETag, and its time of last change as HTTP writes it.

    They are those of the generation that answered when the request came.
    """

    etag: str
    modified: str
    generation: str


def _validators(version: str, changed: datetime, address: str, day: datetime | None) -> _Validators | None:
    """Return the validators of the answer at an address; None without an index. `day` is given where the answer depends on it.

    Answers with one tag are equal: same generation, same address, same program, and if it matters same day.
    """
    try:
        generation = archive().engine.current()
    except FindingAidError:  # the view meets the same error and reports it
        return None
    identity = f"{generation.id} {version} {address}" + (f" {day:%Y-%m-%d}" if day else "")
    etag = hashlib.sha256(identity.encode()).hexdigest()[:24]
    return _Validators(etag, _last_modified(generation.built_at, max(changed, day) if day else changed), generation.id)


def _today() -> datetime:
    """Return when the day began, in UTC as the days that pages print."""
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


@lru_cache(maxsize=8)
def _last_modified(built_at: str, changed: datetime) -> str:
    return http_date(max(datetime.fromisoformat(built_at), changed))


def _is_current(known: _Validators) -> bool:
    """Whether no other generation was opened while the answer was made: it may have been made from either."""
    try:
        return archive().engine.current().id == known.generation
    except FindingAidError:
        return False


def _is_unchanged(asked: Request, known: _Validators) -> bool:
    """Whether the client has this answer. Its time must be equal, not only later, because a rollback is a change too."""
    if "HTTP_IF_NONE_MATCH" in asked.environ:
        given = asked.if_none_match
        # "*" asks whether the address exists, which only the view knows.
        return given.contains_weak(known.etag) and not given.star_tag
    since = asked.if_modified_since
    return since is not None and http_date(since) == known.modified


def _cache(response: Response, asked: Request) -> None:
    known = g.get("validators")
    if response.status_code in (200, 304) and known and _is_current(known):
        response.set_etag(known.etag, weak=True)
        response.headers["Last-Modified"] = known.modified
        response.headers["Cache-Control"] = "public, max-age=60"
        response.headers["Vary"] = _VARY
    elif asked.path.startswith("/static/") and asked.args.get("v") and response.status_code == 200:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    elif not response.headers.get("Cache-Control"):
        response.headers["Cache-Control"] = "no-cache"


def _compress(response: Response, asked: Request) -> None:
    if response.direct_passthrough or response.status_code in (204, 304) or not (response.mimetype or "").startswith(_COMPRESSED):
        return
    response.headers["Vary"] = _VARY
    if not asked.accept_encodings["gzip"] or asked.method == "HEAD":
        return
    if response.is_streamed:
        response.response = _compress_pieces(response.iter_encoded())
        response.headers["Content-Encoding"] = "gzip"
        return
    body = response.get_data()
    if len(body) >= _SMALLEST_COMPRESSED:
        response.set_data(gzip.compress(body, _LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"


def _compress_pieces(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the pieces as gzip, each part as soon as it is ready."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    for piece in pieces:
        if packed := packer.compress(piece):
            yield packed
    yield packer.flush()
