"""The examples of the help page. Each is run by a test."""

EXAMPLES = (
    ("cyber insurance", "documents with both words, in any form: “insured” is found too"),
    ('"public core"', "exactly these words, side by side"),
    ("china -spying", "with the first word, without the second"),
    ("spying OR espionage", "either word"),
    ("norm*", "words that begin so"),
    ("cyber-security", "also “cybersecurity” and “cyber security”"),
    ("title:trust", "the word in the title"),
    ("type:commentary year:2012..2013", "commentary of these years"),
    ("topic:india", "documents of a topic"),
    ("12/22/2011", "documents of that day; “22 December 2011” and “december 2011” work too"),
)
