"""The Whoosh engine: a real Whoosh index as the durable store, and flat arrays, written with it, that answer searches.

Writing    shares (of documents, for two processes), inversion (share -> words, values), new_segment and collected_values
           (shares -> segment), postings (blocks of words -> sorted runs -> merged), document_runs (their documents, in 16
           bits), disk_arrays, deletions (index of similar words), schema, written_segment, whoosh_writer, whoosh_codec and
           positions (-> Whoosh's own files), ranks (order of all documents), publishing (-> a checked generation), merging
           (of small segments), generations (on disk), published (what an update compares with)
Reading    arrays (mapped files), segment, stored_documents, keywords and document_values (facets),
           snapshot (all segments of a generation)
Answering  engine, evaluation (match tree -> documents, scores, counts), window (the best documents), vocabulary (words)
"""
