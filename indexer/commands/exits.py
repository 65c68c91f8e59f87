"""The exit codes of every command."""

DONE, REPORTED, COULD_NOT_RUN = 0, 1, 2
"""Done; done or refused with problems reported; could not run."""
