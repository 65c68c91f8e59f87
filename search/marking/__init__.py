"""Which words of a text a query matches, for highlights and snippets; the same on every engine.

snippets     the stretch of a document that shows why it matched, and whole texts with their matches
occurrences  where the terms of a query are in a text
own_values   the archive's own fields that a query matches
plain_text   a text in lower case and without accents, each character where it was
"""
