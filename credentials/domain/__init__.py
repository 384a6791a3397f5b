"""The verbs: one file per noun, named as the rows are.

Functions take keyword arguments, rows or values, and `now`; the caller (credentials.api or
credentials.work) opens the transaction unless a docstring says otherwise.

What does not belong here: requests, forms, HTML, and anything about which door somebody used.
"""
