"""What reading and writing share: the model, the query language, and the engines that keep an index.

archive         the door: a Query in, a ResultPage out            answering    what runs for the words typed
reading         how the words were read, in words                 completions  titles, topics and words that continue a text
fields          every field, declared once                        lookups      ids, names and acronyms to look up
related         neighbours of a document, and others like it      history      when documents changed or went
held_files      where files are kept                              media_types  the kinds of files
known_items     documents named by id, call number or address     facets       the values of a field, to choose from
second_process  a share of a large build, on another core         errors       the error tree
digest          a digest, equal for equal archives                explaining   the factors of a hit's rank
own_words       words that labels have and texts do not           changes     times of many documents, packed
hits            each document found, title and snippet marked     arguments    options that all commands have
heap            how a serving process keeps its memory            chunks       lists of a bounded size
preloading      what is read once, before the first search        choices      what runs for a text, kept for its other pages
essentials      what matters if no document has half the words    kept         what is used again, bounded in bytes

model           documents, dates, queries, results                config       settings, loading, checks
text            text to words                                     query_language  what was typed, as a tree to match
marking         where the words are                               suggestions  other searches that find something
engines         who keeps the index                               citations    how a document is cited
"""
