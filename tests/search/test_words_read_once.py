"""Each typed word is analysed once, for however many purposes a question is read."""

from __future__ import annotations

import pytest
from counting import texts_given_to
from engine_counting import CountedOracle

from search.archive import Archive
from search.config.settings import Config, HelpLink, Source, TypeValue
from search.model.dates import parse_edtf
from search.model.document import Document, Person, Section
from search.model.query import Query
from search.text.analysis import Analyzer
from search.text.common_words import is_common_word

TEXT = "Alliances deter attribution of espionage by satellites. Karl Rauscher (KR) defines undersea cables of 2013 and U.S. trust."
DOCUMENTS = [
    Document("a", "Alliances", type="Report", date=parse_edtf("2013"), people=(Person("Karl Rauscher"),), sections=(Section(TEXT),))
]


@pytest.mark.parametrize(
    "text",
    [
        "alliances deter attribution espionage satellites",
        "what is the attribution of espionage?",
        "report about espionage without spam",
        "reports on undersea cables since 2012",
        "Karl Rauscher defines undersea cables",
        "K. Rauscher trust",
        "how do i cite espionage",
        "espionage OR spam alliances",
        "latest reports U.S. trust",
    ],
)
def test_no_piece_of_a_question_is_analysed_twice(text):
    types, links = (TypeValue(value="Report"),), (HelpLink(label="Cite", url="/help", phrases=("how to cite",)),)
    config = Config(sources=(Source(path="x"),), types=types, help_links=links)
    archive = Archive(config, CountedOracle(config, DOCUMENTS))
    is_common_word("alliance", archive.analyzer)  # reads the list of common words
    texts = texts_given_to(Analyzer.words, lambda: archive.search(Query(text)))
    typed = [each for each in texts if each and each in text]
    assert len(typed) == len(set(typed)) <= len(text.split())
