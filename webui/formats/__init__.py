"""The same answers in other forms: one file a format.

whole_search  a search or chosen documents as a file, streamed    atom, csv, json, ris, bibtex  that file in each format
items         documents as what references are made from          dublin_core  a document in its fifteen elements
oai           all documents for harvesters                        oai_lists    its sets, datestamps and tokens
sitemap, robots, opensearch  for crawlers and browsers            json_ld, meta_tags  what machines read on a page
"""
