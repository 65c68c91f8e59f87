"""A match tree as a query of stock Whoosh, over the schema we publish. Nothing of our arrays is used.

The values of hidden keyword fields, which are in our arrays alone, are those of the stored documents.
"""

from __future__ import annotations

from itertools import combinations, product

from whoosh import query as q
from whoosh.reading import IndexReader

from search.fields import Fields
from search.model.document import decode_document
from search.model.query import Selection
from search.query_language import matching as m
from search.text.analysis import Analyzer, fold_value


class StockQueries:
    def __init__(self, reader: IndexReader, analyzer: Analyzer, fields: Fields) -> None:
        self.reader = reader
        self.fields = fields
        self.documents = [decode_document(stored["document"]) for _, stored in reader.iter_docs()]
        self.forms: dict[str, dict[str, list[str]]] = {"text": {}, "title": {}}
        for field, forms in self.forms.items():
            for word in self.reader.lexicon(field):
                forms.setdefault(analyzer.stem(word.decode()), []).append(word.decode())

    def query(self, match: m.Match, selections: tuple[Selection, ...] = ()) -> q.Query:
        parts = [self._match(match)]
        for chosen in selections:
            if chosen.include:
                parts.append(self._having(chosen.field, chosen.include))
            if chosen.exclude:
                parts.append(q.Not(self._having(chosen.field, chosen.exclude)))
        return q.And([q.Every(), *parts])

    def _match(self, match: m.Match) -> q.Query:
        match match:
            case m.Term(alternatives):
                return q.Or([self._match_alternative(way) for way in alternatives])
            case m.HasValue(field, values):
                return self._having(field, values)
            case m.Within(first, last):
                return q.And([q.NumericRange("first_day", None, last), q.NumericRange("last_day", first, None)])
            case m.AllOf(parts):
                return q.And([q.Every(), *map(self._match, parts)])
            case m.AnyOf(parts):
                return q.Or([q.And([q.Every(), self._match(part)]) for part in parts])
            case m.AtLeast(count, parts):
                return q.Or([self._match(m.AllOf(some)) for some in combinations(parts, max(count, 0))])
            case m.Not(part):
                return q.And([q.Every(), q.Not(self._match(part))])
            case m.Everything():
                return q.Every()

    def _match_alternative(self, way: m.Sequence | m.WordPrefix) -> q.Query:
        if isinstance(way, m.WordPrefix):
            return q.Prefix(way.field, way.prefix)
        forms = [self.forms[way.field].get(token, []) if way.stemmed else [token] for token in way.tokens]
        return q.Or(
            [q.Term(way.field, words[0]) if len(words) == 1 else q.Phrase(way.field, list(words)) for words in product(*forms)]
        )

    def _having(self, field: str, values: tuple[str, ...]) -> q.Query:
        wanted = {fold_value(value) for value in values}
        if (hidden := self.fields.keyword[field]).is_hidden:
            return q.Or([q.Term("id", one.id) for one in self.documents if wanted & set(map(fold_value, hidden.counted_values(one)))])
        known = [value.decode() for value in self.reader.lexicon(f"kw_{field}")]
        return q.Or([q.Term(f"kw_{field}", value) for value in known if fold_value(value) in wanted])
