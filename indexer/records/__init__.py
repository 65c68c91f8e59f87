"""Make Documents, which are published, of the records that readers find in files.

mapping       a source's own keys as ours, templates, split, ignore, defaults
text_values   texts without control characters and markup; converters: each value of a record; dates: the date of a record
metadata      all values of a record and the mistakes in them; documents: a record to its Document
across_documents  what depends on several documents: shared_lines, file_titles, links, files, aliases
facts         what files of facts add to documents
vocabulary    one spelling for each value; topics: topics by the phrases in a text
"""
