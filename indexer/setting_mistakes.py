"""Mistakes in the configuration that only show when the corpus is read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from indexer.read_documents import FileReading
from indexer.sources import SourceFile
from search.config.marked_yaml import MarkedYaml, parse_yaml
from search.config.settings import Config
from search.errors import Problem, advise_nearest


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
            place = ("sources", number, "mapping", name)
            message = f'found "{key}", which no record of {config.sources[number].path} has; {fix}'
            problem = Problem(str(config.path), marked.line(place), ".".join(map(str, place)), message)
            problems.setdefault(number, []).append(problem)
    return problems


def find_unknown_withdrawn(config: Config, known: Collection[str]) -> Iterator[Problem]:
    """Yield a warning for each id that is withdrawn and is no document: one that is mistyped hides nothing."""
    unknown = [name for name in config.withdrawn if name not in known]
    marked = _read_again(config) if unknown else None
    for name in unknown:
        fix = advise_nearest(name, known, "correct it if a document is meant")
        line = marked.line(("withdrawn", config.withdrawn.index(name))) if marked else 0
        message = f'found "{name}", which is the id of no document now; {fix}'
        yield Problem(str(config.path), line, "withdrawn", message, "warning")


def _read_again(config: Config) -> MarkedYaml:
    """Return the configuration with its lines."""
    try:
        return parse_yaml(config.path.read_text(encoding="utf-8-sig"))
    except OSError:  # the file was removed after it was loaded
        return parse_yaml("")
