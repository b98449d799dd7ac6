"""The face of an answer that is worked out: nothing to type, nothing to read."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms as django_forms

from wholestory.paperwork.faces.base import Face, Posted
from wholestory.paperwork.given import Given, Json


class CalculatedFace(Face):
    """No field at all; the page draws the result. Whatever a browser sends under its name is not heard."""

    def fields(self, given: Given) -> dict[str, django_forms.Field]:
        return {}

    def main_fields(self, given: Given) -> Mapping[str, django_forms.Field]:
        return {}

    def posted(self, given: Given) -> dict[str, list[str]]:
        return {}

    def read(self, posted: Posted, before: Given) -> Given:
        return before

    def read_main(self, posted: Posted, before: Given) -> Json:
        return None

    def is_sent(self, posted: Posted) -> bool:
        return False
