"""The same answers for programs. Keys may be added in v1, never changed or taken away."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Blueprint, Response, request

from search.engines.contract import MAX_WINDOW
from search.model.document import Document
from search.model.results import Facet, Hit, ResultPage
from search.query_language.parser import MAX_CHARACTERS
from webui.addresses.links import absolute, document_url
from webui.addresses.moved import refuse
from webui.addresses.parameters import ParameterProblem
from webui.addresses.request import BadRequest, archive, strictly_requested_query
from webui.api.openapi import description
from webui.serving.metrics import search_and_record

blueprint = Blueprint("api", __name__)


def json_response(data: Any, status: int = 200) -> Response:
    response = Response(msgspec.json.encode(data), status, mimetype="application/json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@blueprint.get("/api/v1/search")
def search() -> Response:
    query, problems = strictly_requested_query()
    page = search_and_record(query)
    if query.page > page.page_count:
        most = min(page.page_count, MAX_WINDOW // query.per_page)
        raise BadRequest([ParameterProblem("page", f"There are {most} pages, so “page” must be a number from 1 to {most}")])
    return json_response(_page(page, [problem.detail for problem in problems]))


@blueprint.get("/api/v1/documents/<path:document_id>")
def document(document_id: str) -> Response:
    found = archive().document(document_id)
    if found is None:
        refuse(document_id)
    described = msgspec.to_builtins(found)
    described |= {
        "title": archive().display_title(found),
        "date": found.date.edtf if found.date else None,
        "page_url": absolute(document_url(found.id)),
    }
    return json_response({key: value for key, value in described.items() if key != "source_path"})


@blueprint.get("/api/v1/suggest")
def suggest() -> Response:
    """Completions in the form browsers ask for: [typed, [completions], [how many results each has]]."""
    typed = request.args.get("q", "")[:MAX_CHARACTERS]
    offered = archive().completions(typed)
    counts = [f"{total:,} result{'' if total == 1 else 's'}" for _, total in offered]
    return json_response([typed, [text for text, _ in offered], counts])


@blueprint.get("/api/v1/openapi.json")
def openapi() -> Response:
    return json_response(description(archive()))


def _page(page: ResultPage, notices: list[str]) -> dict[str, Any]:
    query = page.query
    return {
        "query": {
            "text": query.text,
            "selections": {one.field: {"include": one.include, "exclude": one.exclude} for one in query.selections},
            "from": query.since or None,
            "to": query.until or None,
            "sort": query.order,
            "reading": [{"text": part.text, "meaning": part.meaning} for part in page.reading.parts],
            "notices": [*notices, *page.reading.notices],
        },
        "total": page.total,
        "page": query.page,
        "per_page": query.per_page,
        "hits": [_hit(hit) for hit in page.hits],
        "facets": {facet.field: _facet(facet) for facet in page.facets},
        "suggestion": page.suggestion.query.text if page.suggestion else None,
        "generation": page.generation,
    }


def _hit(hit: Hit) -> dict[str, Any]:
    document = hit.document
    return {
        "id": document.id,
        "title": hit.display_title,
        "title_status": _title_status(document),
        "type": document.type or None,
        "date": document.date.edtf if document.date else None,
        "year": document.date.year if document.date else None,
        "topics": document.topics,
        "url": document.url or None,
        "page_url": absolute(document_url(document.id)),
        "score": round(hit.score, 4),
        "snippet": [{"text": fragment.text, "match": fragment.match} for fragment in hit.snippet],
    }


def _title_status(document: Document) -> str:
    return document.title_status if document.title else "not_preserved"


def _facet(facet: Facet) -> list[dict[str, Any]]:
    return [
        {
            "value": value.value,
            "label": value.label,
            "count": value.count,
            "selected": value.selected or False,
            "parent": value.parent or None,
        }
        for value in facet.values
    ]
