"""A misspelt word is corrected; a real word, a number or a name is not."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.corpus import read_corpus
from search.config.loading import load_config
from search.config.settings import Config, Source
from search.engines.contract import Engine
from search.engines.open_engine import open_engine
from search.engines.oracle import OracleEngine
from search.model.document import Document, Section
from search.query_language.parser import parse_text
from search.query_language.tree import format_tree
from search.suggestions.spelling import correct
from search.text.analysis import Analyzer
from search.text.common_words import common_words

ROOT = Path(__file__).parents[2]
CONFIG = Config(sources=(Source(path="x"),))
ANALYZER = Analyzer("en")
DOCUMENTS = [
    Document("a", "Building Trust in Cyberspace", sections=(Section("How states build trust: the thrust of a report."),)),
    Document("b", "Huawei’s Take on Cyber Spying", sections=(Section("Huawei answers, la Huawei. The progress of 2013 was made in May."),)),
    Document("c", "The Public Core", sections=(Section("Rulers and councils; new conduct."),)),
]


@pytest.fixture(scope="module")
def engine() -> OracleEngine:
    return OracleEngine(CONFIG, DOCUMENTS)


def correct_text(text: str, engine: Engine) -> str | None:
    correction = correct(parse_text(text), ANALYZER, engine)
    tree = correction and correction.tree
    return None if tree is None else format_tree(tree)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("huwaei", "huawei"),
        ("Huwaei", "Huawei"),
        ("HUWAEI", "HUAWEI"),
        ("buidling trust in cyberspcae", "building trust in cyberspace"),
        ('"publc core"', '"public core"'),
        ("title:cyberspcae", "title:cyberspace"),
        ("huwaei OR trsut", "huawei OR trust"),
        ("trsut cyberspace", "trust cyberspace"),
        ("huaweiprogress", "huawei progress"),  # two words typed as one
        ("huaweiprogess", "huawei progress"),  # and one of them misspelt
        ("buildingtrsut", "building trust"),
        ("la Huwaei", "la Huawei"),  # as below, but a document has it
    ],
)
def test_slips_of_the_pen_are_corrected_in_the_case_they_were_typed(typed: str, expected: str, engine: OracleEngine) -> None:
    assert correct_text(typed, engine) == expected


@pytest.mark.parametrize(
    ("language", "typed", "expected"),
    [("fr", "l'asurrance", "l'assurance"), ("fr", "l’asurrance", "l’assurance"), ("en", "huwaei's", "huawei's")],
)
def test_what_stands_at_an_apostrophe_survives(language: str, typed: str, expected: str) -> None:
    config = CONFIG.model_copy(update={"language": language})
    engine = OracleEngine(config, [Document("a", "Assurance de Huawei")])
    correction = correct(parse_text(typed), Analyzer(language), engine)
    assert correction is not None
    assert format_tree(correction.tree) == expected


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("congress", "a real word of the language, though progress is near"),
        ("2012", "a number, though 2013 is near"),
        ("Nye", "too short to guess from"),
        ("Joseph Nye", "a name"),
        ("Bulding", "a capitalised word may be a name, and building is an everyday word"),
        ("three", "a question word"),
        ("-huwaei", "an excluded word"),
        ("huwa*", "a prefix"),
        ("trusts", "a form of a word that documents contain"),
        ("zzzzzzzzz", "nothing is near"),
        ("Huaweiprogress", "it may be a name"),
        ("der Huwaei", "behind an article of another language it is a word of that language"),
        ("huaweipunk", "two words of which one is real, though the archive lacks it"),
        ("mayhuawei", "three letters may be the beginning of any word"),
    ],
)
def test_what_is_no_slip_of_the_pen_stays_as_it_is(typed: str, reason: str, engine: OracleEngine) -> None:
    assert correct_text(typed, engine) is None, reason


def test_the_other_words_decide_between_two_corrections_as_near() -> None:
    engine = OracleEngine(
        CONFIG,
        [
            Document("a", "The boundary between worlds"),
            *(Document(f"n{number}", "Worms and forms of norms") for number in range(3)),
            Document("b", "Norns of legend"),
        ],
    )
    assert correct_text("norhs", engine) == "norms"
    assert correct_text("legend norhs", engine) == "legend norns"


@pytest.mark.parametrize(("typed", "corrected"), [("imaes", "images"), ("faing", "facing"), ("crystallisations", None)])
def test_only_a_longer_stem_of_a_common_word_makes_another_inflection_a_word(typed: str, corrected: str | None) -> None:
    engine = OracleEngine(CONFIG, [Document("a", "Facing images of crystallizations")])
    assert correct_text(typed, engine) == corrected


SHIPPED = load_config(ROOT / "config.yaml")
SEED = 20260101


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, list[Document]]]:
    index = SHIPPED.index.model_copy(update={"path": str(tmp_path_factory.mktemp("index"))})
    documents = list(read_corpus(SHIPPED).documents)
    engine = open_engine(SHIPPED.model_copy(update={"index": index}))
    engine.build(documents)
    yield engine, documents
    engine.close()


def one_slip(word: str, chance: random.Random) -> str:
    """Return the word with one letter left out, doubled up, replaced, or changed places with the next."""
    at, letter = chance.randrange(len(word) - 1), chance.choice(string.ascii_lowercase)
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


def misspelt(words: list[str], slips: int) -> list[tuple[str, str]]:
    """Return each word with so many slips, by a fixed seed; those that are words themselves are left out."""
    chance = random.Random(SEED)
    pairs = []
    for word in words:
        typed = word
        for _ in range(slips):
            typed = one_slip(typed, chance)
        if typed != word and typed not in common_words("en"):
            pairs.append((word, typed))
    return pairs


def is_found(word: str, typed: str, engine: Engine) -> bool:
    """Return whether the query as typed contains the word's stem already, or is corrected to a word of that stem."""
    answer = correct_text(typed, engine) or typed
    return ANALYZER.stem(answer) == ANALYZER.stem(word)


@pytest.mark.parametrize(("slips", "length", "share"), [(1, 6, 0.95), (2, 8, 0.85)])
def test_misspelt_title_words_are_recovered(slips: int, length: int, share: float, shipped) -> None:
    engine, documents = shipped
    titles = sorted({word for document in documents for word in ANALYZER.words(document.title)})
    words = [word for word in titles if len(word) >= length and word.isalpha()]
    pairs = misspelt(words, slips)
    held = engine.document_frequencies([typed for _, typed in pairs])
    pairs = [pair for pair, count in zip(pairs, held, strict=True) if not count]
    lost = [pair for pair in pairs if not is_found(*pair, engine)]
    assert len(lost) <= (1 - share) * len(pairs), lost


def test_the_right_word_is_among_the_three_nearest(shipped) -> None:
    engine, documents = shipped
    titles = sorted({word for document in documents for word in ANALYZER.words(document.title)})
    pairs = misspelt([word for word in titles if len(word) >= 8 and word.isalpha()], 2)
    lost = [
        pair
        for pair in pairs
        if ANALYZER.stem(pair[0])
        not in {ANALYZER.stem(word) for word, _ in engine.similar_words(pair[1], 3)} | {ANALYZER.stem(pair[1])}
    ]
    assert len(lost) <= 0.05 * len(pairs), lost


def test_no_real_word_that_the_archive_lacks_is_corrected(shipped) -> None:
    engine, _ = shipped
    words = sorted(word for word in common_words("en") if len(word) >= 4 and word.isalpha())
    held = dict(zip(words, engine.document_frequencies(words), strict=True))
    absent = random.Random(SEED).sample([word for word in words if not held[word]], 300)
    assert [(word, answer) for word in absent if (answer := correct_text(word, engine))] == []
