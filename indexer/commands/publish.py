"""The commands `build` and `update`."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing

from indexer.commands.exits import DONE, REPORTED
from indexer.commands.messages import count_mistakes, explain_kept, summarize
from indexer.commands.progress import Progress
from indexer.commands.reading import read_and_report
from indexer.commands.report import Report, format_publication
from indexer.corpus import Corpus
from indexer.plans import Plan, count_documents, make_plan
from indexer.publishing import Publication, refuse_if_lossy
from search.config.settings import Config
from search.engines.contract import Engine, index_stamp
from search.engines.open_engine import open_engine
from search.engines.published import ListedDocuments, Published
from search.errors import IndexMissing, IndexProblem, PublishRefused


def build(config: Config, options: argparse.Namespace) -> int:
    """Publish the whole corpus as a new generation."""
    engine = open_engine(config)
    report = Report(options)
    corpus = read_and_report(config, options, report)
    if options.if_needed:
        return _update(config, engine, corpus, options, report)
    return _build(config, engine, corpus, options, report)


def update(config: Config, options: argparse.Namespace) -> int:
    """Publish only what changed since the last generation."""
    report = Report(options)
    with closing(open_engine(config)) as engine:
        return _update(config, engine, read_and_report(config, options, report), options, report)


def _build(config: Config, engine: Engine, corpus: Corpus, options: argparse.Namespace, report: Report) -> int:
    published = read_published(engine, options.allow_loss)
    plan = make_plan(corpus, published, options.allow_loss)
    refuse_if_lossy(plan, options.allow_loss)
    progress = Progress(is_quiet=report.is_quiet)
    try:
        generation = Publication(config, engine, corpus, plan, published).build(progress.show_writing)
    finally:
        progress.clear()
    return _report_publication(report, corpus, plan, generation.documents, generation.id)


def _update(config: Config, engine: Engine, corpus: Corpus, options: argparse.Namespace, report: Report) -> int:
    if not _can_be_updated(engine, config):
        return _build(config, engine, corpus, options, report)
    published = engine.list_published()
    plan = make_plan(corpus, published, options.allow_loss)
    if plan.is_empty:
        _explain_kept(plan)
        kept = f", {len(plan.kept):,} kept" if plan.kept else ""
        report.say(f"nothing to publish: {count_documents(plan.unchanged)} unchanged{kept}, {count_mistakes(corpus)}")
        report.end()
        return REPORTED if corpus.errors else DONE
    refuse_if_lossy(plan, options.allow_loss)
    generation = Publication(config, engine, corpus, plan, published).update()
    report.say(summarize(plan))
    return _report_publication(report, corpus, plan, generation.documents, generation.id)


def _report_publication(report: Report, corpus: Corpus, plan: Plan, documents: int, generation: str) -> int:
    _explain_kept(plan)
    report.say(format_publication(corpus, documents, generation))
    report.print_balance(corpus)
    report.add_facts(generation=generation, published=documents, kept=list(plan.kept))
    report.end()
    return REPORTED if corpus.errors or plan.kept else DONE


def _explain_kept(plan: Plan) -> None:
    if plan.kept:
        print(explain_kept(plan), file=sys.stderr)


def _can_be_updated(engine: Engine, config: Config) -> bool:
    """Whether there is an index that this program and configuration can update, all of it undamaged."""
    try:
        if engine.current().stamp != index_stamp(config):
            return False
        damage = engine.find_damage()
    except IndexMissing:
        return False
    except IndexProblem as error:
        damage = [str(error)]
    for sentence in damage:
        print(f"{sentence} (building it again)", file=sys.stderr)
    return not damage


def read_published(engine: Engine, allow_loss: int) -> Published:
    """Return the published documents. Raises PublishRefused if they cannot be read, as the editor must decide then."""
    try:
        return engine.list_published()
    except IndexProblem as error:
        if not allow_loss:
            reason = "what is published cannot be read, so it is not known what would be lost"
            raise PublishRefused(f"{error}\nrefused: {reason}; compare with `check`, and write --allow-loss 1") from None
        return ListedDocuments()
