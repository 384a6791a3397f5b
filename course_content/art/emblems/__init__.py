"""The emblems: one idea for each competency, drawn once, used in badge, honeycomb and headers.

What does not belong here: colours, sizes, words.
"""
