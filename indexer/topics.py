"""Topics from phrases: a document gets a topic when one of the topic's phrases stands in its words.

Phrases are compared as the search compares words, by stems, side by side; the phrase found is kept as evidence. A document
that states topics keeps them; one without a title gets none from phrases, for nobody knows what it is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from search.analysis import Analyzer
from search.config import Config
from search.document import Document, TopicEvidence


class TopicPhrases:
    """The phrases of a configuration, ready to be looked for."""

    def __init__(self, config: Config) -> None:
        self.analyzer = Analyzer(config.language, config.stop_words)
        self.fields = config.topic_fields
        self._by_first: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        for topic, described in config.topics.items():
            for phrase in described.phrases:
                stems = tuple(map(self.analyzer.stem, self.analyzer.words(phrase)))
                if stems:
                    self._by_first.setdefault(stems[0], []).append((stems, topic, phrase))

    def assign(self, document: Document) -> Document:
        """The document with the topics its words give it, in the order of the configuration's first match."""
        if not self._by_first or document.title_status == "not_preserved":
            return document
        found = dict(self._found(document))
        new = [TopicEvidence(topic, phrase) for topic, phrase in found.items() if topic not in document.topics]
        if not new:
            return document
        topics = (*document.topics, *(evidence.topic for evidence in new))
        return replace(document, topics=topics, topic_evidence=(*document.topic_evidence, *new))

    def _found(self, document: Document) -> Iterator[tuple[str, str]]:
        for text in self._texts(document):
            stems = tuple(map(self.analyzer.stem, self.analyzer.words(text)))
            for at, stem in enumerate(stems):
                for wanted, topic, phrase in self._by_first.get(stem, ()):
                    if stems[at : at + len(wanted)] == wanted:
                        yield topic, phrase

    def _texts(self, document: Document) -> Iterator[str]:
        for field in self.fields:
            if field == "text":
                yield from (section.text for section in document.sections)
            else:
                yield str(getattr(document, field))
