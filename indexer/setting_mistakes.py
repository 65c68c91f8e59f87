"""Mistakes in the configuration, and in files that it names, that only show when the corpus is read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import soupsieve

from indexer.read_documents import FileReading
from indexer.sources import SourceFile
from search.config.loading import load_synonyms
from search.config.marked_yaml import MarkedYaml, parse_yaml
from search.config.settings import Config, Source
from search.errors import ConfigError, Problem, advise_nearest
from search.text.analysis import Analyzer

Place = tuple[str | int, ...]
"""The keys that lead to a setting, with numbers for places in lists."""


def refuse_wrong_selectors(config: Config) -> None:
    """Raise ConfigError with every CSS selector that cannot be read: no page of its source could be."""
    wrong = [
        (("sources", number, *place), selector, reason)
        for number, source in enumerate(config.sources)
        for place, selector in _selectors(source)
        if (reason := _selector_mistake(selector))
    ]
    if wrong:
        marked = _read_again(config)
        raise ConfigError(_problem(config, marked, place, f'found "{found}", {reason}') for place, found, reason in wrong)


def _selectors(source: Source) -> Iterator[tuple[Place, str]]:
    """Yield every CSS selector of a source with its place; without optional ones that are empty."""
    for name, selectors in source.html or ():
        yield from ((("html", name, number), selector) for number, selector in enumerate(selectors))
    if source.listing is None:
        return
    for kind in ("sections", "entries"):
        for number, part in enumerate(getattr(source.listing, kind)):
            named = {name: getattr(part, name, "") for name in ("title", "type", "date")}
            chosen = {"select": part.select} | {name: selector for name, selector in named.items() if selector}
            yield from ((("listing", kind, number, name), selector) for name, selector in chosen.items())
    if source.listing.repairs:
        yield ("listing", "repairs"), source.listing.repairs


def _selector_mistake(selector: str) -> str:
    """Return why this is no CSS selector of elements, and what to write; "" if it is one."""
    try:
        soupsieve.compile(selector)
    except NotImplementedError:
        return "which names a part of an element; write the selector of the element alone, as in h1.name"
    except soupsieve.SelectorSyntaxError as error:
        reason = str(error).splitlines()[0].rstrip(".")
        return f"which is not a CSS selector ({reason[:1].lower()}{reason[1:]}); write one, as in h1.name"
    return ""


def locate_missing_files(config: Config, problems: Sequence[Problem]) -> list[Problem]:
    """Return the problems, those of a path that a setting names and no file has at the line of that setting."""
    if not any(problem.field for problem in problems):
        return list(problems)
    marked = _read_again(config)
    return [_at_its_setting(config, marked, problem) if problem.field else problem for problem in problems]


def _at_its_setting(config: Config, marked: MarkedYaml, problem: Problem) -> Problem:
    place = tuple(int(part) if part.isdigit() else part for part in problem.field.split("."))
    return _problem(config, marked, place, f'found "{problem.path}", but {problem.message}')


def find_setting_mistakes(
    config: Config, wrong_mappings: Mapping[int, list[Problem]], known: Collection[str]
) -> Iterator[Problem]:
    """Yield the wrong mappings and all other mistakes; `known` are the ids that can be withdrawn."""
    for problems in wrong_mappings.values():
        yield from problems
    yield from _find_unknown_withdrawn(config, known)
    yield from _find_wrong_synonyms(config)


def _find_wrong_synonyms(config: Config) -> Sequence[Problem]:
    """Return every mistake in the file of synonyms: without it no search runs."""
    try:
        load_synonyms(config, Analyzer(config.language, config.stop_words))
    except ConfigError as error:
        return locate_missing_files(config, error.problems)
    return ()


def find_wrong_mappings(
    config: Config, files: Sequence[SourceFile], readings: Sequence[FileReading]
) -> Mapping[int, list[Problem]]:
    """Return, by number of the source, a mistake for each mapping from a key that no record of the source has."""
    found: dict[int, set[str]] = {}
    seen: dict[int, set[str]] = {}
    for file, reading in zip(files, readings, strict=True):
        if reading.records > reading.is_bad:
            found.setdefault(file.number, set()).update(reading.found_keys)
            seen.setdefault(file.number, set()).update(reading.seen_keys)
    wrong = {number: sorted(config.sources[number].mapping.keys() - names) for number, names in found.items()}
    if not any(wrong.values()):
        return {}
    marked = _read_again(config)
    problems: dict[int, list[Problem]] = {}
    for number, names in wrong.items():
        for name in names:
            key = config.sources[number].mapping[name]
            fix = advise_nearest(key, seen[number], f"known keys are {', '.join(sorted(seen[number])[:10])}")
            message = f'found "{key}", which no record of {config.sources[number].path} has; {fix}'
            problem = _problem(config, marked, ("sources", number, "mapping", name), message)
            problems.setdefault(number, []).append(problem)
    return problems


def _find_unknown_withdrawn(config: Config, known: Collection[str]) -> Iterator[Problem]:
    """Yield a warning for each id that is withdrawn and is no document: one that is mistyped hides nothing."""
    unknown = [name for name in config.withdrawn if name not in known]
    marked = _read_again(config) if unknown else None
    for name in unknown:
        fix = advise_nearest(name, known, "correct it if a document is meant")
        line = marked.line(("withdrawn", config.withdrawn.index(name))) if marked else 0
        message = f'found "{name}", which is the id of no document now; {fix}'
        yield Problem(str(config.path), line, "withdrawn", message, "warning")


def _problem(config: Config, marked: MarkedYaml, place: Place, message: str) -> Problem:
    return Problem(str(config.path), marked.line(place), ".".join(map(str, place)), message)


def _read_again(config: Config) -> MarkedYaml:
    """Return the configuration with its lines."""
    try:
        return parse_yaml(config.path.read_text(encoding="utf-8-sig"))
    except OSError:  # the file was removed after it was loaded
        return parse_yaml("")
