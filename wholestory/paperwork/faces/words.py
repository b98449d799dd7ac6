"""Faces of questions answered in words."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms as django_forms

from wholestory.paperwork.faces.base import Face, KeptLongText, KeptText
from wholestory.paperwork.given import Given

_WIDTHS = (2, 3, 4, 5, 10, 20, 30)


class TextFace(Face):
    """One line."""

    def main_fields(self, given: Given) -> Mapping[str, django_forms.Field]:
        wanted = self.question.width
        width = next((each for each in _WIDTHS if wanted is not None and each >= wanted), "")
        return {self.name: KeptText(**self.said(), width=width)}


class LongTextFace(Face):
    """Several lines, with a count when there is a limit."""

    def main_fields(self, given: Given) -> Mapping[str, django_forms.Field]:
        limit = self.question.max_length
        return {self.name: KeptLongText(**self.said(), rows=self.question.rows, max_length=limit)}
