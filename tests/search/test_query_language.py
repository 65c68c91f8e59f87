"""The query language: what is read, that nothing typed is an error, and that it is written back as it was read (invariant 5)."""

from __future__ import annotations

import pytest
from counting import calls_made_by
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.query_language.cutting import shorten_text
from search.query_language.parser import parse_text
from search.query_language.tree import (
    All,
    Either,
    FieldValue,
    Group,
    Identifier,
    InTitle,
    Not,
    Passage,
    Phrase,
    Prefix,
    Word,
    YearRange,
    describe,
    format_tree,
)

OPERATORS = (
    '"',
    "“",
    "-",
    "*",
    "OR",
    ":",
    "..",
    "type:",
    "topic:",
    "year:",
    "title:",
    "(",
    "-(",
    "NOT",
    "AND",
    "!",
    "–",
    "«",
    "‘",
    "id:",
    "author: ",
    ")",
    "\\",
    "’",
    "网络",
    "2012",
    "cyber",
    " ",
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("cyber insurance", (Word("cyber"), Word("insurance"))),
        ('"public core"', (Phrase("public core"),)),
        ("“public core”", (Phrase("public core"),)),
        ('"public core', (Phrase("public core"),)),
        ("-spam", (Not(Word("spam")),)),
        ("cyber-security", (Word("cyber-security"),)),
        ("spying OR war peace", (Either((Word("spying"), Word("war"))), Word("peace"))),
        ("OR spying", (Word("spying"),)),
        ("spying OR", (Word("spying"), Word("or"))),
        ("china NOT spying", (Word("china"), Not(Word("spying")))),
        ("china AND NOT spying", (Word("china"), Not(Word("spying")))),
        ("china –spying", (Word("china"), Not(Word("spying")))),
        ("china −spying", (Word("china"), Not(Word("spying")))),
        ("china !spying", (Word("china"), Not(Word("spying")))),
        ("!spying china", (Not(Word("spying")), Word("china"))),
        ('!"public core"', (Not(Phrase("public core")),)),
        ("!norm*", (Not(Prefix("norm")),)),
        ("!type:news", (Not(FieldValue("type", "news")),)),
        ("china --spying", (Word("china"), Not(Word("spying")))),
        ("china -- spying", (Word("china"), Word("spying"))),
        ("!-spying -!war !!spam --peace", tuple(Not(Word(word)) for word in ("spying", "war", "spam", "peace"))),
        ("type:-news", (Not(FieldValue("type", "news")),)),
        ("type:!news", (Not(FieldValue("type", "news")),)),
        ("title:-trust", (Not(InTitle(Word("trust"))),)),
        ("-type:-news", (Not(FieldValue("type", "news")),)),
        ("year:!2012", (Not(YearRange(2012, 2012)),)),
        ('type:"-news"', (FieldValue("type", "-news"),)),
        ("type:-", (Word("type"),)),
        ("id:-x", (Identifier("-x"),)),
        ("¡spying!", (Word("¡spying"),)),
        ("C++ war!", (Word("C++"), Word("war"))),
        ("not -spying", (Not(Word("spying")),)),
        ("-not spying", (Not(Word("spying")),)),
        ("-(not spying)", (Not(Word("spying")),)),
        ("-not", (Not(Word("not")),)),
        ("china – spying", (Word("china"), Word("spying"))),
        ("2012 – 2013", (Word("2012-2013"),)),
        ("May 2012 - 5 June 2012", (Word("May"), Word("2012-5"), Word("June"), Word("2012"))),
        ("part 2 - the end of trust", (Word("part"), Word("2"), Word("the"), Word("end"), Word("of"), Word("trust"))),
        ("spying~1 trust^2.5", (Word("spying"), Word("trust"))),
        ('"public core"~5', (Phrase("public core"),)),
        ("cyber–security", (Word("cyber-security"),)),
        ("cyber—security", (Word("cyber-security"),)),
        ("(spying OR war) peace", (Either((Word("spying"), Word("war"))), Word("peace"))),
        ("peace -(spying OR war)", (Word("peace"), Not(Group((Either((Word("spying"), Word("war"))),))))),
        ("peace OR (cyber war)", (Either((Word("peace"), Group((Word("cyber"), Word("war"))))),)),
        ("(peace", (Word("peace"),)),
        ("f(x) and (y)", (Word("f(x)"), Word("and"), Word("y"))),
        ("„public core“", (Phrase("public core"),)),
        ("«public core»", (Phrase("public core"),)),
        ("‘public core’", (Phrase("public core"),)),
        ("'Who's behind it?'", (Phrase("Who's behind it?"),)),
        ("people's trust and 'tis so", (Word("people's"), Word("trust"), Word("and"), Word("tis"), Word("so"))),
        ("U. S. policy", (Word("U.S."), Word("policy"))),
        ("U. - S.", (Word("U.S."),)),
        ("title: trust", (InTitle(Word("trust")),)),
        ("title : trust", (InTitle(Word("trust")),)),
        ("title=trust", (InTitle(Word("trust")),)),
        ("year = 2012", (YearRange(2012, 2012),)),
        ("year: 2012 - 2013", (YearRange(2012, 2013),)),
        ("year:2012 to 2013 china", (YearRange(2012, 2013), Word("china"))),
        ('title: "great game"', (InTitle(Phrase("great game")),)),
        ("note: trust", (Word("note"), Word("trust"))),
        ("author:McConnell", (FieldValue("people", "McConnell"),)),
        ("id:x-1", (Identifier("x-1"),)),
        ("year: 2012", (YearRange(2012, 2012),)),
        ("year:2012-2013", (YearRange(2012, 2013),)),
        ("year:2012–2013", (YearRange(2012, 2013),)),
        ("year:>=2012", (YearRange(2012, None),)),
        ("year:<2012", (YearRange(None, 2011),)),
        ("2012..2015", (YearRange(2012, 2015),)),
        ("norm*", (Prefix("norm"),)),
        ("a*", (Word("a"),)),
        ("type:commentary", (FieldValue("type", "commentary"),)),
        ('topic:"cyber crime"', (FieldValue("topic", "cyber crime"),)),
        ("year:2012..2015", (YearRange(2012, 2015),)),
        ("year:2012..", (YearRange(2012, None),)),
        ("year:2012", (YearRange(2012, 2012),)),
        ("year:soon", (Word("year:soon"),)),
        ("title:trust", (InTitle(Word("trust")),)),
        ('-title:"great game"', (Not(InTitle(Phrase("great game"))),)),
        ("http://x.org", (Word("http://x.org"),)),
        ("!!! cyber", (Word("cyber"),)),
        ("cy\ufffeber\uffff \x00\ufdd0", (Word("cy"), Word("ber"))),
    ],
)
def test_what_is_read(text, parts):
    assert parse_text(text) == All(parts)


def test_a_field_of_the_archive_comes_before_a_word_for_another_field():
    assert parse_text("subject:water", {"topic", "subject"}) == All((FieldValue("subject", "water"),))
    assert parse_text("subject:water", {"topic"}) == All((FieldValue("topic", "water"),))


def test_a_field_of_another_archive_is_read_when_it_has_one():
    assert parse_text("artist:dix", ("artist",)) == All((FieldValue("artist", "dix"),))
    assert parse_text("artist:dix") == All((Word("artist:dix"),))


@settings(max_examples=200)
@example('0""-OR')
@example('""--0')
@example('""--type:x')
@example('""--ab*')
@example("0)‐0")
@example("'0000..")
@example("year:(9:")
@example("é0é*‘*")
@example('">b")(-year:9–')
@example("TYPE(:0")
@example("type(=0")
@example("*type:title:(cybertopic:)OR ")
@example("TYPE:()0")
@example("year:’(!网络:)")
@given(st.one_of(st.text(), st.lists(st.sampled_from(OPERATORS), max_size=20).map("".join)))
def test_any_text_is_read_and_written_back(text):
    tree = parse_text(text)
    assert parse_text(format_tree(tree)) == tree
    if isinstance(tree, All):
        assert all(describe(part) for part in tree.parts)


@pytest.mark.parametrize("ending", [" -spam", " type:news", " -(spam OR trust)"])
def test_many_alternatives_keep_what_narrows_them(ending):
    words = [f"word{letter}{number}" for letter in "abcdefghijklmnopqrst" for number in range(2)]
    few, many = (" OR ".join(words[:count]) for count in (20, 40))
    others = parse_text(ending, ("type",)).parts
    assert parse_text(few + ending, ("type",)) == All((Either(tuple(map(Word, words[:20]))), *others))
    assert parse_text(many + ending, ("type",)) == All((Passage(",".join(words)), *others))
    for text in (few, many):
        tree = parse_text(text + ending, ("type",))
        assert parse_text(format_tree(tree), ("type",)) == tree
    assert parse_text(many) == Passage(many)


def test_more_than_thirty_two_words_are_a_passage():
    assert isinstance(parse_text("word " * 32), All)
    assert isinstance(parse_text("word " * 33), Passage)


MANY = ",".join(f"word{letter}" for letter in "abcdefghijklmnopqrstuvwxyzabcdefghijk")


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        (f"{MANY} -china type:report 2012..2014", "-china type:report 2012..2014"),
        (f"type:report NOT spam {MANY}", "type:report -spam"),
        (f'{MANY} -(china OR spying) "public core"', '-(china OR spying) "public core"'),
    ],
)
def test_exclusions_and_fields_stay_beside_words_joined_by_commas(typed, others):
    tree = parse_text(typed)
    assert tree == All((Passage(MANY), *parse_text(others).parts))
    assert parse_text(format_tree(tree)) == tree


def test_the_cost_of_reading_is_bounded_before_reading():
    assert len(shorten_text("x" * 10_000)) == 2048
    for text in ('"' * 1_000_000, "a OR " * 300_000, "-" * 1_000_000, "title:" * 200_000, "(" * 100_000):
        assert calls_made_by(lambda text=text: parse_text(shorten_text(text))) < 10 * 2048


@given(st.lists(st.text(st.characters(categories=("L", "N")), min_size=1, max_size=6), min_size=1, max_size=6).map(" ".join))
@example("OR china")
@example("NOT")
@example("0 A A")
@example("hawaiʻi 日本 2013 ß")
def test_plain_words_read_by_the_short_way_are_those_read_beside_an_operator(text):
    if text.split(" ")[-1] not in ("OR", "AND", "NOT"):  # at the end of a text they are words
        *parts, excluded = parse_text(f"{text} -zebra").parts
        assert parse_text(text).parts == tuple(parts)
        assert excluded == Not(Word("zebra"))


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("Huawei?", "the word Huawei"),
        ("¿ciberseguridad?", "the word ciberseguridad"),
        ("12/22/2011", "12/22/2011, its words side by side"),
    ],
)
def test_a_word_is_described_without_the_signs_around_it(typed, meaning):
    assert describe(Word(typed)) == meaning
