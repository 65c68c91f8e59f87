"""Why a document matched, shown as data: fragments of its text, marked or not."""

from __future__ import annotations

import pytest
from counting import calls_made_by
from hypothesis import given, settings
from hypothesis import strategies as st

from search.marking.occurrences import MOST_KEPT
from search.marking.snippets import WINDOW, Marker
from search.model.document import Document, Section
from search.model.results import has_match
from search.query_language.compiling import to_match
from search.query_language.matching import scored_terms
from search.query_language.parser import parse_text
from search.text.analysis import Analyzer

ENGLISH = Analyzer("en")
TEXTS = st.sampled_from(["Cyber security norms", "The public core", "Netzpolitik, x. y", "Cybersecurity", "naïve Ⅷ norm"])


def marker(text):
    return Marker(scored_terms(to_match(parse_text(text), ENGLISH)), ENGLISH)


def show_marks(fragments):
    return [fragment.text for fragment in fragments if fragment.match]


@pytest.mark.parametrize(
    ("query", "text", "words"),
    [
        ("insurance", "Insured, insurances and Insurance", ["Insured", "insurances", "Insurance"]),
        ('"public core"', "the public core of the core public", ["public core"]),
        ('"public core"', "public-core, public  core, public cores, Public Core", ["public-core", "public  core", "Public Core"]),
        ("norm*", "norms, normal, abnormal", ["norms", "normal"]),
        ("naive", "a naïve view", ["naïve"]),
        ("cybersecurity", "cyber security", ["cyber security"]),
        ("who's", "“Who’s there”", ["Who’s"]),
        ("网络", "关于网络安全", ["网络"]),
        ("lodz", "w Łodzi, Łódź", ["Łódź"]),
        ("การ", "ความมั่นคงทางการเมือง", ["การ"]),
        ("norm -spam", "spam norm", ["norm"]),
        ("absent", "nothing here", []),
        ("quran", "the Qur'an, the Qurʾan", ["Qur'an", "Qurʾan"]),
        ("hawaii", "in Hawaiʻi and Hawai`i", ["Hawaiʻi", "Hawai`i"]),
        ("كتاب", "هذا كِتَاب", ["كِتَاب"]),
        ("office", "the o\ufb03ce", ["o\ufb03ce"]),
        ("resume", "le re\u0301sume\u0301", ["re\u0301sume\u0301"]),
        ("cybersecurity", "cyber\u00adsecurity", ["cyber\u00adsecurity"]),
        ("covid19", "on COVID-19", ["COVID-19"]),
        ("t", "don't, we're", []),
        ("a", "a.a", []),
        ("path", "os.path", ["path"]),
        ("python", "使用Python的", ["Python"]),
        ("us", "The U.S. policy", ["U.S"]),
        ("o'brien", "Mr O’Brien said", ["O’Brien"]),
        ("strasse", "Die Straße", ["Straße"]),
        ("дом", "управдом, дом", ["дом"]),
        ("νομος", "ο νόμος στην Αθήνα", ["νόμος"]),
        ("U.S. policy", "The U. S. policy", ["U. S.", "policy"]),
        ("U.S. policy", "The U.S. policy", ["U.S", "policy"]),
        ("track-ii dialogue", "the Track-II dialogue", ["Track-II", "dialogue"]),
        ("U.S.-China relations", "U.S.-China relations", ["U.S.-China", "relations"]),
        ('"Kevin O\'Brien"', "said Kevin O’Brien today", ["Kevin O’Brien"]),
        ('"der Straße"', "auf der Straße", ["der Straße"]),
        ('"don\'t panic"', "Don’t panic", ["Don’t panic"]),
        ("4", "on 3.4.2012", ["4"]),
        ("security", "cyber\u00adsecurity", []),
        ("νομος", "Ο ΝΟΜΟΣ", ["ΝΟΜΟΣ"]),
        ("nguyen", "Nguyễn Tấn Dũng", ["Nguyễn"]),
        ('"cyber security" cyber', "Cyber security and cyber", ["Cyber security", "cyber"]),
    ],
)
def test_the_words_that_matched_are_marked(query, text, words):
    assert show_marks(marker(query).mark(text)) == words


def test_markup_in_a_text_stays_text():
    fragments = marker("norm").mark("<b>norm</b> & <script>")
    assert "".join(fragment.text for fragment in fragments) == "<b>norm</b> & <script>"


def test_the_stretch_with_most_of_the_words_is_shown_with_its_section():
    filler = "some other words that say little. " * 60
    document = Document(
        "a", "T", summary=filler, sections=(Section(filler + "here insurance meets cyber risk. " + filler, "Heading", "anchor"),)
    )
    fragments, section = marker("cyber insurance").snippet(document)
    assert section is not None
    assert section.anchor == "anchor"
    assert show_marks(fragments) == ["insurance", "cyber"]
    assert sum(len(fragment.text) for fragment in fragments) <= WINDOW + 40


def test_words_that_begin_alike_are_shown_where_they_stand_together():
    text = f"In 2012 we met. {'Little was said of it then. ' * 15}Then 2012 and 2013 came."
    fragments, _ = marker("2012 2013").snippet(Document("a", "T", sections=(Section(text),)))
    assert show_marks(fragments) == ["2012", "2013"]


@pytest.mark.parametrize("space", ["\n", "\u00a0", "\t"])
def test_a_snippet_begins_and_ends_with_whole_words(space):
    text = space.join(["line"] * 100 + ["needle"] + ["line"] * 100)
    fragments, _ = marker("needle").snippet(Document("a", "T", sections=(Section(text),)))
    assert set("".join(fragment.text for fragment in fragments).split()) == {"…", "line", "needle"}


@pytest.mark.parametrize("before", ["", "前言 "])
def test_a_text_without_spaces_is_cut_around_its_match(before):
    text = f"{before}{'一二三四五六七八九十' * 100}中国{'甲乙丙丁戊己庚辛' * 100}"
    fragments, _ = marker("中国").snippet(Document("a", "T", sections=(Section(text),)))
    assert show_marks(fragments) == ["中国"]
    assert sum(len(fragment.text) for fragment in fragments) <= WINDOW + 4


@pytest.mark.parametrize("run", ["sp.", "中国", "iVBORw0KGgo/", "spying "])
def test_the_work_of_marking_a_long_run_grows_with_its_length(run):
    def work(repeats):
        text = "Σ" + run * repeats
        document = Document("a", "T", sections=(Section(text),))
        return calls_made_by(
            lambda: (marker("spying 中国国家 ivborw").snippet(document), marker("spying").mark(text), ENGLISH.words(text))
        )

    work(10)  # what is made once is made here
    assert work(800) < 2.5 * work(400) + 2_000


def test_a_document_that_matched_elsewhere_shows_its_beginning():
    fragments, _ = marker("commentary").snippet(Document("a", "T", summary="What the summary says."))
    assert "".join(fragment.text for fragment in fragments) == "What the summary says."


@settings(max_examples=300)
@given(st.text(), st.text())
def test_marking_never_changes_a_text(query, text):
    assert "".join(fragment.text for fragment in marker(query).mark(text)) == text


@settings(max_examples=300)
@given(
    st.sampled_from(["cybersecurity norm", '"public core"', "netz*", "x y"]) | st.text(), st.lists(st.text() | TEXTS, max_size=4)
)
def test_marking_texts_together_is_marking_each(query, texts):
    marked, matching = marker(query).mark_all(texts), marker(query).find_matching(texts)
    assert marked == [marker(query).mark(text) for text in texts]
    assert matching == [number for number, each in enumerate(marked) if has_match(each)]


def test_a_marker_marks_texts_as_a_new_one_does_and_keeps_little_of_them():
    shared = marker('s* OR "sand castle"')
    for number in range(3 * MOST_KEPT):
        text = f"Some sand s{number} stood sand {number}, sand castle by a castle{number}"
        assert shared.mark(text) == marker('s* OR "sand castle"').mark(text)
    finder = shared._as_typed
    assert 0 < len(finder._known) <= MOST_KEPT + 1
    assert 0 < len(finder._second_words) <= MOST_KEPT
