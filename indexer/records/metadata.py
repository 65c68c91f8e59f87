"""The values of a record as documents hold them, and every mistake in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indexer.readers.record import Record
from indexer.records.converters import CONVERTERS
from indexer.records.text_values import Context, Converter
from search.config.usual_names import FIELD_BY_USUAL_NAME, field_meant
from search.errors import Problem, advise_nearest
from search.model.document_fields import LIST_FIELDS

NO_FIELD = "is not a field of this archive and was left out"
"""Start of the warning about an unknown key."""
_LIKE_ENOUGH = 0.75
"""Similarity from which an unknown key is taken for a misspelt field. Sources have many keys of their own."""
_NOT_DOCUMENTS = frozenset({"draft", "text", "date_end"})


class Metadata:
    """Reads the values of records by one set of converters and collects the problems met. `own` are the archive's own fields."""

    def __init__(self, converters: Mapping[str, Converter], own: tuple[str, ...] = ()) -> None:
        self.converters = converters
        self.known = frozenset(converters)
        self.several = frozenset((*LIST_FIELDS, *own))
        self.parts = frozenset((*CONVERTERS, *own)) - _NOT_DOCUMENTS | {"text"}
        self._problems: list[Problem] = []
        self._unknown: dict[tuple[str, str], tuple[Record, int]] = {}

    @property
    def problems(self) -> list[Problem]:
        """The problems of single records, and each unknown key once for each file."""
        unknown = [
            record.place.problem(key, self._advice(record, key, times), warning=True)
            for (_, key), (record, times) in self._unknown.items()
        ]
        return [*self._problems, *unknown]

    def report(self, record: Record, name: str, message: str, *, warning: bool = False) -> None:
        """Add a problem of the value of one key."""
        self._problems.append(record.place.problem(name, message, warning=warning))

    def read_values(self, record: Record, *, is_plain: bool = False) -> tuple[dict[str, Any], bool]:
        """Return the record's values as documents hold them, by field, and whether all of them could be read."""
        values: dict[str, Any] = {}
        is_whole = True
        for name, value in record.values.items():
            converter = self.converters.get(name)
            if converter is None:
                first, times = self._unknown.get((record.file, name), (record, 0))
                self._unknown[record.file, name] = first, times + 1
                continue
            context = Context(is_plain, key=record.keys.get(name, name))
            try:
                values[name] = converter(value, context)
            except ValueError as error:
                self.report(record, name, str(error))
                is_whole = False
            for warning in context.warnings:
                self.report(record, name, warning, warning=True)
        if values.get("sources") or values.get("proposals"):
            self._report_unknown_parts(record, values)
        return values, is_whole

    def _report_unknown_parts(self, record: Record, values: Mapping[str, Any]) -> None:
        """Report names of parts in sources and proposals that are no parts of a document."""
        about = [("sources", name) for evidence in values.get("sources", ()) for name in evidence.fields]
        about += [("proposals", proposal.field) for proposal in values.get("proposals", ()) if proposal.field]
        for key, name in dict.fromkeys(about):
            if name not in self.parts:
                advice = advise_nearest(name, self.parts, "write the name of a field")
                self.report(record, key, f'found "{name}", which is no part of a document; {advice}', warning=True)

    def _fix(self, record: Record, key: str) -> str:
        near = field_meant(key, self.converters, _LIKE_ENOUGH)
        is_usual = near == FIELD_BY_USUAL_NAME.get(key.casefold())
        if not near or (is_usual and near in record.values):
            return "declare it under `fields`, map it with `mapping` or add it to `ignore`"
        return f"map it with `mapping`, as in {near}: {key}, or add it to `ignore`" if is_usual else f'did you mean "{near}"?'

    def _advice(self, record: Record, key: str, times: int) -> str:
        fix = self._fix(record, key)
        where = f" here and in {times - 1:,} more" if times > 1 else ""
        return f"{NO_FIELD}{where}; {fix}"
