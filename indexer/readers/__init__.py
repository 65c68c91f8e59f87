"""One file a format: from a file of the corpus to its records, as plain values under the file's own keys.

record        Record, the values of one document in a file; Unreadable
reading       read_records: which reader reads a file, and what is wrong with it
text_files    a file's bytes as text
blocks        text as sections with blocks and links
file_names    the id from the name of a file
paths         dotted paths into nested values
encodings dates_in_text contained        what an encoding is, a date in a text or file name, the child process with limits
html listing markdown (front_matter) json_lines json_file table spreadsheet yaml        the formats of text
pdf (pdf_pages, page_lines) docx (docx_html); file_records: the record of such a file        the formats read in a child process
"""
