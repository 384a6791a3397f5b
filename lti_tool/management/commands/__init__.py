"""One Django command a file."""
