"""Forms as docs/look.md draws them: the summary on top, each error in a sentence at its field."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, HiddenInput, RadioSelect

register = template.Library()


@register.inclusion_tag("lc_credentials/forms/summary.html")
def lc_form_errors(form: BaseForm) -> dict[str, Any]:
    """What is wrong, all of it, each a link to its field; nothing for a form without errors."""
    at_fields = [(field, error) for field in form for error in field.errors]
    return {"general": form.non_field_errors(), "at_fields": at_fields}


@register.inclusion_tag("lc_credentials/forms/field.html")
def lc_field(field: BoundField) -> dict[str, Any]:
    """Label, help, error and control, tied together for readers that do not see the page."""
    described = []
    if field.help_text:
        described.append(f"{field.id_for_label}-help")
    if field.errors:
        described.append(f"{field.id_for_label}-error")
    # the label says it; a placeholder goes away when it is needed
    attributes: dict[str, str | bool] = {"class": _css(field), "placeholder": ""}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if field.errors:
        attributes["aria-invalid"] = "true"
    return {
        "field": field,
        "widget": field.as_widget(attrs=attributes),
        "hidden": isinstance(field.field.widget, HiddenInput),
        "check": isinstance(field.field.widget, CheckboxInput),
        "radio": isinstance(field.field.widget, RadioSelect),
    }


def _css(field: BoundField) -> str:
    if isinstance(field.field.widget, CheckboxInput | RadioSelect):
        return ""
    short = getattr(field.field.widget, "input_type", "") in {"number", "date"}
    return "lc-input lc-input--short" if short else "lc-input"
