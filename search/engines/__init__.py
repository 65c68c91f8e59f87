"""Engines: they keep the index and answer searches; one interface, three implementations.

contract      the interface, and the values that go in and come out     open_engine   the engine that the configuration names
oracle        brute force in memory: defines the right answer           similarity    which words are spelled alike
whoosh        the embedded engine, on disk                              opensearch    the engine on an OpenSearch cluster
following     the thread in which a server looks for new generations      withdrawal    documents that no answer shows
published     what is published, as a corpus is compared with it
"""
