"""The writer: corpus file -> Record -> Document -> engine -> published generation.

sources      which files the configuration names
readers      a file -> its records, each with its line
metadata     a record -> a Document, or every mistake in it
facts        what is known from elsewhere, added to documents by id
vocabulary   one spelling for each value of a keyword field
topics       phrases -> topics, with the phrase kept as evidence
corpus       all of that: every document and every mistake of the archive
publication  what would change, what must not be lost, and publishing it
cli          the commands
"""
