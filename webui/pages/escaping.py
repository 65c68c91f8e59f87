"""Text made safe for HTML, where pages print it without a template."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import escape


@lru_cache(maxsize=8192)
def escape_once(text: str) -> str:
    """Return the text safe between tags and in quotes; kept, for the few hundred values, names and labels that every page has."""
    return str(escape(text))
