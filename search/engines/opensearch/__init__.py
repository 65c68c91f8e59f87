"""The OpenSearch engine: an archive on a cluster, behind the interface of `search.engines.contract`.

engine     the interface                                 requests    searches as OpenSearch's JSON
mapping    what an index and a document in it look like  cluster     the connection: retries, errors, long reads
publishing build and update                              indices     generations: one index each, behind an alias
bulk       documents as actions of bulk requests         vocabulary  words spelled alike, words and values by prefix
"""
