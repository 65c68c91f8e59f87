"""Over HTTP: what the shipped server takes for a page, beside the least that a page of Flask's takes on the same server.

client        requests over kept-alive connections, timed
servers       the shipped server and the floor as child processes, and their memory
floor         a page that costs as little as a page can
measurement   each kind of request at each number of connections, in turn
report        tables, marks, and a section of RESULTS.md
"""
