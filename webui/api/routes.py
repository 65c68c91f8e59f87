"""The addresses below /api/v1, and /search.json."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from flask import Blueprint, Response, current_app, request

from search.completions import Completion, Completions
from search.engines.contract import MAX_WINDOW
from search.model.document import Person
from search.model.query import Query
from search.model.results import Explanation, Facet, FacetValue, Hit, ResultPage
from search.query_language.cutting import MAX_CHARACTERS
from webui.addresses.links import absolute, document_url, person_url, search_url, topic_url
from webui.addresses.moved import refuse
from webui.addresses.parameters import ParameterProblem
from webui.addresses.request import NoSuchPage, archive, selectable_fields
from webui.api import answers
from webui.api.cursors import write_cursor
from webui.api.openapi import description
from webui.api.parameters import Search, requested_search
from webui.languages import locale_code
from webui.pages.links import count_label
from webui.pages.words import value_label
from webui.serving.metrics import search_and_record

blueprint = Blueprint("api", __name__)


def json_response(data: Any) -> Response:
    """Return data as JSON."""
    return Response(msgspec.json.encode(data), mimetype="application/json")


@blueprint.get("/api/v1/search")
def search() -> Response:
    """Answer with one page of results. `facets=type,year` chooses the facets, `fields=id,title` the keys of hits.

    `explain=1` adds the reasons for the rank of each hit.
    """
    asked = requested_search()
    page = search_and_record(asked.query, asked.facets, all_matches=True)
    asked.ensure_current(page.generation)
    if page.query.page > page.page_count:
        most = min(page.page_count, MAX_WINDOW // page.query.per_page)
        raise NoSuchPage([ParameterProblem("page", f"There are {most} pages, so “page” must be a number from 1 to {most}")])
    answer = _search_answer(page, asked)
    if asked.keys is None:
        return json_response(answer)
    keys = [*asked.keys, "explanation"] if asked.is_explained else asked.keys
    hits = [{key: getattr(hit, key) for key in keys} for hit in answer.hits]
    return json_response(msgspec.to_builtins(answer) | {"hits": hits})


@blueprint.get("/api/v1/documents/<id:document_id>")
def document(document_id: str) -> Response:
    """Answer with everything known about one document."""
    found = archive().document(document_id)
    if found is None:
        refuse(document_id)
    described = msgspec.to_builtins(found)
    described |= {
        "title": archive().display_title(found),
        "title_status": found.known_title_status,
        "people": _people(found.people),
        "date": found.date.edtf if found.date else None,
        "date_words": found.date_words or (found.date.words if found.date else ""),
        "year": found.date.year if found.date else None,
        "access": found.access,
        "page_url": absolute(document_url(found.id)),
    }
    return json_response({key: value for key, value in described.items() if key != "source_path"})


@blueprint.get("/api/v1/completions")
def completions() -> Response:
    """Answer with completions of what was typed: titles, topics, people and words."""
    offered = _complete(request.args.get("q", ""))
    return json_response([answers.CompletionAnswer(one.text, one.kind, one.total, _url_of_completion(one)) for one in offered])


@blueprint.get("/api/v1/suggest")
def suggest() -> Response:
    """Answer with completions in the form browsers ask for: [typed, [completions], [how many results each has]]."""
    typed = request.args.get("q", "")[:MAX_CHARACTERS]
    offered = _complete(typed)
    return json_response([typed, [one.text for one in offered], [count_label(one.total) for one in offered]])


def _complete(typed: str) -> list[Completion]:
    of: Completions = current_app.extensions["completions"]
    return of.complete(typed[:MAX_CHARACTERS], language=locale_code())


@blueprint.get("/api/v1/openapi.json")
def openapi() -> Response:
    """Answer with the description of the API."""
    return json_response(description(archive(), selectable_fields()))


def _url_of_completion(one: Completion) -> str:
    match one.kind:
        case "title":
            return document_url(one.key)
        case "topic":
            return topic_url(one.key)
        case "person":
            return person_url(one.key)
        case _:
            return search_url(Query(one.key))


def _search_answer(page: ResultPage, asked: Search) -> answers.SearchAnswer:
    query = page.query
    notices = tuple(map(str, (*asked.notices, *page.reading.notices)))  # the encoder takes plain texts only
    reasons = archive().explain(page) if asked.is_explained else None
    return answers.SearchAnswer(
        query=answers.QueryAnswer(
            text=query.text,
            selections={one.field: answers.Chosen(one.include, one.exclude) for one in query.selections},
            since=query.since or None,
            until=query.until or None,
            sort=page.sort,
            reading=tuple(answers.ReadingPartAnswer(part.text, str(part.meaning)) for part in page.reading.parts),
            notices=notices,
        ),
        total=page.total,
        page=query.page,
        per_page=query.per_page,
        hits=tuple(_hit(hit, reasons) for hit in page.hits),
        facets={facet.field: _facet(facet) for facet in page.facets},
        suggestion=page.suggestion.query.text if page.suggestion else None,
        ran=page.ran,
        typed_total=page.typed_total,
        notices=notices,
        generation=page.generation,
        next_cursor=_next_cursor(page) if asked.has_cursor else msgspec.UNSET,
    )


def _next_cursor(page: ResultPage) -> str | None:
    query = page.query
    return write_cursor(query.with_page(query.page + 1), page.generation) if query.page < page.page_count else None


def _hit(hit: Hit, reasons: Mapping[str, Explanation] | None) -> answers.HitAnswer:
    document = hit.document
    return answers.HitAnswer(
        id=document.id,
        title=hit.display_title,
        title_status=document.known_title_status,
        type=document.type or None,
        date=document.date.edtf if document.date else None,
        year=document.date.year if document.date else None,
        topics=document.topics,
        people=_people(document.people),
        url=document.url or None,
        page_url=absolute(document_url(document.id)),
        score=round(hit.score, 4),
        access=document.access,
        matched=hit.matched,
        snippet=hit.snippet,
        explanation=msgspec.UNSET if reasons is None else reasons.get(hit.document.id),
    )


def _people(people: tuple[Person, ...]) -> tuple[answers.NamedPerson, ...]:
    return tuple(answers.NamedPerson(person.name, person.role) for person in people)


def _label(facet: Facet, value: FacetValue) -> str:
    """Return the label in the language that `lang` chooses, else in the archive's own."""
    return value_label(facet.field, value.value, value.label) if "lang" in request.args else value.label


def _facet(facet: Facet) -> tuple[answers.FacetValueAnswer, ...]:
    return tuple(
        answers.FacetValueAnswer(value.value, _label(facet, value), value.count, value.selected or False, value.parent or None)
        for value in facet.values
    )
