"""Text to words, for documents and queries alike, so that every engine is given the same tokens.

analysis        words, stems and stop words of a language       characters      apostrophes, accents and ligatures
codes           COVID-19, ISO 27001: letters beside digits      stop_words      function words by language
common_words    everyday words, which are never corrected       acronyms        those that a text defines
spelling_forms  British and American spellings                  synonyms        those that the archive lists
language_codes  "en" of "en-GB"
"""
