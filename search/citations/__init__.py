"""Cite documents: one description of a document, from which every format and style is made.

item          the description, and how it is made from a document    csl         it as CSL-JSON
kinds         what kind of thing a document is                       dates       dates with their precision, from EDTF
names         people in parts, bodies whole                          body_words  words that only bodies have in their names
styles        a reference in each style                              apa, chicago, mla  one style each
wording       dates and lists of names in words, for every style
pieces        a reference as plain text, some in italics
"""
