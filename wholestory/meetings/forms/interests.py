"""Questions about interests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wholestory.govuk import forms
from wholestory.meetings.models import Effect, InterestKind, Item, Part

NONE = "none"


class DeclareForm(forms.Form):
    """For every item: no interest, or which, and what follows. Required for part B."""

    def __init__(self, *args: Any, items: Sequence[tuple[str, Item]], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.items = [(number, item) for number, item in items]
        for number, item in self.items:
            confidential = item.part == Part.B
            choices = [(NONE, "I have no interest in it")]
            choices += [
                (value, label) for value, label in Effect.choices if confidential or value != Effect.WITHHELD
            ]
            self.fields[f"effect_{item.pk}"] = forms.RadiosField(
                label=f"{number} {item.title}",
                choices=choices,
                required=confidential,
                missing=f"Say whether you have an interest in {number}",
                small=True,
            )
            self.fields[f"words_{item.pk}"] = forms.TextField(
                label="If you have an interest: what is it?", required=False, max_length=500
            )

    def pairs(self, part: str) -> list[tuple[Any, Any]]:
        """The two questions of each item of one part."""
        return [
            (self[f"effect_{item.pk}"], self[f"words_{item.pk}"])
            for _, item in self.items
            if item.part == part
        ]

    @property
    def part_a(self) -> list[tuple[Any, Any]]:
        return self.pairs(Part.A)

    @property
    def part_b(self) -> list[tuple[Any, Any]]:
        return self.pairs(Part.B)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for number, item in self.items:
            effect = said.get(f"effect_{item.pk}")
            if effect and effect != NONE and not (said.get(f"words_{item.pk}") or "").strip():
                self.add_error(f"words_{item.pk}", f"Say what your interest in {number} is")
        return said

    def answers(self) -> list[tuple[Item, str, str]]:
        """Each answered item, what follows (nothing for no interest), and the words."""
        found = []
        for _, item in self.items:
            effect = self.cleaned_data.get(f"effect_{item.pk}") or ""
            if effect:
                words = self.cleaned_data.get(f"words_{item.pk}") or ""
                found.append((item, "" if effect == NONE else effect, words))
        return found


class EffectForm(forms.Form):
    """What follows from somebody's interest, said by the chair or whoever takes the minutes."""

    effect = forms.RadiosField(
        label="What follows from it?", choices=(), missing="Choose what follows from it"
    )
    reason = forms.LongTextField(label="Why?", missing="Say why", rows=3, max_length=500)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("effect", choices)


class InterestForm(forms.Form):
    """A line of one's own register."""

    kind = forms.RadiosField(
        label="What kind of interest is it?",
        choices=InterestKind.choices,
        missing="Choose the kind",
        small=True,
    )
    words = forms.TextField(
        label="What is it?",
        hint="For example, governor of a school since 2014. Name no child",
        missing="Say what it is",
        max_length=300,
    )
    starts_on = forms.DateField(label="Since when? (optional)", required=False)
    groups = forms.ManyChoicesField(
        label="Which groups should know?", choices=(), missing="Choose at least one group", small=True
    )

    def __init__(self, *args: Any, groups: list[tuple[str, str]], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("groups", groups)


class EndForm(forms.Form):
    """The last day of an interest."""

    on = forms.DateField(label="What was its last day?", missing="Enter the last day")
