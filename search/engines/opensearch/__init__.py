"""An archive on an OpenSearch cluster, behind the seam of `search.engines.contract`.

mapping      what an index looks like, and a document in it     requests     a request as OpenSearch's JSON
cluster      the connection: retries, and errors told our way    indices      generations: one index each, behind an alias
publication  build and update                                   engine       the protocol
"""
