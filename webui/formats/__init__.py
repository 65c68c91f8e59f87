"""Searches and documents in other formats, one file for each format.

whole_search  a search or chosen documents as a file, streamed    atom, csv, json, ris, bibtex  that file in each format
items         the citation items of documents                     dublin_core  a document in its fifteen elements
oai           all documents for harvesters                        oai_lists    its sets, datestamps and tokens
sitemap, robots, opensearch  for crawlers and browsers            json_ld, meta_tags  what machines read on a page
"""
