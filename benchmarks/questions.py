"""The queries: several kinds, drawn from the first thousand documents, so that they are the same at every size.

Words are chosen so that our compounds do not matter ("some where" is also "somewhere" here, and in no other engine):
no word of a query falls into two words of the corpus, and no two that stand together make one.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from benchmarks.corpus import DAYS, FIRST_DAY, SEED, TYPES, documents
from search.query_language.question_words import QuestionWords
from search.text.analysis import Analyzer

SAMPLE = 1000
"""Documents that words are drawn from: the smallest corpus measured."""
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


def questions(count: int, seed: int = SEED) -> list[Question]:
    """Return at least `count` distinct queries, equally many of each kind, in random order."""
    draw = _Draw(random.Random(seed))
    kinds: dict[str, Callable[[], Question]] = {
        "common word": lambda: Question("common word", draw.chance.choice(draw.common)),
        "rare word": lambda: Question("rare word", draw.chance.choice(draw.rare)),
        "three words, all": lambda: Question("three words, all", draw.words(3)),
        "three words, any": lambda: Question("three words, any", draw.words(3).replace(" ", " OR ")),
        "phrase": lambda: Question("phrase", f'"{draw.phrase()}"'),
        "prefix": lambda: Question("prefix", draw.prefix()),
        "filtered": draw.narrowed_word,
    }
    each = -(-count // len(kinds))
    chosen = [question for make in kinds.values() for question in islice(_distinct(make), each)]
    draw.chance.shuffle(chosen)
    return chosen


def questions_without_result(each: int, seed: int = SEED) -> list[Question]:
    """Return `each` distinct queries of each kind for which no document is found as typed.

    The kinds are misspelt words, an unknown word beside a known one, and unknown words only.
    """
    draw = _Draw(random.Random(seed))
    kinds: dict[str, Callable[[], Question]] = {
        "misspelt": lambda: Question("misspelt", " ".join(map(draw.misspelt, draw.words(2).split()))),
        "one unknown word": lambda: Question("one unknown word", f"{draw.words(1)} {draw.unknown()}"),
        "nothing known": lambda: Question("nothing known", f"{draw.unknown()} {draw.unknown()}"),
    }
    return [question for make in kinds.values() for question in islice(_distinct(make), each)]


def _distinct(make: Callable[[], Question]) -> Iterator[Question]:
    seen: set[Question] = set()
    repeated = 0
    while repeated < 10_000:  # without a new query in as many draws, there are no more of this kind
        question = make()
        repeated = repeated + 1 if question in seen else 0
        if not repeated:
            seen.add(question)
            yield question


class _Draw:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
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
            is_question = self.question_words.fillers(chosen, "")  # then some of its words would be left out, by us alone
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
        while True:
            words = self.chance.choice(self.texts)
            start = self.chance.randrange(len(words) - 3)
            chosen = words[start : start + self.chance.randint(2, 3)]
            if all(word.isascii() and word.isalpha() for word in chosen) and any(word in self.usable for word in chosen):
                return " ".join(chosen)

    def prefix(self) -> str:
        word = self.chance.choice(self.common if self.chance.random() < 0.5 else sorted(self.usable))
        return word[: self.chance.randint(3, 5)] + "*"

    def narrowed_word(self) -> Question:
        """Words of a document, narrowed to its type (and sometimes another) and three years around its own."""
        number = self.chance.randrange(SAMPLE)
        document = self.documents[number]
        assert document.date is not None
        types = {document.type, self.chance.choice(TYPES)} if self.chance.random() < 0.5 else {document.type}
        first = max(0, min(YEARS.index(str(document.date.year)) - self.chance.randrange(3), len(YEARS) - 3))
        words = self.words(self.chance.randint(1, 2), number)
        return Question("filtered", words, tuple(sorted(types)), YEARS[first : first + 3])
