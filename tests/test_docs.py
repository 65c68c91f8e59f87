"""The documentation says what is there, all of it, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from indexer.commands.cli import main as indexer
from search.config.loading import load_config
from search.config.settings import Config

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = ("check", "plan", "build", "update", "status", "rollback", "watch")


def test_every_command_is_in_the_readme_and_every_command_there_exists(capsys):
    assert set(re.findall(r"python -m indexer (\w+)", README)) == set(COMMANDS)
    for command in COMMANDS:
        with pytest.raises(SystemExit) as ended:
            indexer([command, "--help"])
        assert ended.value.code == 0
    for module in re.findall(r"python -m (\w+)", README):
        assert (ROOT / module / "__main__.py").exists()


def test_every_option_in_the_readme_exists():
    source = "".join(path.read_text() for path in (ROOT / "indexer" / "commands" / "cli.py", ROOT / "search" / "__main__.py"))
    for option in re.findall(r"--[a-z][a-z-]+", README):
        assert f'"{option}"' in source


def test_every_make_target_in_the_readme_exists():
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"make (serve|test|lint|audit|cluster)", README):
        assert re.search(rf"^{target}:", makefile, re.M)


def test_every_top_setting_is_in_the_readme_and_every_one_there_exists():
    table = README.partition("| setting |")[2].partition("\n\n")[0]
    named = {name for row in table.splitlines() if row.startswith("| `") for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert named == set(Config.model_fields) - {"path"}


def _settings(model: Any) -> dict[str, Any]:
    """The settings below a model by name, with the model inside each, if any."""
    return {name: _inside(field.annotation) for name, field in model.model_fields.items() if (model, name) != (Config, "path")}


def _inside(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in getattr(annotation, "__args__", ()) if (found := _inside(part))), None)


def test_the_shipped_configuration_shows_every_setting():
    shown = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))

    def keys(data: Any) -> set[str]:
        if isinstance(data, dict):
            return set(data) | {key for value in data.values() for key in keys(value)}
        return {key for item in data for key in keys(item)} if isinstance(data, list) else set()

    text = (ROOT / "config.yaml").read_text(encoding="utf-8")
    waiting, seen = [Config], set()
    while waiting:
        model = waiting.pop()
        for name, inside in _settings(model).items():
            assert name in keys(shown) or re.search(rf"\b{name}:", text), f"{model.__name__}.{name}"
            if inside is not None and inside not in seen:
                seen.add(inside)
                waiting.append(inside)


def test_the_two_line_configuration_of_the_readme_works(tmp_path):
    lines = re.search(r"    (sources: .*)\n    (index: .*)\n", README)
    (tmp_path / "config.yaml").write_text("\n".join(lines.groups()))
    document = re.search(r"JSON Lines of `(\{.*\})`", README)[1]
    (tmp_path / "docs.jsonl").write_text(document)
    assert indexer(["build", "--config", str(tmp_path / "config.yaml")]) == 0
    assert load_config(tmp_path / "config.yaml").index.path == "index"


def test_the_picture_is_there():
    for name in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README):
        assert (ROOT / name).exists()
