"""Measure the shipped server over HTTP, next to a minimal Flask page on the same server.

client        requests over kept-alive connections, timed
servers       the shipped server and the floor as child processes, and their memory
floor         a page that costs as little as a page can
measurement   each kind of request at each number of connections, in turn
report        tables, marks, and a section of RESULTS.md
"""
