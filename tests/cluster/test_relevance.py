"""Relevance order may differ a little between engines: nDCG@10 within 0.02 on two public collections."""

from __future__ import annotations

import json
import subprocess
import sys
import uuid

import pytest

from indexer.corpus import read_corpus
from search.archive import Archive
from search.config.settings import Config, Index, OpenSearch, Source

pytestmark = pytest.mark.cluster


def ndcg(archive: Archive, shared, collection: str, run) -> float:
    lines = []
    for query in map(json.loads, (shared / "relevance" / collection / "queries.jsonl").read_text().splitlines()):
        hits = archive.find_plain(query["text"], 100, match_any=True).hits
        lines += [f"{query['id']} Q0 {document.id} {rank} {score:.6f} test" for rank, (document, score) in enumerate(hits, 1)]
    run.write_text("\n".join(lines) + "\n")
    scorer = [sys.executable, str(shared / "relevance" / "evaluate.py"), "--run", str(run), "--collection", collection]
    told = subprocess.run(scorer, capture_output=True, text=True, check=True).stdout
    return float(next(line.split()[1] for line in told.splitlines() if line.startswith("ndcg@10")))


@pytest.mark.parametrize(("collection", "least"), [("cranfield", 0.38), ("cisi", 0.395)])
def test_both_engines_rank_alike_and_well(node, shared, tmp_path, collection, least):
    source = Source(path=str(shared / "relevance" / collection / "docs.jsonl"))
    where = OpenSearch(hosts=node.hosts, name=f"test-{uuid.uuid4().hex}", replicas=0)
    judged = []
    for engine in ("whoosh", "opensearch"):
        config = Config(
            sources=(source,), engine=engine, index=Index(path="index"), opensearch=where, path=tmp_path / "config.yaml"
        )
        archive = Archive(config)
        archive.engine.build(read_corpus(config).documents)
        judged.append(ndcg(archive, shared, collection, tmp_path / f"{engine}.run"))
        if engine == "opensearch":
            archive.engine.client.indices.delete(index=f"{where.name}-*")
    print(f"{collection}: nDCG@10 {judged}")
    assert min(judged) >= least
    assert abs(judged[0] - judged[1]) <= 0.02
