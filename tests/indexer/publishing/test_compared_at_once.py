"""A plan that compares all fingerprints at once is the one that looks at every published document, whatever was edited."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from archive_files import write_files
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.commands.publish import read_published
from indexer.corpus import read_corpus
from indexer.memory import ReadingMemory
from indexer.plans import Plan, make_plan
from indexer.publishing import Publication, refuse_if_lossy
from search.config.loading import load_config
from search.engines.contract import Engine, index_stamp
from search.engines.open_engine import open_engine
from search.engines.published import Published, PublishedDocument
from search.errors import IndexMissing, IndexOutdated, PublishRefused

SETTINGS = (
    "sources: [{path: p}]\nindex: {path: index}\n",
    "sources: [{path: p, defaults: {type: Report}}]\nindex: {path: index}\n",
    "sources: [{path: p}]\nindex: {path: index}\nwithdrawn: [k1, j0]\n",
    "sources: [{path: p}]\nindex: {path: index}\ntopics: {t: {label: Water, phrases: [words]}}\n",
)


def records(*ids: str, text: str = "words", topic: str = "water") -> str:
    lines = [f'{{"id": "{one}", "title": "T {one}", "text": "{text}", "topics": ["{topic}"]}}' for one in ids]
    return "".join(f"{one}\n" for one in lines)


J, K = ([f"{letter}{number}" for number in range(8)] for letter in "jk")
CONTENTS = (
    records(*J),
    records(*J[:5]),
    records(*reversed(J), text="other words"),
    records(*K),
    records(*K[2:], topic="Water"),
    records(*K) + "{\n",
    records("j0", "k0", "x0"),
    records(*J[:3]) + '{"id": "k1", "url": "?"}\n',
    "",
)
NAMES = ("a.jsonl", "b.jsonl", "c/d.jsonl")
STEP = st.tuples(
    st.sampled_from(SETTINGS),
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from((*CONTENTS, None))), max_size=3),
    st.sampled_from(("update", "update", "update", "build", "rollback", "nothing")),
    st.sampled_from((0, 0, 100)),
)


class AllLookedAt(dict[str, PublishedDocument], Published):
    """Published documents of which every one is compared by its id."""

    def compare(self, fingerprints: bytes) -> tuple[range, dict[str, PublishedDocument]]:
        return range(len(fingerprints) // 16), self


def content_of(plan: Plan) -> tuple[object, ...]:
    return plan.added.ids, plan.changed.ids, plan.removed, plan.kept, plan.renamed, plan.unchanged, plan.published


def publish(engine: Engine, config: Path, action: str, allow_loss: int) -> None:
    loaded = load_config(config)
    corpus = read_corpus(loaded, ReadingMemory(loaded, least_bytes=0))
    published = read_published(engine, 0)
    plan = make_plan(corpus, published, allow_loss)
    assert content_of(plan) == content_of(make_plan(corpus, AllLookedAt(published), allow_loss))
    if action in ("update", "build") and not (plan.is_empty and action == "update"):
        refuse_if_lossy(plan, allow_loss)
        publication = Publication(loaded, engine, corpus, plan, published)
        is_small = action == "update" and published and engine.current().stamp == index_stamp(loaded)
        _ = publication.update() if is_small else publication.build()
        assert make_plan(corpus, engine.list_published(), allow_loss).is_empty


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(STEP, min_size=2, max_size=6))
def test_any_sequence_of_edits_and_publications_is_planned_alike(tmp_path, steps):
    shutil.rmtree(tmp_path / "p", ignore_errors=True)
    shutil.rmtree(tmp_path / "index", ignore_errors=True)
    config = write_files(tmp_path, SETTINGS[0], {"p/z.jsonl": records("z0", "z1")})
    for setting, edits, action, allow_loss in steps:
        config.write_text(setting)
        for name, content in edits:
            path = tmp_path / "p" / name
            path.parent.mkdir(exist_ok=True)
            path.unlink(missing_ok=True)
            if content is not None:
                path.write_text(content)
        engine = open_engine(load_config(config))
        if action == "rollback":
            with suppress(IndexMissing, IndexOutdated):
                engine.rollback()
        with suppress(PublishRefused):
            publish(engine, config, action, allow_loss)
