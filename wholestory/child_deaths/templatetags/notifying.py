"""Drawing one question of a form by its name."""

from __future__ import annotations

from django import forms, template
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def question(form: forms.Form, name: str) -> SafeString:
    """The field of this name with its label, hint and errors."""
    return form[name].as_field_group()


@register.filter
def headings(text: str) -> list[str]:
    """The headings of a table, written with commas between them."""
    return text.split(",")
