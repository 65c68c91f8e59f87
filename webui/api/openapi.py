"""The description of the API, as OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from search.archive import Archive
from search.engines.contract import MAX_WINDOW
from search.model.dates import BOUND_PATTERN
from search.model.query import SORTS
from webui.addresses.parameters import MAX_PER_PAGE, MAX_VALUE_LENGTH, MAX_VALUES
from webui.api.answers import ANSWERS, HIT_KEYS
from webui.api.cursors import CURSOR_PATTERN

_ABOUT_CURSORS = (
    "`*` for the first page, then the `next_cursor` of the answer before, with the same parameters. Reads any number of results. "
    "A cursor is valid for one generation: after a publication the answer is 410. An unknown cursor gives 404. "
    "With a cursor, `page` is ignored, with a notice."
)
_ABOUT_EXCLUDED = "values to leave out; one that is also chosen counts as chosen, with a notice"
_ABOUT_LANGUAGE = "language of the labels, such as `de`; values never change"
_REFERENCE = "#/components/schemas/{name}"


def description(archive: Archive, selectable: Sequence[str]) -> dict[str, Any]:
    """Return the document at /api/v1/openapi.json. `selectable` are the fields that can be filtered by."""
    (results, completion, problem_schema), schemas = msgspec.json.schema_components(ANSWERS, ref_template=_REFERENCE)
    del schemas["HitAnswer"]["required"]  # `fields` chooses
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
                _parameters(archive, selectable),
                {"200": _json("One page of results", results), "400": problem, "404": problem, "410": problem, "503": problem},
            ),
            "/api/v1/completions": _get(
                "Completions, each found to give results",
                [_parameter("q", {"type": "string"}), _parameter("lang", {"type": "string"}, _ABOUT_LANGUAGE)],
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


def _parameters(archive: Archive, selectable: Sequence[str]) -> list[dict[str, Any]]:
    """Return the parameters of a search. An empty parameter is the same as none."""
    values = {"type": "array", "items": {"type": "string", "maxLength": MAX_VALUE_LENGTH}, "maxItems": MAX_VALUES}
    bound = {"type": "string", "pattern": f"^(?:{BOUND_PATTERN.pattern})$"}
    switch = {"type": "string", "enum": ["", "0", "1"]}
    cursor = {"type": "string", "pattern": f"^{CURSOR_PATTERN.pattern}$"}
    facets = [field.name for field in archive.fields.facets]
    about_pages = f"404 beyond the last, and beyond the first {MAX_WINDOW} results: read these with `cursor`"
    return [
        _parameter("q", {"type": "string"}),
        *(_parameter(name, values) for name in selectable),
        *(_parameter(f"-{name}", values, _ABOUT_EXCLUDED) for name in selectable),
        _parameter("from", bound, "later than `to` finds nothing, with a notice"),
        _parameter("to", bound),
        _parameter("exact", switch),
        _parameter("explain", switch),
        _list_parameter("facets", "the facets to count; by default all, with a cursor none", facets),
        _list_parameter("fields", "the keys of hits to send; by default all", HIT_KEYS),
        _parameter("sort", {"type": "string", "enum": ["", *SORTS]}),
        _parameter("page", _number(MAX_WINDOW), about_pages),
        _parameter("per_page", _number(MAX_PER_PAGE)),
        _parameter("cursor", cursor, _ABOUT_CURSORS),
        _parameter("lang", {"type": "string"}, _ABOUT_LANGUAGE),
    ]


def _number(most: int) -> dict[str, Any]:
    return {"anyOf": [{"type": "integer", "minimum": 1, "maximum": most}, {"const": ""}]}


def _list_parameter(name: str, text: str, known: Sequence[str]) -> dict[str, Any]:
    """Return a parameter that lists names separated by commas."""
    schema = {"type": "array", "items": {"type": "string", "enum": list(known)}}
    return _parameter(name, schema, text) | {"style": "form", "explode": False}


def _parameter(name: str, schema: dict[str, Any], text: str = "") -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, **({"description": text} if text else {})}


def _json(text: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": text, "content": {"application/json": {"schema": schema}}}
