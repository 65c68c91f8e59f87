"""The value of a field of the archive's own that holds words of a query, as a snippet."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from search.config.settings import OwnField
from search.marking.snippets import Marker
from search.model.document import Document
from search.model.results import Fragment, Fragments, has_match


def excerpt_own_fields(document: Document, fields: Mapping[str, OwnField], matched: Collection[str], marker: Marker) -> Fragments:
    """Return the value with its label before it; () where none of the `fields` that `matched` names holds a word."""
    for name, own in fields.items():
        for value in document.values(name) if name in matched else ():
            excerpt = marker.excerpt(value)
            if has_match(excerpt):
                return (Fragment(f"{own.label}: "), *excerpt)
    return ()
