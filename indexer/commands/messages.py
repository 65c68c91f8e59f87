"""Counts in words."""

from __future__ import annotations

from indexer.corpus import Corpus
from indexer.plans import Plan, count_documents, shorten_ids


def times(number: int) -> str:
    """Return "once", "1,200 times"."""
    return "once" if number == 1 else f"{number:,} times"


def count_mistakes(corpus: Corpus) -> str:
    """Return how many mistakes and warnings there are, as in "no mistakes, 2 warnings"."""
    mistakes, warnings = len(corpus.errors), len(corpus.problems) - len(corpus.errors)
    counted = f"{mistakes:,} mistake{'' if mistakes == 1 else 's'} reported" if mistakes else "no mistakes"
    return counted + (f", {warnings:,} warning{'' if warnings == 1 else 's'}" if warnings else "")


def summarize(plan: Plan) -> str:
    """Return what a plan changes, as in "2 added, 30 unchanged"."""
    counts = {"added": plan.added, "changed": plan.changed, "removed": plan.removed, "kept": plan.kept}
    counted = [f"{len(what):,} {word}" for word, what in counts.items() if what]
    return ", ".join([*counted, f"{plan.unchanged:,} unchanged"])


def explain_kept(plan: Plan) -> str:
    """Say which documents keep their published version, and how to let them go; "" where none does."""
    if not plan.kept:
        return ""
    number = len(plan.kept)
    keeps = "keeps its" if number == 1 else "keep their"
    return (
        f"{count_documents(number)} with a mistake above {keeps} published version ({shorten_ids(plan.kept)}); "
        f"correct the mistakes, or write --allow-loss {number} to publish without"
    )
