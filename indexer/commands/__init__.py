"""The editor's commands, one file each, and what they share.

cli        main: the arguments, and errors as sentences; exits: the exit codes
check plan publish (build, update) status (rollback too) watch suggest_synonyms        the commands
reading    read the corpus with its memory, showing progress; report: print problems and results
messages   counts and errors in words; progress: how far a command is
"""
