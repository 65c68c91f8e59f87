"""Messages about mistaken settings: what was found, what is expected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel

from search.config.marked_yaml import MarkedYaml
from search.config.settings import FIELD_NAME, SLUG
from search.config.usual_names import FOUND_BY_ITSELF, SETTING_BY_USUAL_NAME
from search.errors import Problem, advise_nearest, describe_value

_EXPECTED = {
    "tuple_type": "expected a list, as in [a, b]",
    "dict_type": "expected a mapping, as in {{key: value}}",
    "model_type": "expected a mapping, as in {{key: value}}",
    "model_attributes_type": "expected a mapping, as in {{key: value}}",
    "string_type": 'expected text; put it in quotes, as in "2019"',
    "bool_type": "expected true or false",
    "int_type": "expected a whole number",
    "int_from_float": "expected a whole number",
    "float_type": "expected a number",
    "too_short": "expected at least {min_length}",
    "literal_error": "expected {expected}",
    "greater_than": "expected more than {gt:g}",
    "greater_than_equal": "expected {ge:g} or more",
    "less_than_equal": "expected {le:g} or less",
}
"""The messages for the errors of pydantic, by type."""
_PATTERNS = {
    SLUG: "expected small letters and digits, with single hyphens between them",
    FIELD_NAME: "expected small letters, digits and _, with a letter first",
}


def mistake(found: Any, settings: type[BaseModel], marked: MarkedYaml, path: Path) -> Problem:
    """Return an error of pydantic as a problem: file, line, what was found and what is expected."""
    place = tuple(part for part in found["loc"] if part != "[key]")
    name = ".".join(map(str, place))
    message = found["msg"][:1].lower() + found["msg"][1:]
    if found["type"] == "extra_forbidden":
        known = known_keys(settings, place[:-1])
        message = f"is not a setting; {_advise(str(place[-1]), known)}"
    elif found["type"] == "missing":
        message = "is missing; every archive names at least one source" if place == ("sources",) else "is missing; write it"
    elif place:
        about = found.get("ctx", {})
        if found["type"] in _EXPECTED:
            message = _EXPECTED[found["type"]].format_map(about)
        if found["type"] == "string_type" and isinstance(found["input"], (list, tuple, dict)):
            message = _expect_one_text(place)
        message = _PATTERNS.get(about.get("pattern", ""), message)
        message = f"{_describe_value(marked.data, found['loc'])}, {message}"
    return Problem(str(path), marked.line(place), name, message)


def _expect_one_text(place: tuple[Any, ...]) -> str:
    if place[-1] == "path":
        return "expected one path; write a source for each, as in [{path: a}, {path: b}], or a pattern such as reports/*.md"
    if "mapping" in place:
        return "expected one key, as in title: Name; * goes over a list, as in people: authors.*.name"
    return "expected one text"


def _advise(name: str, known: list[str]) -> str:
    if SETTING_BY_USUAL_NAME.get(name) in known:
        return f'did you mean "{SETTING_BY_USUAL_NAME[name]}"?'
    if name in FOUND_BY_ITSELF and "reader" in known:
        return FOUND_BY_ITSELF[name]
    return advise_nearest(name, known, f"known here: {', '.join(known)}")


def _describe_value(data: Any, place: tuple[Any, ...]) -> str:
    if place[-1] == "[key]":
        return f'found "{place[-2]}"'
    for part in place:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            break
    if data is None or data in ([], {}):
        return "found nothing"
    return f"found {describe_value(data)}"


def known_keys(settings: type[BaseModel], place: tuple[Any, ...] = ()) -> list[str]:
    """Return the names of the settings at this place. `path` of the outermost is no setting: it is where the file is."""
    model: Any = settings
    for part in place:
        if isinstance(part, str) and part in getattr(model, "model_fields", {}):
            model = _settings_inside(model.model_fields[part].annotation, settings)
    return [key for key in model.model_fields if key != "path" or model is not settings]


def _settings_inside(annotation: Any, outermost: type[BaseModel]) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inside = [_settings_inside(part, outermost) for part in getattr(annotation, "__args__", ())]
    return next((part for part in inside if part is not outermost and part is not None), None)
