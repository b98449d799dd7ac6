"""Faces of answers with one fixed shape: one box, wide enough and no wider."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms as django_forms

from wholestory.paperwork.faces.base import Face, KeptText
from wholestory.paperwork.given import Given


class TimeFace(Face):
    """A box for a time. It has no numeric keyboard: that of a phone has neither colon nor "pm"."""

    def main_fields(self, given: Given) -> Mapping[str, django_forms.Field]:
        said = self.said()
        said["hint"] = said["hint"] or "On the 24-hour clock. For example, 09:30 or 17:05"
        return {self.name: KeptText(**said, width=5, spellcheck=False)}


class NhsNumberFace(Face):
    """A box for ten digits. Never filled in by the browser: it would offer one child's number for the next."""

    def main_fields(self, given: Given) -> Mapping[str, django_forms.Field]:
        said = self.said()
        said["hint"] = said["hint"] or "10 digits. For example, 943 476 5919"
        return {
            self.name: KeptText(
                **said,
                width=10,
                inputmode="numeric",
                spellcheck=False,
                autocomplete="off",
                spaced_letters=True,
            )
        }


class PostcodeFace(Face):
    """A box for a postcode; like the number, never filled in by the browser."""

    def main_fields(self, given: Given) -> Mapping[str, django_forms.Field]:
        said = self.said()
        if not said["hint"] and self.question.outward_alone:
            said["hint"] = "The whole postcode, or only its first part, such as LS1"
        return {self.name: KeptText(**said, width=10, spellcheck=False, autocomplete="off")}
