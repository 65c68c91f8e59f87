"""The page of a document."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from search.model.dates import display_date
from search.model.document import Document
from search.model.query import Query
from webui.addresses.links import document_url, search_url, topic_url
from webui.addresses.moved import document_at_old_id, refuse
from webui.addresses.request import archive, requested_query
from webui.pages.links import topic_links

blueprint = Blueprint("document", __name__)
_CELLS = " | "
"""Between the cells of a table that was read as text."""


@blueprint.get("/documents/<path:document_id>")
def document(document_id: str) -> str | Response:
    """Show one document."""
    found = archive().document(document_id)
    if found is None:
        moved = document_at_old_id(document_id)
        return redirect(document_url(moved.id), 301) if moved else refuse(document_id)
    query, _ = requested_query()
    topic = request.args.get("from-topic", "")
    if topic:
        back = search_url(Query(page=query.page, per_page=query.per_page), topic_url(topic))
    else:
        back = search_url(query) if request.query_string else ""
    topics = topic_links(found.topics)
    field = archive().fields.keyword["topic"]
    evidence = [(field.value_label(one.topic), one) for one in found.topic_evidence]
    extra = [(archive().fields.keyword[name].label, ", ".join(values)) for name, values in found.extra]
    return render_template(
        "document.html",
        document=found,
        title=archive().display_title(found),
        kind=archive().fields.keyword["type"].value_label(found.type) if found.type else "",
        date=display_date(found.date, archive().config.language),
        credits=credits(found),
        topics=topics,
        evidence=evidence,
        extra=extra,
        back=back,
        back_to="topic" if topic else "results",
        blocks=blocks,
    )


def blocks(text: str) -> list[list[list[str]]]:
    """A text as paragraphs (one row of one cell) and tables: rows side by side that are cut into as many cells."""
    found: list[list[list[str]]] = []
    for paragraph in text.split("\n\n"):
        cells = paragraph.split(_CELLS)
        if len(cells) > 1 and found and len(found[-1][-1]) == len(cells):
            found[-1].append(cells)
        else:
            found.append([cells])
    return [block if len(block) > 1 else [[_CELLS.join(block[0])]] for block in found]


def credits(document: Document) -> list[tuple[str, str]]:
    """People by role, in the order they are named: ("author", "A, B")."""
    roles: dict[str, list[str]] = {}
    for person in document.people:
        roles.setdefault(person.role, []).append(person.name)
    return [(role, ", ".join(names)) for role, names in roles.items()]
