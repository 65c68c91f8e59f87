"""Compare the cost of a results page with other engines: same documents, same queries, one run.

corpus        documents: real text recombined from a seed
arguments     what the commands take, checked first
questions     queries of seven kinds, drawn from those documents
peers         each engine behind one small protocol, doing what a results page needs
worker        one engine in a process of its own: build, serve or update
peak_memory   the most memory that all processes of a build need together
measurement   the workers in turn, block by block, and what their times come to
report        tables, ratios, RESULTS.md
growth        cost per query against documents, as a picture
suggestions   completions and similar words (python -m benchmarks.suggestions)
http          the shipped server, beside a trivial page on it (python -m benchmarks.http)
"""
