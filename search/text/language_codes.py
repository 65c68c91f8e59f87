"""Codes of languages, by which lists of words are found."""

from __future__ import annotations


def base_code(language: str) -> str:
    """Return the code of a language (ISO 639-1) without its region: "en" of "en-GB"."""
    return language.split("-")[0].lower()
