"""Translate a source's keys to ours: dotted paths, templates for id and url, `ignore`, `split` and `defaults`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from indexer.readers.paths import MISSING, find_value
from indexer.readers.record import Record
from indexer.sources import SourceFile
from search.config.settings import Source

_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_EMPTY: tuple[Any, ...] = (None, "", [])


class SourceMapping:
    """Names the keys of one source's records as ours. `known` are the keys a document may have, `several` those of lists.

    `found` collects the mapped keys of ours that some record had a value for, `seen` the source's own keys met.
    """

    def __init__(self, source: Source, known: frozenset[str], several: frozenset[str]) -> None:
        self.source = source
        self.known = known
        self.several = several
        self.found: set[str] = set()
        self.seen: set[str] = set()
        templates = (name for template in (source.id, source.url) for name in _PLACEHOLDER.findall(template))
        self._used = {_first_part(path) for path in source.mapping.values()} | {_first_part(path) for path in templates}
        self._patterns = tuple(name for name in source.ignore if "*" in name)
        self._ignored = frozenset(source.ignore)

    def apply(self, record: Record, file: SourceFile) -> Record:
        """Return the record with our keys, defaults filled in."""
        source, given = self.source, record.values
        self.seen.update(given)
        ours = self._own_names(record)
        kept = {
            ours[key]: value
            for key, value in given.items()
            if not self._is_left_out(ours[key], key) and key not in source.mapping
        }
        values: dict[str, Any] = dict(kept)
        keys = {ours[key]: key for key in given if ours[key] != key} | source.mapping
        for name, path in source.mapping.items():
            value = find_value(given, path)
            if value is not MISSING:
                self.found.add(name)
                values[name] = value
        values |= self._fill_templates(given, file)
        lines = {ours.get(key, key): line for key, line in record.lines.items()}
        lines |= {
            name: line
            for name, path in source.mapping.items()
            if (line := record.lines.get(path) or record.lines.get(_first_part(path), 0))
        }
        for name in source.split.keys() & values.keys():
            values[name] = split_value(values[name], source.split[name])
        if record.is_flat:
            for name in (self.several & values.keys()) - source.split.keys():
                values[name] = split_value(values[name], ";")
        filled = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in source.defaults.items()
            if values.get(name) in _EMPTY
        }
        return replace(record, values=values | filled, lines=lines, keys=keys, filled=frozenset(filled))

    def _own_names(self, record: Record) -> dict[str, str]:
        """Return our name of each key: columns of a table may be written with capitals, as in "Other titles"."""
        if not record.is_flat:
            return {key: key for key in record.values}
        folded = {key: re.sub(r"[\s_-]+", "_", key.strip().lower()) for key in record.values}
        return {
            key: name if key not in self.known and name in self.known and name not in record.values else key
            for key, name in folded.items()
        }

    def _is_left_out(self, name: str, key: str) -> bool:
        """Whether a key is ignored, or is not ours and used only by the mapping or a template."""
        if key in self._ignored or name in self._ignored:
            return True
        if name in self.known:
            return False
        return key in self._used or any(fnmatchcase(key, pattern) for pattern in self._patterns)

    def _fill_templates(self, given: Mapping[str, Any], file: SourceFile) -> dict[str, str]:
        """Return the id and address that templates of the source make; "" where the record has no value for any placeholder."""
        made = {}
        if self.source.id:
            made["id"] = fill_template(self.source.id, given, file.name)
        if self.source.url:
            made["url"] = fill_template(self.source.url, given, file.name, is_address=True)
        return made


def fill_template(template: str, values: Mapping[str, Any], path: str, *, is_address: bool = False) -> str:
    """Return the template with its placeholders replaced, "" where all of them are empty.

    `path` is the file below the configuration's folder. In an address values are percent-encoded, all but unreserved
    characters and `/`; a template that is only one placeholder returns a whole address unchanged.
    """
    found: list[str] = []

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        value = find_value(values, name)
        if value is MISSING:
            value = {"path": path, "stem": PurePosixPath(path).stem}.get(name, "")
        text = "" if value is None or isinstance(value, (dict, list, bool)) else " ".join(str(value).split())
        found.append(text)
        if is_address and not (match.start() == 0 and re.match(r"https?://", text, re.I)):
            return quote(text, safe="/~")
        return text

    filled = _PLACEHOLDER.sub(fill, template)
    return filled if any(found) or not found else ""


def split_value(value: Any, separator: str) -> Any:
    """Return a text, or the texts of a list, as the list of its parts between separators; other values as they are."""
    if isinstance(value, str):
        return [part for text in value.split(separator) if (part := text.strip())]
    if isinstance(value, list):
        return [part for item in value for part in (split_value(item, separator) if isinstance(item, str) else [item])]
    return value


def _first_part(path: str) -> str:
    return path.partition(".")[0]
