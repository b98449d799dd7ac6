"""Where Django asks how a form, a field or a list of errors is drawn."""

from __future__ import annotations

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest

from wholestory.govuk.forms import drawing


class Renderer(DjangoTemplates):
    """Draws every field as its design-system component. Named in `settings.FORM_RENDERER`."""

    form_template_name = "govuk/forms/form.html"
    field_template_name = "govuk/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """The HTML of a form's part. A field is first worked out, then drawn by its component's template."""
        if template_name == self.field_template_name:
            drawn = drawing.draw(context["field"])
            return super().render(drawn.template, {"part": drawn}, request)
        return super().render(template_name, context, request)
