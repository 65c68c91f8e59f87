"""The shipped config.yaml shows every setting, so that another archive can be set up from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from search.config.settings import Config, OwnField

TEXT = (Path(__file__).parents[2] / "config.yaml").read_text(encoding="utf-8")


def _settings(model: type[BaseModel], path: str = "") -> Iterator[tuple[str, str]]:
    for name, field in model.model_fields.items():
        if (model, name) != (Config, "path"):
            yield f"{path}{name}", name
            for inside in _models(field.annotation):
                yield from _settings(inside, f"{path}{name}.")


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


ALL = dict(_settings(Config))


@pytest.mark.parametrize("path", ALL)
def test_every_setting_is_shown(path):
    assert re.search(rf"(?m)(^|[\s{{,`-]){ALL[path]}:", TEXT), f"{path} is not in config.yaml"


def test_the_settings_inside_settings_are_among_them():
    assert {"site.name", "sources.listing.entries.date_format", "topics.phrases", "opensearch.hosts"} <= ALL.keys()
    assert {f"fields.{name}" for name in OwnField.model_fields} <= ALL.keys()
