"""Propose lines for the file of synonyms, each with its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import OSA

from search.engines.similarity import MAX_EDITS
from search.model.document import Document
from search.text.acronyms import Acronym, is_initials, read_acronyms
from search.text.analysis import Analyzer
from search.text.synonyms import Synonyms

_ENOUGH_DOCUMENTS = 2
"""Documents that must define an acronym; one is enough if its letters are the initials of the long form."""
_MOST_WORDS = 3
"""Words by which two searches may differ and still ask for the same."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line for the file of synonyms, and why it is proposed."""

    line: str
    evidence: str

    def __str__(self) -> str:
        return f"{self.line}  # {self.evidence}"


def propose_acronyms(documents: Iterable[Document], known: Synonyms) -> list[Proposal]:
    """Return one proposal for each acronym that the documents define, most often defined first."""
    defined: dict[str, Counter[str]] = {}
    first: dict[tuple[str, str], str] = {}
    for document in documents:
        for acronym in sorted(_acronyms_of(document)):
            defined.setdefault(acronym.letters, Counter())[acronym.long_form] += 1
            first.setdefault(acronym, document.id)
    proposals = []
    for letters, forms in defined.items():
        long_form, count = min(forms.items(), key=lambda form: (-form[1], form[0]))
        counts = count >= _ENOUGH_DOCUMENTS or is_initials(Acronym(letters, long_form))
        if counts and not known.find([letters]):
            evidence = f"defined in {count} document{'s' * (count > 1)}, first in {first[letters, long_form]}"
            proposals.append((-count, letters, Proposal(f"{letters}, {long_form}", evidence)))
    return [proposal for _, _, proposal in sorted(proposals, key=lambda row: row[:2])]


def _acronyms_of(document: Document) -> set[Acronym]:
    return {acronym for text in document.main_texts for acronym in read_acronyms(text)}


def propose_from_searches(
    searches: Sequence[str], count: Callable[[str], int], known: Synonyms, analyzer: Analyzer
) -> list[Proposal]:
    """Return proposals from searches in the order in which people made them, most often seen first.

    A visitor who finds nothing, and finds something with another word directly afterwards, has named a synonym.
    `count` is how many documents a search finds.
    """
    seen: Counter[tuple[str, str]] = Counter()
    example: dict[tuple[str, str], tuple[str, str, int]] = {}
    totals = {text: count(text) for text in dict.fromkeys(searches)}
    for before, after in pairwise(searches):
        if totals[before] or not totals[after]:
            continue
        for pair in _find_exchanges(before, after, analyzer):
            seen[pair] += 1
            example.setdefault(pair, (before, after, totals[after]))
    proposals = []
    for (old, new), times in sorted(seen.items(), key=lambda item: (-item[1], item[0])):
        if not known.find(old.split()):
            before, after, total = example[old, new]
            evidence = f"“{before}” found nothing, then “{after}” found {total} ({times} time{'s' * (times > 1)})"
            proposals.append(Proposal(f"{old} => {new}", evidence))
    return proposals


def _find_exchanges(before: str, after: str, analyzer: Analyzer) -> Iterator[tuple[str, str]]:
    """Yield the words that were exchanged between two searches that share a word; nothing for a corrected spelling."""
    old, new = analyzer.query_words(before), analyzer.query_words(after)
    replaced = [word for word in old if word not in new and word not in analyzer.stop_words]
    replacing = [word for word in new if word not in old and word not in analyzer.stop_words]
    shares_a_word = len(replaced) < len(old)
    if not (shares_a_word and 0 < len(replaced) <= _MOST_WORDS and 0 < len(replacing) <= _MOST_WORDS):
        return
    one, other = " ".join(replaced), " ".join(replacing)
    if OSA.distance(one, other) > MAX_EDITS and set(map(analyzer.stem, replaced)) != set(map(analyzer.stem, replacing)):
        yield one, other
