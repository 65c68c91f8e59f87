"""Parse files that others made in a child process with limits: one that hangs, crashes or fills the memory is one mistake.

process   run_contained: call a function in the child and return its result
worker    the child: sets its limits, then answers calls until its input ends
archives  check the unpacked size of a ZIP file before anything is unpacked
"""
