"""Tags for prose: Markdown, official statements, a value under a key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from course_content.prose import Words

register = template.Library()


@register.simple_tag(takes_context=True)
def lc_md(context: template.Context, text: str, top: int = 3) -> SafeString:
    """Markdown of our own as HTML; its highest heading becomes `<h{top}>`."""
    words: Words = context["words"]
    return mark_safe(words.render(text, top=top))  # noqa: S308  # rendered with HTML disabled


@register.simple_tag(takes_context=True)
def lc_inline(context: template.Context, text: str) -> SafeString:
    """One sentence's Markdown as HTML, without a paragraph around it."""
    words: Words = context["words"]
    return mark_safe(words.render_inline(text))  # noqa: S308  # rendered with HTML disabled


@register.filter
def lc_get(mapping: Mapping[Any, Any], key: object) -> Any:
    """The value under a key that the template holds in a variable; None where there is none."""
    return mapping.get(key)


@register.filter
def lc_hours(minutes: int) -> str:
    """Minutes as people plan them ("25 minutes", "1 h", "2 h 30 min")."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} minutes"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


@register.filter
def lc_number(value: float) -> str:
    """A number without a needless decimal ("12", "1.5")."""
    return f"{value:g}"
