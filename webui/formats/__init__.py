"""The same answers in other forms: one file a format.

whole_search  the documents of a search, as many as there are     atom, csv, ris, bibtex  the search in that form
oai           all documents for harvesters                        sitemap, robots, opensearch  for crawlers and browsers
"""
