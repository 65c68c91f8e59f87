"""The description of the API, as OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

from search.archive import Archive
from search.model.query import SORTS
from webui.addresses.parameters import MAX_PER_PAGE


def description(archive: Archive) -> dict[str, Any]:
    """The document at /api/v1/openapi.json."""
    problem = {"description": "What was wrong, as RFC 9457", "content": {"application/problem+json": {"schema": _problem()}}}
    identifier = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    object_schema = {"type": "object"}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": archive.config.site.name,
            "version": "1",
            "description": "Keys may be added in v1, never changed.",
        },
        "servers": [{"url": archive.config.site.address}],
        "paths": {
            "/api/v1/search": _get(
                "Search",
                _parameters(archive),
                {"200": _json("One page of results", _result_page()), "400": problem, "503": problem},
            ),
            "/api/v1/suggest": _get(
                "Completions, each found to give results",
                [_parameter("q", {"type": "string"})],
                {"200": _json("[typed, [completions], [descriptions]]", {"type": "array"})},
            ),
            "/api/v1/documents/{id}": _get(
                "One document", [identifier], {"200": _json("The document", object_schema), "404": problem}
            ),
            "/api/v1/openapi.json": _get("This description", [], {"200": _json("OpenAPI 3.1", object_schema)}),
        },
    }


def _get(summary: str, parameters: list[dict[str, Any]], responses: dict[str, Any]) -> dict[str, Any]:
    return {"get": {"summary": summary, "parameters": parameters, "responses": responses}}


def _parameters(archive: Archive) -> list[dict[str, Any]]:
    values = {"type": "array", "items": {"type": "string"}}
    parameters = [_parameter("q", {"type": "string"})]
    for field in archive.fields.facets:
        parameters += [_parameter(field.name, values), _parameter(f"-{field.name}", values)]
    parameters += [_parameter(name, {"type": "string"}) for name in ("from", "to")]
    parameters.append(_parameter("sort", {"type": "string", "enum": list(SORTS)}))
    parameters.append(_parameter("page", {"type": "integer", "minimum": 1}))
    parameters.append(_parameter("per_page", {"type": "integer", "minimum": 1, "maximum": MAX_PER_PAGE}))
    return parameters


def _parameter(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema}


def _json(text: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": text, "content": {"application/json": {"schema": schema}}}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


def _result_page() -> dict[str, Any]:
    text, number, maybe = {"type": "string"}, {"type": "integer"}, {"type": ["string", "null"]}
    fragment = _object(text=text, match={"type": "boolean"})
    hit = _object(
        id=text, title=text, title_status={"enum": ["published", "filled", "not_preserved"]}, type=maybe, date=maybe,
        year={"type": ["integer", "null"]}, topics={"type": "array", "items": text}, url=maybe, page_url=text,
        score={"type": "number"}, snippet={"type": "array", "items": fragment},
    )  # fmt: skip
    value = _object(value=text, label=text, count=number, selected={"enum": [False, "include", "exclude"]}, parent=maybe)
    return _object(
        query={"type": "object"}, total=number, page=number, per_page=number, hits={"type": "array", "items": hit},
        facets={"type": "object", "additionalProperties": {"type": "array", "items": value}}, suggestion=maybe, generation=text,
    )  # fmt: skip


def _problem() -> dict[str, Any]:
    text = {"type": "string"}
    return {
        "type": "object",
        "required": ["title", "status"],
        "properties": {"title": text, "status": {"type": "integer"}, "detail": text},
    }
