"""The writer, from top to bottom: source file -> record -> Document -> engine -> published generation.

sources        which files the configuration names; patterns: of their paths; page_files: which are pages; formats: their readers
readers        a file -> its records; records: a record -> a Document, or every mistake in it
file_reading   one file as read_documents and problems; file_readings: all files, on both cores; memory: those that did not change
dump_reading   the finished documents of an exported archive; dump_history: when they were published
spool          where documents are while the command runs; spooled_documents: as they are read, settled and published
corpus         all of that: every document and every mistake of the archive; setting_mistakes: those of the configuration
plans          what would change, what must not be lost; differences: of two versions; publishing: publish it; holding: files
commands       check, plan, build, update, status, rollback, watch, suggest-synonyms (synonym_proposals)
"""
