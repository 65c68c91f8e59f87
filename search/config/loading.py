"""Read a configuration file and report every mistake in it at once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pydantic

from search.config.checks import find_contradictions
from search.config.marked_yaml import MarkedYaml, MarkedYamlError, parse_yaml
from search.config.messages import known_keys, mistake
from search.config.settings import FIELD_NAME, Config
from search.errors import ConfigError, Problem
from search.text.analysis import Analyzer
from search.text.synonyms import Synonyms, parse_synonyms


def load_config(path: str | Path) -> Config:
    """Read and check a configuration file. Raises ConfigError with every mistake found."""
    path = Path(path)
    try:
        marked = parse_yaml(_read_text(path, str(path), "", "name another with --config"))
    except MarkedYamlError as error:
        raise ConfigError([Problem(str(path), error.line, "", f"cannot be read as YAML: {error.reason}")]) from None
    return parse_config(marked, path)


def load_synonyms(config: Config, analyzer: Analyzer) -> Synonyms:
    """Return the synonyms of an archive, none where its configuration names no file. Raises ConfigError."""
    if not config.synonyms:
        return Synonyms(analyzer)
    return parse_synonyms(_read_text(config.folder / config.synonyms, config.synonyms, "synonyms"), config.synonyms, analyzer)


def _read_text(path: Path, name: str, setting: str, fix: str = "correct the path, which is relative to the configuration") -> str:
    """Return the text of the configuration, or of a file it names; `name` is what mistakes call it. Raises ConfigError."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        problem = Problem(name, 0, setting, f"there is no such file; {fix}")
    except OSError as error:
        problem = Problem(name, 0, "", f"cannot be read: {error.strerror or error}; {fix}")
    except UnicodeDecodeError:
        problem = Problem(name, 0, "", "is not UTF-8 text; save it as UTF-8")
    raise ConfigError([problem])


def parse_config(marked: MarkedYaml, path: Path) -> Config:
    """Check plain data against the settings. Raises ConfigError with every mistake found."""
    config: Config | None
    if not isinstance(marked.data, dict):
        raise ConfigError(
            [Problem(str(path), 1, "sources", "is missing; name at least one file, as in `sources: [{path: docs.jsonl}]`")]
        )
    try:
        config = Config.model_validate(_to_tuples(marked.data) | {"path": path})
    except pydantic.ValidationError as error:
        found = error.errors()
        if any(len(each["loc"]) > 1 and each["loc"][0] == "sources" for each in found):  # a mistake in one made the list short
            found = [each for each in found if (each["loc"], each["type"]) != (("sources",), "too_short")]
        problems = [mistake(each, Config, marked, path) for each in found]
        config = _parse_without_mistakes(marked.data, found, path)
    else:
        problems = []
    if "path" in marked.data:  # a member of Config that the file cannot set
        message = f"is not a setting; known here: {', '.join(known_keys(Config))}"
        problems.append(Problem(str(path), marked.line(("path",)), "path", message))
    if config is not None:
        problems += find_contradictions(config, marked)
    if problems or config is None:
        raise ConfigError(problems)
    return config


def _parse_without_mistakes(data: dict[str, Any], found: list[Any], path: Path) -> Config | None:
    """Return the settings without those that hold a mistake, for finding what else is wrong; None where too little is left."""
    mistaken = {each["loc"][0] for each in found}
    rest = {key: value for key, value in data.items() if key not in mistaken} | {"path": path}
    rest.setdefault("sources", [{"path": "unknown"}])
    if "fields" in mistaken:  # other settings name them
        if not isinstance(data["fields"], dict):
            return None
        rest["fields"] = {name: {"label": name} for name in data["fields"] if re.match(FIELD_NAME, name)}
    try:
        return Config.model_validate(_to_tuples(rest))
    except pydantic.ValidationError:
        return None


def _to_tuples(data: Any) -> Any:
    """Return YAML's lists as tuples, which frozen settings hold."""
    if isinstance(data, dict):
        return {key: _to_tuples(value) for key, value in data.items()}
    return tuple(map(_to_tuples, data)) if isinstance(data, list) else data
