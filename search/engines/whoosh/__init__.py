"""The Whoosh engine: a real Whoosh index as the durable store, answered from flat arrays made in the same pass.

schema          the Whoosh schema, of standard Whoosh classes only, so that stock Whoosh opens what we publish
inversion       documents -> postings, columns and stored documents of one segment
whoosh_writer   those -> Whoosh's own files, through Whoosh's own codec
positions       positions in the form Whoosh stores, for many postings at once
second_process  the other core, for large builds
arrays          a file of named arrays, memory-mapped
segment         the arrays of one segment: vocabulary, postings, positions, columns
keywords        the keyword fields of one generation: lists and bitmaps, counted
snapshot        the segments of one generation as one: live documents, ranks, columns
evaluation      a match tree -> documents, scores, counts
publication     building, updating and checking a generation
engine          the `Engine` of these
"""
