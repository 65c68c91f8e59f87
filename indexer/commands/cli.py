"""The editor's commands.

check     read the corpus and list every mistake; write nothing
plan      say what publishing would add, change and remove; write nothing
build     publish the whole corpus as a new generation
update    publish only what changed since the last generation
status    what is published; --verify reads all of it and compares sums
rollback  go back to the generation before
watch     update whenever a file changes
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress

from indexer.commands.left_out import left_out_lines
from indexer.corpus import Corpus, read_corpus
from indexer.publishing import Plan, build, plan, update
from indexer.sources import list_source_files
from search.config.loading import load_config
from search.config.settings import Config
from search.engines.contract import Engine, Generation, PublishedDocument, index_stamp
from search.engines.open_engine import open_engine
from search.errors import FindingAidError, IndexMissing, IndexProblem, PublishRefused

DONE, REPORTED, COULD_NOT = 0, 1, 2
_WATCH_SECONDS = 0.5


def main(arguments: list[str] | None = None) -> int:
    """Run a command; returns 0 done, 1 done or refused with problems reported, 2 could not run."""
    gc.set_threshold(100_000, 50, 100)  # documents are many and hold no cycles: looking for garbage cost 40 % of reading
    options = _parser().parse_args(arguments)
    command: Callable[[Config, argparse.Namespace], int] = options.run
    try:
        return command(load_config(options.config), options)
    except PublishRefused as error:
        print(error, file=sys.stderr)
        return REPORTED
    except (FindingAidError, OSError) as error:
        print(_told(error), file=sys.stderr)
        return COULD_NOT
    except KeyboardInterrupt:
        if command is watch:
            return DONE
        print("interrupted", file=sys.stderr)
        return COULD_NOT


def _told(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror and error.filename:
        return f"{error.filename}: {error.strerror[:1].lower()}{error.strerror[1:]}; check the path, its permissions and the disk"
    return str(error)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m indexer", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    for run, example in (
        (check, "check"),
        (show_plan, "plan"),
        (run_build, "build --allow-loss 2"),
        (run_update, "update --config museum/config.yaml"),
        (status, "status --verify"),
        (rollback, "rollback"),
        (watch, "watch"),
    ):
        name = example.split()[0]
        shown = f"example: python -m indexer {example}"
        command = commands.add_parser(name, help=run.__doc__, description=run.__doc__, epilog=shown)
        command.add_argument("--config", default="config.yaml", help="the archive's configuration (default: ./config.yaml)")
        command.set_defaults(run=run)
        if name in ("build", "update", "watch"):
            command.add_argument("--allow-loss", type=_number, default=0, metavar="N", help="so many published documents may go")
        if name == "build":
            command.add_argument("--if-needed", action="store_true", help="only when the index is missing or behind the corpus")
        if name == "status":
            command.add_argument("--verify", action="store_true", help="read every published file and compare its sum")
    return parser


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f'found "{text}", expected how many documents may go, as in 2')
    return int(text)


def check(config: Config, options: argparse.Namespace) -> int:
    """Read the corpus and list every mistake."""
    corpus = _read(config)
    print(f"{_documents(len(corpus.documents))} can be published, {_mistakes(corpus)}")
    _print_balance(corpus)
    for line in left_out_lines(corpus):
        print(line)
    return REPORTED if corpus.errors else DONE


def show_plan(config: Config, options: argparse.Namespace) -> int:
    """Say what publishing would add, change and remove."""
    corpus = _read(config)
    engine = open_engine(config)
    changes = plan(corpus, _published(engine, 0))
    for sign, ids in (
        ("+", [document.id for document in changes.added]),
        ("~", [document.id for document in changes.changed]),
        ("-", list(changes.removed)),
    ):
        for document_id in ids:
            print(f"{sign} {document_id}")
    print(_summary(changes))
    refusal = changes.refusal(0)
    if refusal:
        print(f"would be refused: {refusal}", file=sys.stderr)
    return REPORTED if corpus.errors or refusal else DONE


def run_build(config: Config, options: argparse.Namespace) -> int:
    """Publish the whole corpus as a new generation."""
    engine = open_engine(config)
    if options.if_needed:
        return _update(config, engine, options.allow_loss)
    corpus = _read(config)
    return _build(config, engine, corpus, options.allow_loss)


def _build(config: Config, engine: Engine, corpus: Corpus, allow_loss: int) -> int:
    published = _published(engine, allow_loss)
    generation = build(engine, corpus, published, config.index_path, allow_loss, _progress())
    return _published_report(corpus, generation)


def run_update(config: Config, options: argparse.Namespace) -> int:
    """Publish only what changed since the last generation."""
    return _update(config, open_engine(config), options.allow_loss)


def _update(config: Config, engine: Engine, allow_loss: int) -> int:
    corpus = _read(config)
    if not _can_go_on(engine, config):
        return _build(config, engine, corpus, allow_loss)
    changes = plan(corpus, engine.published())
    if changes.is_empty:
        print(f"nothing to publish: {_documents(changes.unchanged)} unchanged, {_mistakes(corpus)}")
        return REPORTED if corpus.errors else DONE
    generation = update(engine, corpus, changes, config.index_path, allow_loss)
    print(_summary(changes))
    return _published_report(corpus, generation)


def status(config: Config, options: argparse.Namespace) -> int:
    """Say what is published, and whether the corpus has changed since."""
    engine = open_engine(config)
    if options.verify:
        wrong = engine.verify()
        print("\n".join(wrong) if wrong else "every published file is what it was when it was published")
        if wrong:
            return REPORTED
    current, *others = [engine.current(), *engine.generations()[1:]]
    print(f"generation {current.id}, published {current.built_at}, {_documents(current.documents)}")
    for generation in others:
        when = "before" if generation.id < current.id else "after"
        print(f"    {when} {generation.id}, published {generation.built_at}, {_documents(generation.documents)}")
    corpus = read_corpus(config)
    changes = plan(corpus, engine.published())
    print(f"corpus: {'as published' if changes.is_empty else _summary(changes)}, {_mistakes(corpus)}")
    return REPORTED if corpus.errors else DONE


def rollback(config: Config, options: argparse.Namespace) -> int:
    """Go back to the generation before."""
    generation = open_engine(config).rollback()
    print(f"went back to {generation.id}, published {generation.built_at}, {_documents(generation.documents)}")
    return DONE


def watch(config: Config, options: argparse.Namespace) -> int:
    """Update whenever a file of the corpus or the configuration changes; ends with Ctrl-C."""
    print("watching; end with Ctrl-C", flush=True)
    seen = None
    while True:
        now = _stamps(config)
        if now != seen:
            seen = now
            try:
                config = load_config(config.path)
                with closing(open_engine(config)) as engine:
                    _update(config, engine, options.allow_loss)
            except (FindingAidError, OSError) as error:  # the next change may mend it
                print(_told(error), file=sys.stderr)
            sys.stdout.flush()
        time.sleep(_WATCH_SECONDS)


def _stamps(config: Config) -> list[tuple[str, int, int]]:
    """What changes with any file that is read. A file that goes missing meanwhile is a change too."""
    paths = [config.path, *(config.folder / name for name in config.facts), *(file.path for file in list_source_files(config)[0])]
    stamps = []
    for path in paths:
        with suppress(OSError):
            found = path.stat()
            stamps.append((str(path), found.st_mtime_ns, found.st_size))
    return stamps


def _read(config: Config) -> Corpus:
    corpus = read_corpus(config)
    for problem in corpus.problems:
        print(problem, file=sys.stderr)
    return corpus


def _can_go_on(engine: Engine, config: Config) -> bool:
    """Whether there is an index that this program and configuration can update, every sum of it right."""
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


def _published(engine: Engine, allow_loss: int) -> Mapping[str, PublishedDocument]:
    """What is published. Where none of it can be read nothing guards it but the editor's word. Raises PublishRefused."""
    try:
        return engine.published()
    except IndexProblem as error:
        if not allow_loss:
            reason = "what is published cannot be read, so what would be lost cannot be told"
            raise PublishRefused(f"{error}\nrefused: {reason}; compare with `check`, and say --allow-loss 1") from None
        return {}


def _published_report(corpus: Corpus, generation: Generation) -> int:
    print(f"published {_documents(generation.documents)} as {generation.id}, {_mistakes(corpus)}")
    _print_balance(corpus)
    return REPORTED if corpus.errors else DONE


def _summary(changes: Plan) -> str:
    counts = {"added": changes.added, "changed": changes.changed, "removed": changes.removed}
    told = [f"{len(what)} {word}" for word, what in counts.items() if what]
    return ", ".join([*told, f"{changes.unchanged} unchanged"])


def _mistakes(corpus: Corpus) -> str:
    warnings = len(corpus.problems) - len(corpus.errors)
    told = "no mistakes" if not corpus.errors else f"{len(corpus.errors)} mistake{'s' * (len(corpus.errors) > 1)} reported"
    return told + (f", {warnings} warning{'s' * (warnings > 1)}" if warnings else "")


def _print_balance(corpus: Corpus) -> None:
    """Where every record went, when not all of them became documents."""
    parts = {"with a mistake": corpus.reported, "kept back as drafts": corpus.drafts}
    told = [f"{number:,} {fate}" for fate, number in parts.items() if number]
    if told:
        print(f"    of {corpus.records:,} found: {len(corpus.documents):,} documents, {', '.join(told)}")


def _documents(number: int) -> str:
    return f"{number:,} document{'' if number == 1 else 's'}"


def _progress() -> Callable[[int, int], None] | None:
    """A bar on a terminal, nothing elsewhere; drawn at most once for each percent."""
    if not sys.stderr.isatty():
        return None

    def draw(done: int, total: int) -> None:
        if total >= 1000 and (done == total or done % max(1, total // 100) == 0):
            filled = 40 * done // total
            end = "\n" if done == total else ""
            print(f"\r[{'#' * filled}{' ' * (40 - filled)}] {done:,} of {total:,}", end=end, file=sys.stderr, flush=True)

    return draw
