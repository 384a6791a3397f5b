"""Tests of what a file is and says."""
