"""The description of the API, as OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

import msgspec

from search.archive import Archive
from search.model.query import SORTS
from webui.addresses.parameters import MAX_PER_PAGE
from webui.api.answers import ANSWERS

_REFERENCE = "#/components/schemas/{name}"


def description(archive: Archive) -> dict[str, Any]:
    """The document at /api/v1/openapi.json."""
    (results, completion, problem_schema), schemas = msgspec.json.schema_components(ANSWERS, ref_template=_REFERENCE)
    problem = {"description": "What was wrong (RFC 9457)", "content": {"application/problem+json": {"schema": problem_schema}}}
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
                {"200": _json("One page of results", results), "400": problem, "503": problem},
            ),
            "/api/v1/completions": _get(
                "Completions, each found to give results",
                [_parameter("q", {"type": "string"})],
                {"200": _json("Titles, topics, people and words", {"type": "array", "items": completion})},
            ),
            "/api/v1/suggest": _get(
                "The same as browsers expect it",
                [_parameter("q", {"type": "string"})],
                {"200": _json("[typed, [completions], [descriptions]]", {"type": "array"})},
            ),
            "/api/v1/documents/{id}": _get(
                "One document", [identifier], {"200": _json("The document", object_schema), "404": problem}
            ),
            "/api/v1/openapi.json": _get("This description", [], {"200": _json("OpenAPI 3.1", object_schema)}),
        },
        "components": {"schemas": schemas},
    }


def _get(summary: str, parameters: list[dict[str, Any]], responses: dict[str, Any]) -> dict[str, Any]:
    return {"get": {"summary": summary, "parameters": parameters, "responses": responses}}


def _parameters(archive: Archive) -> list[dict[str, Any]]:
    values = {"type": "array", "items": {"type": "string"}}
    parameters = [_parameter("q", {"type": "string"})]
    for field in archive.fields.facets:
        parameters += [_parameter(field.name, values), _parameter(f"-{field.name}", values)]
    parameters += [_parameter(name, {"type": "string"}) for name in ("from", "to")]
    parameters.append(_parameter("exact", {"type": "string", "enum": ["1"]}))
    parameters.append(_parameter("facets", {"type": "string", "description": "names of facets, with commas between them"}))
    parameters.append(_parameter("sort", {"type": "string", "enum": list(SORTS)}))
    parameters.append(_parameter("page", {"type": "integer", "minimum": 1}))
    parameters.append(_parameter("per_page", {"type": "integer", "minimum": 1, "maximum": MAX_PER_PAGE}))
    return parameters


def _parameter(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema}


def _json(text: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": text, "content": {"application/json": {"schema": schema}}}
