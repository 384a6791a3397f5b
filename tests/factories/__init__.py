"""Makers of test data: people, submissions, files."""
