"""Random archives and random requests over them, from a seed, for comparing engines."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from search.config.settings import Config, Index, OpenSearch, OwnField, Source, Topic, TypeValue
from search.model.dates import parse_edtf
from search.model.document import Document, Person, Section
from search.model.query import SORTS, Query

WORDS = (
    "cyber security cybersecurity cyber-security insurance insurances insured norm norms normal China China’s chinese "
    "U.S. us e-mail email public core naïve naive Straße strasse online on-line line risk risks the of and who who's "
    "quantum ελλάδα Безопасность безопасности 网络安全 网络 安全 3.14 2012 x-ray foo_bar don't über Überwachung"
).split()
TYPES = ("Policy Report", "Event Report", "Commentary", "News", "Podcast")
TOPICS = ("china-us", "norms", "crime", "spam", "botnets")


def config(folder: Path, language: str = "en", **settings: object) -> Config:
    """An archive with a type hierarchy, a topic hierarchy and a facet of its own."""
    return Config(
        sources=(Source(path="docs.jsonl"),),
        language=language,
        types=(
            TypeValue(value="Reports", children=("Policy Report", "Event Report")),
            TypeValue(value="News", label="News item"),
        ),
        topics={
            "norms": Topic(label="Norms of behaviour"),
            "crime": Topic(label="Cyber crime"),
            "spam": Topic(label="Spam", parent="crime"),
            "botnets": Topic(label="Botnets", parent="crime"),
            "china-us": Topic(label="China and the U.S."),
        },
        fields={"artist": OwnField(label="Artist")},
        index=Index(path="index"),
        path=folder / "config.yaml",
        **settings,  # type: ignore[arg-type]
    )


def opensearch(hosts: tuple[str, ...], name: str) -> OpenSearch:
    """Where an archive of this name is kept: as many shards as there are nodes, and a copy of each if there can be one."""
    return OpenSearch(hosts=hosts, name=name, shards=len(hosts), replicas=min(1, len(hosts) - 1))


def delete_from_servers(engine: Any) -> None:
    """Remove everything an OpenSearch engine under test has made."""
    engine.client.indices.delete(index=f"{engine.indices.name}-*")


def some_text(chance: random.Random, most: int) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(0, most)))


def document(chance: random.Random, number: int) -> Document:
    year, month, day = chance.randint(2009, 2014), chance.randint(1, 12), chance.randint(1, 28)
    dates = [None, f"{year}", f"{year}-{month:02}", f"{year}-{month:02}-{day:02}", f"{year}/{year + 2}"]
    dates += [f"{year}/..", f"/{year}", "0985", "-0043", "200X"]
    when = chance.choice(dates)
    title = some_text(chance, 4)
    return Document(
        id=f"doc-{number:04}",
        title=title,
        title_status="published" if title else "not_preserved",
        summary=some_text(chance, 8) if chance.random() < 0.4 else "",
        sections=tuple(Section(some_text(chance, 25), some_text(chance, 2), f"s{n}") for n in range(chance.randint(0, 3))),
        type=chance.choice(("", *TYPES)),
        date=parse_edtf(when) if when else None,
        topics=tuple(sorted(chance.sample(TOPICS, chance.randint(0, 3)))),
        people=(Person(chance.choice(("Greg Austin", "Zhou Yonglin"))),) if chance.random() < 0.3 else (),
        extra=(("artist", (chance.choice(("Käthe Kollwitz", "Otto Dix")),)),) if chance.random() < 0.3 else (),
        source_path=f"corpus/{number % 3}.yaml",
    )


def documents(seed: int, count: int) -> list[Document]:
    chance = random.Random(seed)
    return [document(chance, number) for number in range(count)]


def seeds(quick: int, count: int) -> list[Any]:
    """The seeds below `count`; those from `quick` on are left to the slow tests."""
    return [*range(quick), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(quick, count))]


def rounds(config: Config, count: int) -> int:
    """How often a test repeats: a third as often on a server, where each request takes many times as long."""
    return count if config.engine == "whoosh" else count // 3


def versions(count: int, version: str) -> list[Document]:
    """The same documents once more, each with this version in its title."""
    return [Document(f"d{number}", f"version {version}", summary=f"number {number}") for number in range(count)]


def type_something(chance: random.Random) -> str:
    """Something somebody might type."""
    parts = []
    for _ in range(chance.choice((0, 1, 1, 1, 2, 2, 3))):
        word = chance.choice(WORDS)
        kind = chance.random()
        if kind < 0.5:
            part = word
        elif kind < 0.65:
            part = f'"{word} {chance.choice(WORDS)}"' if chance.random() < 0.6 else f'"{word}"'
        elif kind < 0.75:
            part = word[: chance.randint(2, 4)] + "*"
        elif kind < 0.83:
            part = f"{word} OR {chance.choice(WORDS)}"
        elif kind < 0.9:
            part = chance.choice((f"title:{word}", f'title:"{word}"', f"title:{word[:2]}*"))
        else:
            part = chance.choice(
                (
                    "type:reports",
                    'type:"policy report"',
                    "type:none",
                    "topic:crime",
                    "year:2010..2012",
                    "year:..2011",
                    "year:none",
                    'artist:"otto dix"',
                )
            )
        parts.append(("-" if chance.random() < 0.12 and " OR " not in part else "") + part)
    return " ".join(parts)


def query(chance: random.Random) -> Query:
    found = Query(
        type_something(chance),
        sort=chance.choice(("", *SORTS)),
        per_page=chance.choice((10, 10, 100)),
        page=chance.choice((1, 1, 1, 2)),
    )
    for field, values in (
        ("type", (*TYPES, "Reports", "none", "unheard of")),
        ("topic", (*TOPICS, "none")),
        ("year", ("2009", "2010", "2011", "2012", "985", "-43", "none")),
        ("decade", ("2010s", "40s BC", "none")),
        ("artist", ("Käthe Kollwitz", "none")),
    ):
        if chance.random() < 0.25:
            chosen = chance.sample(values, chance.randint(1, 2))
            excluded = chance.random() < 0.3
            found = found.with_selection(field, () if excluded else chosen, chosen if excluded else ())
    if chance.random() < 0.15:
        found = Query(
            **{
                **{name: getattr(found, name) for name in found.__slots__},
                "since": chance.choice(("2010", "2010-06", "-43", "985")),
                "until": chance.choice(("", "2012-03-15", "990")),
            }
        )
    return found.with_page(chance.choice((1, 1, 2)))
