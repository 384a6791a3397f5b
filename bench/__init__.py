"""`make bench`: how fast the product's own work is, as ratios against named peers in one run.

What does not belong here: tests (none is timed), anything the product needs.
"""
