"""The configuration of one archive: what can be set, and what is wrong with a file that sets it.

settings     every setting: its name, type, default and meaning
loading      reads a configuration file and reports every mistake in it
checks       contradictions between settings
messages     the messages about mistaken settings
usual_names  what people call our settings and fields, for advice
help_phrases questions about any archive and the help that answers them
marked_yaml  YAML with the line of each value
"""
