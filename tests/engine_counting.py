"""Count what one question asks of an engine."""

from __future__ import annotations

from search.engines.oracle import OracleEngine
from search.query_language.matching import AllOf, AtLeast, Within, scored_terms


class CountedOracle(OracleEngine):
    """The oracle, which counts the searches for words, each of them once, and all else that is looked up."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.forget()

    def forget(self):
        """Begin to count."""
        self.searched, self.looked_up, self.corrected = set(), 0, 0

    @property
    def word_searches(self) -> int:
        """The different searches for two words or more."""
        return len(self.searched)

    def _note(self, match):
        if isinstance(match, AllOf) and len(match.parts) == 2 and isinstance(match.parts[1], Within):
            match = match.parts[0]  # the dates chosen, which are no words
        if isinstance(match, AllOf):
            match = next((part for part in match.parts if isinstance(part, AtLeast)), match)
        if isinstance(match, AtLeast):
            match = AtLeast(0, match.parts)  # how many words one document has, and the search for as many, are one
        if len(list(scored_terms(match))) > 1:
            self.searched.add(match)
        else:
            self.looked_up += 1

    def find(self, request):
        self._note(request.match)
        return super().find(request)

    def count_most_matched(self, parts, match):
        self._note(AtLeast(0, tuple(parts)))
        return super().count_most_matched(parts, match)

    def document_frequencies(self, words):
        self.looked_up += len(words)
        return super().document_frequencies(words)

    def similar_words(self, word, limit):
        self.corrected += 1
        return super().similar_words(word, limit)

    def words_starting(self, prefix, limit):
        self.looked_up += 1
        return super().words_starting(prefix, limit)

    def has_value(self, field, value):
        self.looked_up += 1
        return super().has_value(field, value)

    def keyword_counts(self, field, prefix, limit):
        self.looked_up += 1
        return super().keyword_counts(field, prefix, limit)
