"""Compare the cost of a results page with other engines: same documents, same queries, one run.

corpus        documents: real text recombined from a seed
questions     queries of seven kinds, drawn from those documents
arguments     checks of the commands' arguments
peers         each engine behind one small protocol, doing what a results page needs
worker        one engine in a process of its own: build, serve or update
peak_memory   the most memory that all processes of a build have together
measurement   runs the workers in turn, block by block, and sums their times up
report        tables, ratios, RESULTS.md
growth        a picture of the cost of a query against the number of documents
suggestions   completions and similar words (python -m benchmarks.suggestions)
cluster       the OpenSearch engine on a cluster (python -m benchmarks.cluster)
http          the shipped server, beside a trivial page (python -m benchmarks.http)
"""
