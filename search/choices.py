"""Which run answers a text: found out once, and kept for other pages and filters of the same search, as long as there is room."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from search.answering import Run
from search.marking.snippets import Marker
from search.model.results import PageLink, Reading, WayOut
from search.query_language.matching import Term
from search.text.analysis import Analyzer

LONGEST_KEPT = 200
"""Characters of the longest text for which a choice is kept."""
MOST_KEPT = 20_000
"""Characters of all texts for which choices are kept: some 8 MB, as a choice with its marker takes 250 to 400 bytes for each.
A hundred of the longest texts, or 700 of three words."""
_BESIDE_TEXT = 10
"""What a choice takes beside its words, counted in characters; so are choices of no words at all."""


@dataclass(slots=True)
class Choice:
    """Which run answers a text in one generation.

    `made` is None until it is known; then it is the run, the last run that was tried, and how many further searches it took.
    `reading`, `help` and `offers` are what the pages of that run say about the words; None until a page has needed it.
    """

    generation: str
    made: tuple[Run, Run, int] | None = None
    reading: Reading | None = None
    help: PageLink | None = None
    offers: tuple[WayOut, ...] | None = None
    marker: Marker | None = None
    has_marked: bool = False

    def marker_of(self, terms: tuple[Term, ...], analyzer: Analyzer) -> Marker:
        """Return what marks the words on a page, kept from the second page on.

        Most searches are for one page, and a marker that has seen one takes more memory than all else.
        """
        marker = self.marker or Marker(terms, analyzer)
        if self.has_marked:
            self.marker = marker
        self.has_marked = True
        return marker


class Choices:
    """The choices of the searches that were asked last. Threads may share it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, bool, str], Choice] = OrderedDict()
        self._lock = Lock()
        self.characters = 0

    def choice_of(self, text: str, is_exact: bool, generation: str) -> Choice:
        """Return the choice of a text in a generation, a new one where none is kept. That of a long text is not kept."""
        if len(text) > LONGEST_KEPT:
            return Choice(generation)
        key = (text, is_exact, generation)
        with self._lock:
            if (kept := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return kept
            made = self._kept[key] = Choice(generation)
            self.characters += len(text) + _BESIDE_TEXT
            while self.characters > MOST_KEPT:
                (oldest, _, _), _ = self._kept.popitem(last=False)
                self.characters -= len(oldest) + _BESIDE_TEXT
        return made
