"""Pages and machine documents for people who come without an LMS: parse, call the api, answer.

What does not belong here: a rule about who may do what (that is `domain`), a query, a row.
"""
