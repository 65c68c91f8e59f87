"""Addresses: what an address asks for, and the addresses of our own pages.

parameters  the URL codec: request parameters to a `Query` and back, exact inverses
request     what the request being answered asks for, and of which archive
cited_search  what the address of a cited search says of the moment it was cited
tokens      values as hexadecimal digits
moved       documents that have another id now, or are gone
links       the address of a document, a topic, a search, as a path and in full
"""
