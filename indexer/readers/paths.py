"""Dotted paths into nested values: `title.en`, `authors.*.name`, `items.0`."""

from __future__ import annotations

import re
from typing import Any

MISSING = object()
"""Returned by `find_value` if there is no value."""


def find_value(values: Any, path: str) -> Any:
    """Return the value at a dotted path, `MISSING` if there is none.

    A key literally so named wins; then dots reach into objects and, by number, into lists; `*` goes over all items of a list.
    """
    if isinstance(values, dict):
        if path in values:
            return values[path]
        for at in [match.start() for match in re.finditer(r"\.", path)][::-1]:
            if path[:at] in values:
                value = find_value(values[path[:at]], path[at + 1 :])
                if value is not MISSING:
                    return value
    if isinstance(values, list):
        head, _, rest = path.partition(".")
        if head == "*":
            found = [find_value(item, rest) if rest else item for item in values]
            return [item for value in found if value is not MISSING for item in (value if isinstance(value, list) else [value])]
        if head.isdecimal() and int(head) < len(values):
            return find_value(values[int(head)], rest) if rest else values[int(head)]
    return MISSING
