"""Sentences that the search makes (how words were read, other searches to try), in the language of the page."""

from __future__ import annotations


def in_words(text: str) -> str:
    """Return the sentence in the language of the page."""
    return text
