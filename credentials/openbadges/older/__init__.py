"""Open Badges 2.0: the same award in the older form, and anybody's badge of that form checked.

A badge of 2.0 has no signature inside. It holds either because its issuer's address publishes it
("hosted") or because it is handed on as a signed token ("signed"); in both cases what it names, its
class, its issuer and their key, is fetched through the ports.

What does not belong here: Open Badges 3.0, JSON-LD (the meaning of 2.0's words is fixed), anything
that 2.0 and 3.0 are asked alike (that is `answers`).
"""
