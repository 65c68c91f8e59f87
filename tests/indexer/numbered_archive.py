"""An archive of 35 numbered records in two files of JSON Lines, for tests of the commands."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from search.config.loading import load_config
from search.engines.open_engine import open_engine

Run = Callable[..., int]


def write(path: Path, count: int, prefix: str = "d", text: str = "words") -> None:
    path.write_text("".join(json.dumps({"id": f"{prefix}{n}", "title": f"Title {n}", "text": text}) + "\n" for n in range(count)))


def published_ids(folder: Path) -> set[str]:
    return set(open_engine(load_config(folder / "config.yaml")).list_published())
