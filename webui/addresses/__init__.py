"""Addresses: what an address asks for, and the addresses of our own pages.

parameters  the URL codec: request parameters to a `Query` and back, exact inverses
request     the archive and the query of the current request
cited_search  the token in the address of a cited search
tokens      values as hexadecimal digits
moved       documents that have another id now, or are gone
links       the address of a document, a topic, a search, as a path and in full
"""
