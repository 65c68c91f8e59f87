"""Topics from phrases: a document gets a topic when it contains one of the topic's phrases.

Phrases are compared as the search compares words, by stems, side by side; the phrase found is kept as evidence. Topics that
a document states itself come first. A document without a title gets none from phrases, as its subject is not known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache

from msgspec.structs import replace

from search.config.settings import Config
from search.model.document import Document, TopicEvidence
from search.text.analysis import Analyzer

_Phrase = tuple[tuple[str, ...], str, str]
"""The stems to find side by side, the topic they mean, and the phrase as the configuration writes it."""


class TopicPhrases:
    """Finds the phrases of a configuration in documents. `are_given` is whether it has any."""

    def __init__(self, config: Config) -> None:
        self.analyzer = Analyzer(config.language, config.stop_words)
        self.fields = config.topic_fields
        phrases: list[_Phrase] = [
            (stems, topic, phrase)
            for topic, described in config.topics.items()
            for phrase in described.phrases
            if (stems := tuple(map(self.analyzer.stem, self.analyzer.words(phrase))))
        ]
        self._order = list(config.topics)
        self.are_given = bool(phrases)

        @cache  # each word of the archive is stemmed once
        def find_beginning(word: str) -> tuple[_Phrase, ...]:
            stem = self.analyzer.stem(word)
            return tuple(phrase for phrase in phrases if phrase[0][0] == stem)

        self._find_beginning = find_beginning

    def assign(self, document: Document, denied: Collection[str] = ()) -> Document:
        """Return the document with the topics of its phrases, in the order of the configuration, without those denied to it."""
        if not self.are_given or document.title_status == "not_preserved":
            return document
        found: dict[str, str] = {}
        for topic, phrase in self._find_topics(document):
            found.setdefault(topic, phrase)
        for topic in (*document.topics, *denied):
            found.pop(topic, None)
        if not found:
            return document
        new = tuple(TopicEvidence(topic, found[topic]) for topic in sorted(found, key=self._order.index))
        topics = (*document.topics, *(evidence.topic for evidence in new))
        return replace(document, topics=topics, topic_evidence=(*document.topic_evidence, *new))

    def _find_topics(self, document: Document) -> Iterator[tuple[str, str]]:
        find_beginning, stem = self._find_beginning, self.analyzer.stem
        for text in self._texts(document):
            words = self.analyzer.words(text)
            for at in [at for at, word in enumerate(words) if find_beginning(word)]:
                for wanted, topic, phrase in find_beginning(words[at]):
                    if len(wanted) == 1 or tuple(map(stem, words[at : at + len(wanted)])) == wanted:
                        yield topic, phrase

    def _texts(self, document: Document) -> Iterator[str]:
        for field in self.fields:
            if field == "text":
                yield from document.section_texts
            else:
                yield str(getattr(document, field))
