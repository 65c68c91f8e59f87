"""The queries: several kinds, drawn from the first thousand documents, so that they are the same at every size.

Words are chosen so that compounds do not matter, which only our engine finds ("some where" for "somewhere"): no word of a
query can be cut into two words of the corpus, and no two neighbours can be joined to one.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from benchmarks.corpus import DAYS, FIRST_DAY, SEED, TYPES, documents
from search.query_language.question_words import QuestionWords
from search.text.analysis import Analyzer

SAMPLE = 1000
"""The words are drawn from this many documents, which is the smallest corpus measured."""
_COMMON = 0.03
"""A common word occurs in at least this share of the documents."""
_RARE = 5
"""A rare word occurs in at most this many documents of the sample."""
YEARS = tuple(str(FIRST_DAY.year + number) for number in range(DAYS // 365))


@dataclass(frozen=True, slots=True)
class Question:
    """One search as typed, the facet values ticked, and the kind of query it is an example of."""

    kind: str
    text: str
    types: tuple[str, ...] = ()
    years: tuple[str, ...] = ()


def questions(count: int) -> list[Question]:
    """Return at least `count` distinct queries, equally many of each kind, in random order."""
    draw = _Draw()
    kinds: Sequence[Callable[[], Question]] = (
        lambda: Question("common word", draw.chance.choice(draw.common)),
        lambda: Question("rare word", draw.chance.choice(draw.rare)),
        lambda: Question("three words, all", draw.words(3)),
        lambda: Question("three words, any", draw.words(3).replace(" ", " OR ")),
        lambda: Question("phrase", f'"{draw.phrase()}"'),
        lambda: Question("prefix", draw.prefix()),
        draw.filtered_words,
    )
    each = -(-count // len(kinds))
    chosen = [question for make in kinds for question in islice(_distinct(make), each)]
    draw.chance.shuffle(chosen)
    return chosen


def questions_without_result(each: int) -> list[Question]:
    """Return `each` distinct queries of each kind for which no document is found as typed.

    The kinds are misspelt words, an unknown word beside a known one, and unknown words only.
    """
    draw = _Draw()
    kinds: Sequence[Callable[[], Question]] = (
        lambda: Question("misspelt", " ".join(map(draw.misspelt, draw.words(2).split()))),
        lambda: Question("one unknown word", f"{draw.words(1)} {draw.unknown()}"),
        lambda: Question("nothing known", f"{draw.unknown()} {draw.unknown()}"),
    )
    return [question for make in kinds for question in islice(_distinct(make), each)]


def _distinct(make: Callable[[], Question]) -> Iterator[Question]:
    """Yield each different query that `make` returns, until there are no more."""
    seen: set[Question] = set()
    repeated = 0
    while repeated < 10_000:  # after as many draws without a new query there is hardly another
        question = make()
        repeated = repeated + 1 if question in seen else 0
        if not repeated:
            seen.add(question)
            yield question


class _Draw:
    """Draws words from the sample of documents, the same in the same order every time."""

    def __init__(self) -> None:
        self.chance = random.Random(SEED)
        self.analyzer = Analyzer("en")
        self.question_words = QuestionWords(self.analyzer)
        self.documents = documents(SAMPLE)
        self.texts = [self.analyzer.words(document.sections[0].text) for document in self.documents]
        found_in = Counter(word for words in self.texts for word in set(words))
        self.stems = {self.analyzer.stem(word) for word in found_in}
        self.usable = {word: count for word, count in found_in.items() if self._is_usable(word)}
        self.common = sorted(word for word, count in self.usable.items() if count >= _COMMON * SAMPLE)
        self.rare = sorted(word for word, count in self.usable.items() if count <= _RARE)

    def _is_usable(self, word: str) -> bool:
        parts = ((word[:cut], word[cut:]) for cut in range(1, len(word) - 1))
        plain = len(word) > 3 and word.isascii() and word.isalpha() and word not in self.analyzer.stop_words
        return plain and not any(self._is_known(first) and self._is_known(second) for first, second in parts)

    def _is_known(self, word: str) -> bool:
        return self.analyzer.stem(word) in self.stems

    def words(self, count: int, number: int | None = None) -> str:
        """Return different words of one document, of which no two neighbours form a compound."""
        while True:
            words = self.chance.choice(self.texts) if number is None else self.texts[number]
            usable = sorted({word for word in words if self.usable.get(word, 0) > _RARE})
            chosen = self.chance.sample(usable, count)
            is_question = self.question_words.fillers(chosen, "")  # our engine alone would leave some of its words out
            if not is_question and not any(self._is_known(first + second) for first, second in pairwise(chosen)):
                return " ".join(chosen)

    def misspelt(self, word: str) -> str:
        """Return the word with two neighbouring letters exchanged, which makes it no word of any document."""
        places = range(1, len(word) - 1)
        exchanged = [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in self.chance.sample(places, len(places))]
        return next((each for each in exchanged if not self._is_known(each)), f"{word}q")

    def unknown(self) -> str:
        """Return letters that are no word of any document."""
        while True:
            word = "".join(self.chance.choices("bcdfghjklmnpqrstvwxz", k=self.chance.randint(5, 10)))
            if not self._is_known(word):
                return word

    def phrase(self) -> str:
        """Return two or three words that follow each other in a document."""
        while True:
            words = self.chance.choice(self.texts)
            start = self.chance.randrange(len(words) - 3)
            chosen = words[start : start + self.chance.randint(2, 3)]
            if all(word.isascii() and word.isalpha() for word in chosen) and any(word in self.usable for word in chosen):
                return " ".join(chosen)

    def prefix(self) -> str:
        """Return the first three to five letters of a word, with an asterisk."""
        word = self.chance.choice(self.common if self.chance.random() < 0.5 else sorted(self.usable))
        return word[: self.chance.randint(3, 5)] + "*"

    def filtered_words(self) -> Question:
        """Return words of a document, with its type (and sometimes another) and three years around its own ticked."""
        number = self.chance.randrange(SAMPLE)
        document = self.documents[number]
        assert document.date is not None
        types = {document.type, self.chance.choice(TYPES)} if self.chance.random() < 0.5 else {document.type}
        first = max(0, min(YEARS.index(str(document.date.year)) - self.chance.randrange(3), len(YEARS) - 3))
        words = self.words(self.chance.randint(1, 2), number)
        return Question("filtered", words, tuple(sorted(types)), YEARS[first : first + 3])
