"""An archive of three records, each in a file of its own, with facts about two of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from search.config.loading import load_config
from search.engines.open_engine import open_engine

Run = Callable[..., int]


def line(document_id: str, **more: object) -> str:
    return json.dumps({"id": document_id, "title": "T", "text": "words", **more}) + "\n"


def published_places(folder: Path) -> dict[str, str]:
    engine = open_engine(load_config(folder / "config.yaml"))
    return {key: document.place for key in engine.list_published() if (document := engine.get(key))}


def note(folder: Path, name: str, document_id: str) -> None:
    (folder / "corpus" / f"{name}.md").write_text(f"---\nid: {document_id}\n---\n# Of {name}\n\nwords\n")


def title(folder: Path, document_id: str) -> str:
    document = open_engine(load_config(folder / "config.yaml")).get(document_id)
    return document.title if document else ""
