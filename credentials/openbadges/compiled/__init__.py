"""The fast road from a document to what a signature covers: contexts compiled once into tables.

`term` is one word of a context, `table` all words in force at one place, `walk` the statements of
a document. Whatever is not understood to the letter is a Doubt and the general engine decides.

What does not belong here: a second opinion (jsonld.py has it), canonical form, addresses of
contexts.
"""

from credentials.openbadges.compiled.doubt import Doubt
from credentials.openbadges.compiled.table import Shelf
from credentials.openbadges.compiled.walk import MAX_CONTEXTS, MAX_TYPES, statements

__all__ = ["MAX_CONTEXTS", "MAX_TYPES", "Doubt", "Shelf", "statements"]
