"""Which words count as spelled alike, and in which order; the same rule on every engine."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

MAX_EDITS = 2
"""Largest edit distance of similar words; three edits turn most short words into each other."""
_ONE_EDIT_FROM, _TWO_EDITS_FROM, _OTHER_FIRST_LETTER_FROM = 3, 4, 6
"""Letters from which a word has similar ones one edit away; two edits away; and two edits away with another first letter."""


class SimilarWord(NamedTuple):
    """A word of the index near another. Sorted, these are nearest first; misspellings rarely change the first letter."""

    edits: int
    is_rare_slip: bool
    has_other_first_letter: bool
    word: str


def may_be_suggested(word: str) -> bool:
    """Whether the word can be a correction of another: one that contains a digit is no spelling of anything."""
    return word.isalpha() or not any(map(str.isdigit, word))


def max_edits(word: str) -> int:
    """Return how many edits away a similar word can be."""
    return MAX_EDITS if len(word) >= _TWO_EDITS_FROM else int(len(word) >= _ONE_EDIT_FROM)


def may_change_first_letter(word: str) -> bool:
    """Whether a word two edits away may begin with another letter."""
    return len(word) >= _OTHER_FIRST_LETTER_FROM


def find_similar(word: str, others: Iterable[str]) -> list[SimilarWord]:
    """Return those of the other words that are similar to `word`, by restricted Damerau-Levenshtein distance, in no order."""
    choices = [other for other in others if may_be_suggested(other)]
    found = process.extract(word, choices, scorer=OSA.distance, score_cutoff=max_edits(word), limit=None)
    near = (
        SimilarWord(int(edits), edits == 1 and not _is_usual_slip(word, other), other[0] != word[0], other)
        for other, edits, _ in found
        if edits
    )
    return [each for each in near if each.edits < MAX_EDITS or not each.has_other_first_letter or may_change_first_letter(word)]


def rank_similar(near: Iterable[tuple[SimilarWord, int]], limit: int) -> list[tuple[str, int]]:
    """Return the first `limit` (word, document frequency): nearest and likeliest first, then most frequent, then by letters.

    Words that no document contains are left out.
    """
    ranked = sorted((*each[:-1], -df, each.word) for each, df in near if df)
    return [(word, -df) for *_, df, word in ranked[:limit]]


def _is_usual_slip(typed: str, meant: str) -> bool:
    """Return whether a letter was left out, doubled or exchanged with the next: likelier than one particular other letter."""
    if len(typed) > len(meant):
        return any(typed[at - 1] == typed[at] and typed[:at] + typed[at + 1 :] == meant for at in range(1, len(typed)))
    return len(typed) < len(meant) or sorted(typed) == sorted(meant)
