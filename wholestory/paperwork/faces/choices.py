"""Faces of questions answered by choosing. The kinds of nothing stand at the end of the list, after an "or"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms as django_forms

from wholestory.paperwork.faces.base import Face, KeptBoxes, KeptRadios, Posted
from wholestory.paperwork.given import Given, Json, Nothing


class OneOfFace(Face):
    """Radios."""

    kinds_inside = True

    def options(self) -> list[tuple[str, str, str]]:
        """(value, label, hint) of each choice."""
        return [(option.value, option.label, option.hint) for option in self.question.choices()]

    def main_fields(self, given: Given) -> Mapping[str, django_forms.Field]:
        options = self.options()
        choices: list[Any] = [(value, label) for value, label, _hint in options]
        kinds = self.kinds()
        if kinds:
            choices.append(("or", kinds))
        hints = {value: hint for value, _label, hint in options if hint}
        inline = len(options) == 2 and not (hints or kinds)
        return {
            self.name: KeptRadios(
                **self.said(), choices=choices, hints=hints, reveals=self.reveals(), inline=inline
            )
        }

    def read_main(self, posted: Posted, before: Given) -> Json:
        sent = str(posted.get(self.name) or "")
        return "" if sent in set(Nothing) else sent


class ScaleFace(OneOfFace):
    """Radios, worst first, each with what has to be true for it."""

    def options(self) -> list[tuple[str, str, str]]:
        return [
            (str(point.value), self.question.value_in_words(point.value), point.descriptor)
            for point in self.question.points
        ]


class ChoicesFace(Face):
    """Boxes to tick; a kind of nothing clears the others."""

    kinds_inside = True

    def main_fields(self, given: Given) -> Mapping[str, django_forms.Field]:
        options = self.question.choices()
        kinds = self.kinds()
        choices = [(option.value, option.label) for option in options] + kinds
        hints = {option.value: option.hint for option in options if option.hint}
        return {
            self.name: KeptBoxes(
                **self.said(), choices=choices, hints=hints, reveals=self.reveals(),
                exclusive=[value for value, _label in kinds],
            )
        }  # fmt: skip

    def main_posted(self, typed: Json) -> dict[str, list[str]]:
        return {self.name: [str(each) for each in typed] if isinstance(typed, list) else []}

    def posted(self, given: Given) -> dict[str, list[str]]:
        """Both the ticks and the kind of nothing, if a draft holds both."""
        out = super().posted(Given(given.value, typed=given.typed))
        if given.nothing is not None:
            out[self.name] = [*out[self.name], given.nothing.value]
            out[self.why(given.nothing)] = [given.reason]
        return out

    def read_main(self, posted: Posted, before: Given) -> Json:
        return [str(each) for each in posted.getlist(self.name) if each not in set(Nothing)]
