"""Words spelled alike: the rule, the order, the index that finds them, and the same answer from every engine."""

from __future__ import annotations

import random
import string

import archives
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.oracle import OracleEngine
from search.engines.similarity import find_similar
from search.engines.whoosh.deletions import candidates, deletion_arrays
from search.model.document import Document, Section

LETTERS = "abceéжя网"
WORDS = st.text(LETTERS, min_size=1, max_size=11)


def misspell(word, edits, chance):
    """The word after so many edits of any kind; fewer where one undoes another."""
    for _ in range(edits):
        at = chance.randrange(len(word))
        letter = chance.choice(string.ascii_lowercase)
        forms = (word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :])
        swapped = word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
        word = chance.choice((*forms, swapped)) or word
    return word


def an_archive(words):
    return [Document(f"d{number:03}", sections=(Section(word),)) for number, word in enumerate(words)]


@pytest.mark.parametrize(
    ("typed", "expected", "reason"),
    [
        ("securty", ["security"], "a letter left out"),
        ("secuirty", ["security"], "two letters swapped are one edit"),
        ("sceurtiy", ["security"], "two edits in a long word"),
        ("xecurrity", ["security"], "two edits, one of them the first letter, in a long word"),
        ("nrom", ["norm"], "one edit in a short word"),
        ("nmor", ["norm"], "two edits in a short word with the same first letter"),
        ("xorn", [], "two edits in a short word with another first letter"),
        ("security", [], "the word itself is not similar to itself"),
        ("covid18", [], "a word with a digit is never proposed"),
        ("nothing", [], "nothing is near"),
        ("y", [], "one or two letters are too few to say"),
    ],
)
def test_which_words_are_similar(archive_of, typed, expected, reason):
    archive = archive_of(an_archive(["security", "norm", "covid19", "x"]))
    assert [word for word, _ in archive.engine.similar_words(typed, 5)] == expected, reason


def test_nearest_first_then_the_same_first_letter_then_the_most_frequent_then_by_letters(archive_of):
    archive = archive_of(an_archive(["report"] + ["xepont"] * 3 + ["repoxy", "repoxt", "repoxt", "reponx"]))
    found = archive.engine.similar_words("repont", 9)
    assert found == [("repoxt", 2), ("reponx", 1), ("report", 1), ("xepont", 3), ("repoxy", 1)]


@pytest.mark.parametrize(
    ("typed", "likely", "frequent", "reason"),
    [
        ("layring", "layering", "laying", "a letter was left out"),
        ("afctors", "factors", "actors", "two letters changed places"),
        ("summmit", "summit", "summait", "a letter was doubled"),
    ],
)
def test_a_usual_slip_comes_before_a_more_frequent_word(archive_of, typed, likely, frequent, reason):
    archive = archive_of(an_archive([likely, frequent, frequent]))
    assert [word for word, _ in archive.engine.similar_words(typed, 2)] == [likely, frequent], reason


def test_only_words_of_live_documents_are_similar(archive_of):
    archive = archive_of(an_archive(["cyber", "cyber", "ciber", "syber"]))
    archive.engine.update([Document("d001", "Other"), Document("new", "cybar")], ["d003"])
    assert archive.engine.similar_words("cybr", 9) == [("cybar", 1), ("cyber", 1), ("ciber", 1)]


@pytest.mark.parametrize("seed", range(3))
def test_similar_words_equal_the_oracle_after_updates(indexed_archive_of, seed):
    chance = random.Random(seed)
    documents = archives.documents(seed, 80)
    archive = indexed_archive_of(documents[:60])
    archive.engine.update(documents[60:], [documents[3].id])
    oracle = OracleEngine(archive.config, [each for each in documents if each.id != documents[3].id])
    words = sorted(oracle._vocabulary())
    for _ in range(60):
        word = misspell(chance.choice(words), chance.choice((1, 2)), chance)
        assert archive.engine.similar_words(word, 5) == oracle.similar_words(word, 5), word


@settings(max_examples=300)
@given(st.lists(WORDS, min_size=1, max_size=30, unique=True), WORDS)
def test_every_similar_word_is_among_the_candidates(words, typed):
    words = sorted(words)
    among = {words[number] for number in candidates(deletion_arrays(words), typed)}
    assert {near.word for near in find_similar(typed, words)} <= among


def test_a_word_of_100_000_is_found_by_comparing_a_thousandth_of_them():
    chance = random.Random(1)
    syllables = [first + vowel + last for first in "bcdfglmnprst" for vowel in "aeiou" for last in ("", "n", "r", "s", "t")]
    words = sorted({"".join(chance.choices(syllables, k=chance.randint(2, 5))) for _ in range(140_000)})[:100_000]
    assert len(words) == 100_000
    arrays = deletion_arrays(words)
    examined = []
    for _ in range(300):
        typed = misspell(chance.choice(words), chance.choice((1, 2)), chance)
        found = candidates(arrays, typed)
        examined.append(len(found))
    assert sum(examined) / len(examined) < 200
    assert max(examined) < 2_000
    assert sum(array.nbytes for array in arrays.values()) < 200 * len(words), "bytes a word"
