"""What an operator types: the verbs of `lc`, one file each."""
