"""The commands `status` and `rollback`."""

from __future__ import annotations

import argparse

from indexer.commands.exits import DONE, REPORTED
from indexer.commands.messages import count_mistakes, summarize
from indexer.corpus import read_corpus
from indexer.memory import ReadingMemory
from indexer.plans import count_documents, make_plan
from search.config.settings import Config
from search.digest import published_digest
from search.engines.open_engine import open_engine


def status(config: Config, options: argparse.Namespace) -> int:
    """Report what is published, and whether the corpus has changed since."""
    engine = open_engine(config)
    if options.verify:
        faults = engine.verify()
        if faults:
            print("\n".join(faults))
            return REPORTED
    current, *others = [engine.current(), *engine.generations()[1:]]
    if options.verify:
        print("every published file is what it was when it was published")
    held = f"{count_documents(current.documents)}, digest {published_digest(config, engine)}"
    print(f"generation {current.id}, published {current.built_at}, {held}")
    for generation in others:
        when = "before" if generation.id < current.id else "after"
        print(f"    {when} {generation.id}, published {generation.built_at}, {count_documents(generation.documents)}")
    corpus = read_corpus(config, ReadingMemory(config))
    plan = make_plan(corpus, engine.list_published())
    print(f"corpus: {'as published' if plan.is_empty else summarize(plan)}, {count_mistakes(corpus)}")
    return REPORTED if corpus.errors else DONE


def rollback(config: Config, options: argparse.Namespace) -> int:
    """Go back to the previous generation."""
    generation = open_engine(config).rollback()
    print(f"went back to {generation.id}, published {generation.built_at}, {count_documents(generation.documents)}")
    return DONE
