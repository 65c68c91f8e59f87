"""Measure completions and similar words:  python -m benchmarks.suggestions --size 100000

The documents are those of `python -m benchmarks`, each with two people; there are a hundredth as many people as documents. What
is typed is drawn from the documents: titles, people, topics and words, letter by letter, also with two letters exchanged, or in
capitals with accents. Each text is asked once. Times are milliseconds of the processor.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from benchmarks import corpus
from benchmarks.arguments import count
from benchmarks.measurement import summary
from benchmarks.peers.findingaid_peer import Peer
from search.completions import Completions
from search.model.document import Document, Person

_LONGEST = 24
"""The most letters typed before a completion is chosen."""
_FEWEST_MISSPELT = 5
"""Letters of the shortest misspelt text: shorter ones are not corrected."""


def main(arguments: list[str] | None = None) -> int:
    """Build an index, and print the times by what was typed."""
    options = _options(arguments)
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        peer = Peer(Path(folder))
        peer.build([with_people(number, options.size) for number in range(options.size)])
        peer.open()
        figures = measure(peer, options.size, options.each)
    print(json.dumps(figures, indent=1))
    return 0


def with_people(number: int, size: int) -> Document:
    """Return document `number` of the corpus with two people. Each person is in some two hundred documents."""
    chance = random.Random(f"people {number}")
    names = [random.Random(f"person {chance.randrange(size // 100 + 1)}") for _ in range(2)]
    people = tuple(Person(f"{corpus.coin_name(name)} {corpus.coin_name(name)}") for name in names)
    return replace(corpus.document(number), people=people)


def measure(peer: Peer, size: int, each: int) -> dict[str, dict[str, float]]:
    """Return mean and percentiles by kind of text or word, of which `each` are drawn for every kind."""
    chance = random.Random(corpus.SEED)
    drawn = [with_people(number, size) for number in chance.sample(range(size), each)]
    words = [chance.choice(peer.archive.analyzer.words(one.sections[0].text)) for one in drawn]
    texts = {
        "title": [one.title for one in drawn],
        "person": [one.people[0].name for one in drawn],
        "topic": corpus.TOPICS,
        "word": words,
    }
    complete = Completions(peer.archive).complete
    figures: dict[str, dict[str, float]] = {}
    figures["first completion of a generation"] = summary([_time(lambda: complete("th"))])
    every: list[float] = []
    for kind, wanted in texts.items():
        for way, typed in _typed_by_way(wanted).items():
            every += (times := _times(typed, complete))
            figures[f"completions, {kind}{way}"] = summary(times)
    figures["completions"] = summary(every)
    unknown = [corpus.coin_name(chance).lower() for _ in drawn]
    misspelt = {"one slip": map(exchange, words), "two slips": (exchange(exchange(word)[::-1])[::-1] for word in words)}
    for kind, asked in (misspelt | {"unknown": unknown}).items():
        figures[f"similar words, {kind}"] = summary(_times(asked, lambda word: peer.engine.similar_words(word, 3)))
    return figures


def _typed_by_way(texts: Sequence[str]) -> dict[str, Iterable[str]]:
    """Return the typed prefixes of the texts, by the way of typing."""
    return {
        "": letter_by_letter(texts, 1),
        ", with a slip": letter_by_letter(list(map(exchange, texts)), _FEWEST_MISSPELT),
        ", in capitals with accents": letter_by_letter([text.upper().replace("E", "É") for text in texts], 1),
    }


def letter_by_letter(texts: Iterable[str], fewest: int) -> Iterator[str]:
    """Yield each prefix of the texts with at least `fewest` letters, once."""
    yield from dict.fromkeys(text[:end] for text in texts for end in range(fewest, min(len(text), _LONGEST) + 1))


def exchange(text: str) -> str:
    """Return the text with its third and fourth letter exchanged."""
    return text[:2] + text[2:4][::-1] + text[4:]


def _times(asked: Iterable[str], answer: Callable[[str], object]) -> list[float]:
    return [_time(partial(answer, text)) for text in dict.fromkeys(asked)]


def _time(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.suggestions", description=__doc__)
    parser.add_argument("--size", type=count, default=100_000, help="documents (default: 100,000)")
    parser.add_argument("--each", type=count, default=50, help="texts and words of each kind (default: 50)")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
