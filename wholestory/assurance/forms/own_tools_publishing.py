"""Questions asked when a tool is copied, and when its next version is published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from wholestory.govuk import forms


class CopyForm(forms.Form):
    """A new tool that begins with what another asks."""

    title = forms.TextField(label="What is the new tool called?", missing="Enter a title", max_length=120)
    copied = forms.RadiosField(label="What do you want to copy?", choices=(), missing="Choose what to copy")

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("copied", choices)


class BecameForm(forms.Form):
    """Where each question of a next version comes from. Fields ``from_KEY`` and ``also_KEY`` for each item."""

    def __init__(
        self,
        *args: Any,
        items: Sequence[tuple[str, str, str]],
        earlier: Mapping[str, tuple[str, str]],
        **wanted: Any,
    ) -> None:
        """``items`` are key, number and text; ``earlier`` are number and text by the key of the earlier item."""
        super().__init__(*args, **wanted)
        self.by_number = {number: key for key, (number, _) in earlier.items()}
        choices = [
            ("", "New: not to be compared"),
            *[(k, f"{n} {_short(t)}") for k, (n, t) in earlier.items()],
        ]
        self.keys = [key for key, _, _ in items]
        for key, number, text in items:
            self.fields[f"from_{key}"] = forms.SelectField(
                label=f"{number} {text}", choices=choices, prompt=None, required=False
            )
            self.fields[f"also_{key}"] = forms.TextField(
                label=f"{number} also comes from (optional)",
                hint="Numbers of the earlier version, such as 2.1, 2.3",
                required=False,
                width=10,
            )

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        for key in self.keys:
            try:
                answers[f"also_{key}"] = self._numbers(str(answers.get(f"also_{key}") or ""))
            except ValidationError as wrong:
                self.add_error(f"also_{key}", wrong)
        return answers

    def _numbers(self, typed: str) -> list[str]:
        said = [each for each in typed.replace(";", ",").replace(" ", ",").split(",") if each]
        unknown = [each for each in said if each not in self.by_number]
        if unknown:
            raise ValidationError(f"There is no {', '.join(unknown)} in the earlier version")
        return [self.by_number[each] for each in said]

    def came_from(self) -> dict[str, list[str]]:
        """The earlier items of each item, as chosen."""
        answers = self.cleaned_data
        return {
            key: [old for old in (answers[f"from_{key}"], *answers[f"also_{key}"]) if old]
            for key in self.keys
        }


def _short(text: str, most: int = 70) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"
