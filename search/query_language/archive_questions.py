"""Questions about the archive itself, such as how to cite it: each leads to a page, by a table in the configuration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.config.settings import HelpLink
from search.model.results import PageLink
from search.query_language.question_words import QuestionWords
from search.text.analysis import Analyzer

_OPEN_END = "..."
"""Mark at the end of a phrase after which a question may continue, as in "how many reports are there"."""
_GENERIC = """
    can may please get want would like archive site website page document report article paper everything all anything whole
    entire
""".split()
"""Words that do not distinguish questions to this archive, since all of these are about documents and this site."""


_LONGEST = 12
"""The most words of a question to the archive."""
_BETWEEN_US = frozenset(
    "i me my we us our you your this these here ich mich mir wir uns je me mon nous vous yo mi nosotros".split()
)


@dataclass(frozen=True, slots=True)
class _Pattern:
    number: int
    words: frozenset[str]
    opening: tuple[str, ...]
    link: PageLink


class ArchiveQuestions:
    """Finds the page that answers a question about the archive."""

    def __init__(self, links: Sequence[HelpLink], analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._question_words = QuestionWords(analyzer)
        self._generic = frozenset(map(analyzer.stem, _GENERIC))
        listed = [(phrase, PageLink(link.label, link.url)) for link in links for phrase in link.phrases]
        self._patterns = [self._pattern(number, phrase, link) for number, (phrase, link) in enumerate(listed)]
        self._known = frozenset(stem for phrase, _ in listed for stem in analyzer.query_stems(phrase))
        self._whole: dict[frozenset[str], _Pattern] = {}
        self._with_word: dict[str, list[_Pattern]] = {}  # each under one of its words, so that few are compared
        self._opening: dict[str, list[_Pattern]] = {}
        self._small: dict[tuple[str, ...], _Pattern] = {}
        self._words_of: dict[PageLink, frozenset[str]] = {}
        for pattern in self._patterns:
            self._words_of[pattern.link] = self._words_of.get(pattern.link, frozenset()) | pattern.words
            if pattern.opening:
                self._opening.setdefault(pattern.opening[0], []).append(pattern)
            elif pattern.words:
                self._whole.setdefault(pattern.words, pattern)
                self._with_word.setdefault(min(pattern.words), []).append(pattern)
            else:  # small words alone, such as "about us"
                self._small.setdefault(analyzer.query_words(listed[pattern.number][0]), pattern)

    def _pattern(self, number: int, phrase: str, link: PageLink) -> _Pattern:
        words = self._analyzer.query_words(phrase.removesuffix(_OPEN_END))
        return _Pattern(number, self._distinctive_stems(words), words if phrase.endswith(_OPEN_END) else (), link)

    def find(self, text: str) -> PageLink | None:
        """Return the link that answers the question; None if it asks for something else."""
        words = self._analyzer.query_words(text)
        if self._known.isdisjoint(map(self._analyzer.stem, words)):
            return None
        stems = self._distinctive_stems(words)
        if not stems:
            return self._small[words].link if words in self._small else None
        found = [one for one in self._opening.get(words[0], ()) if words[: len(one.opening)] == one.opening]
        found += [self._whole[stems]] if stems in self._whole else []
        if found:
            return min(found, key=lambda pattern: pattern.number).link
        contained = [one for stem in stems for one in self._with_word.get(stem, ()) if one.words <= stems]
        together = [one for one in contained if stems <= self._words_of[one.link]]  # download as CSV
        if together:
            return min(together, key=lambda pattern: pattern.number).link
        return self._nearest(stems) if self._is_to_the_archive(words) else None

    def _is_to_the_archive(self, words: Sequence[str]) -> bool:
        """Return whether a question is to the archive: it begins as a question and contains I, you or this."""
        openers = self._question_words
        return len(words) <= _LONGEST and openers.has_opener(words) and not _BETWEEN_US.isdisjoint(words)

    def _nearest(self, stems: frozenset[str]) -> PageLink | None:
        """Return the link of the longest phrase with all its words in the question, if they are at least half of it."""
        contained = [pattern for pattern in self._patterns if pattern.words <= stems and len(stems) <= 2 * len(pattern.words)]
        best = max(contained, key=lambda pattern: len(pattern.words), default=None)
        return best.link if best and not best.opening else None

    def _distinctive_stems(self, words: Sequence[str]) -> frozenset[str]:
        """Return the stems of the words that distinguish a question: no stop words, and none that any question may have."""
        stems = {self._analyzer.stem(word) for word in words if word not in self._analyzer.stop_words}
        return frozenset(stems - self._generic) or frozenset(stems)
