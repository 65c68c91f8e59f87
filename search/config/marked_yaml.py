"""YAML with the line of each value, and without guesses about types.

PyYAML's own loader reads `no` as False, `010` as 8 and an ISO date as a date object, and keeps the last of two
equal keys without a warning. Here only `true`, `false`, `null` and plain decimal numbers are anything but text, a repeated key is
an error, and aliases (which can blow a small file up to gigabytes) are refused.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import yaml

from search.errors import LineError

Path = tuple[str | int, ...]


class MarkedYamlError(LineError):
    """The text is not usable YAML."""


@dataclass(frozen=True, slots=True)
class MarkedYaml:
    """Plain data and the 1-based line at which each part of it begins, by path, as in ("sources", 0, "path")."""

    data: Any
    lines: dict[Path, int]

    def line(self, path: Path) -> int:
        """Return the line of the part at `path`, or of the nearest part around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class _Loader(yaml.SafeLoader):
    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Return the next node. Raises MarkedYamlError for an alias."""
        if self.check_event(yaml.AliasEvent):
            line = self.peek_event().start_mark.line + 1  # type: ignore[no-untyped-call]
            raise MarkedYamlError("aliases (*name) are not read; write the value out", line)
        return super().compose_node(parent, index)


class _FastLoader(yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader):  # type: ignore[misc]
    """Eight times as fast, but it accepts aliases, and describes mistakes in words of its own."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", ["n", "~", ""]),
    ("int", r"[-+]?(0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(0|[1-9][0-9]*)\.[0-9]+", "-+0123456789"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first))
_FastLoader.yaml_implicit_resolvers = _Loader.yaml_implicit_resolvers


def parse_yaml(text: str, first_line: int = 1) -> MarkedYaml:
    """Read one YAML document. `first_line` is the line of the file at which `text` begins.

    Raises MarkedYamlError with the line of the first mistake.
    """
    if not ("&" in text and "*" in text):  # which an alias needs
        with suppress(MarkedYamlError, yaml.YAMLError, ValueError, RecursionError):  # reported by the other loader
            return _parse(_FastLoader(text), first_line)
    try:
        return _parse(_Loader(text), first_line)
    except MarkedYamlError as error:
        raise MarkedYamlError(error.reason, error.line + first_line - 1) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise MarkedYamlError(error.problem or "not YAML", (mark.line if mark else 0) + first_line) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise MarkedYamlError(str(error).splitlines()[0], first_line) from None


def _parse(loader: yaml.SafeLoader, first_line: int) -> MarkedYaml:
    lines: dict[Path, int] = {}
    try:
        node = loader.get_single_node()
        return MarkedYaml(None if node is None else _construct(loader, node, (), lines, first_line), lines)
    finally:
        loader.dispose()


def _construct(loader: yaml.SafeLoader, node: yaml.Node, path: Path, lines: dict[Path, int], first: int) -> Any:
    lines.setdefault(path, node.start_mark.line + first)
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise MarkedYamlError("a key must be a word, not a list or a mapping", line)
            key = key_node.value
            if key in mapping:
                raise MarkedYamlError(f'the key "{key}" is written twice; keep one of the two', line)
            lines[(*path, key)] = key_node.start_mark.line + first
            mapping[key] = _construct(loader, value_node, (*path, key), lines, first)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_construct(loader, item, (*path, number), lines, first) for number, item in enumerate(node.value)]
    if not node.tag.startswith("tag:yaml.org,2002:"):
        raise MarkedYamlError(f"tag {node.tag} is not read; write plain text", node.start_mark.line + 1)
    return loader.construct_object(node)
