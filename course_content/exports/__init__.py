"""The content in other people's formats: one file for each.

What does not belong here: reading our own files (that is `loading`) and answering requests.
"""
