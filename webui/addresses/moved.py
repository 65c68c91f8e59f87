"""Documents that are not at the requested address: their id has changed, or they are gone."""

from __future__ import annotations

from typing import NoReturn

from flask import abort

from search.model.addresses import own_addresses, plain_address
from search.model.document import Document
from webui.addresses.request import archive


def document_at_old_id(document_id: str) -> Document | None:
    """Return the document with this alias; None if there is none."""
    return document_at_old_path(f"/documents/{document_id}")


def document_at_old_path(path: str) -> Document | None:
    """Return the document that was at this path before, here or on the site that has closed; None if there is none."""
    found = archive().at_address(path)
    return found if found is not None and plain_address(path) in own_addresses(found) else None


def refuse(document_id: str) -> NoReturn:
    """Answer 410 for a document that was published and has been removed or withdrawn, 404 for an unknown id."""
    abort(410 if archive().is_gone(document_id) else 404)
