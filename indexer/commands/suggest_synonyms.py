"""The command `suggest-synonyms`."""

from __future__ import annotations

import argparse
from pathlib import Path

from indexer.commands.exits import DONE
from indexer.corpus import read_corpus
from search.config.loading import load_synonyms
from search.config.settings import Config
from search.errors import ConfigError, Problem
from search.model.query import Query


def suggest_synonyms(config: Config, options: argparse.Namespace) -> int:
    """Propose lines for the file of synonyms, each with its evidence."""
    from indexer.synonym_proposals import propose_acronyms, propose_from_searches
    from search.archive import Archive  # with all that a search needs, which other commands do not

    archive = Archive(config)
    known = load_synonyms(config, archive.analyzer)
    proposals = propose_acronyms(read_corpus(config).documents, known)
    if options.searches:
        searches = _read_searches(Path(options.searches))
        proposals += propose_from_searches(searches, lambda text: archive.count(Query(text)), known, archive.analyzer)
    print("\n".join(map(str, proposals)) if proposals else "nothing to propose")
    return DONE


def _read_searches(path: Path) -> list[str]:
    """Return the searches of a file, one a line. Raises ConfigError where it cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError as error:
        raise ConfigError([Problem(str(path), 0, "--searches", f"cannot be read: {error.strerror or error}")]) from None
    return [line.strip() for line in lines if line.strip()]
