"""Badge art drawn by code: a hexagon, the domain's colour, edge and pattern, one idea as emblem.

Everything is a function of its arguments: the same call gives the same bytes on every machine.
Words are outlines of two packaged fonts, so that no font of the machine is ever asked.

What does not belong here: the state of a learner (the honeycomb draws it), HTML, files, Django.
"""

from course_content.art.badge import badge_svg
from course_content.art.glyph import glyph_marks, glyph_svg
from course_content.art.rendering import badge_png

__all__ = ["badge_png", "badge_svg", "glyph_marks", "glyph_svg"]
