"""Verbs of the `lc` command that belong to the LTI door, one a file."""
