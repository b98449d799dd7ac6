"""What was learned and recommended, on its way to lessons and actions: one form for all of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wholestory.child_deaths.forms.analysis import Looked
from wholestory.child_deaths.models import LearningPoint, Recommendation
from wholestory.child_deaths.operations.promising import ToDo, ToLearn
from wholestory.govuk import forms
from wholestory.learning.models import Audience
from wholestory.learning.operations import Words
from wholestory.learning.themes import CHOICES

LONGEST_TITLE = 160


class CarryOnForm(Looked):
    """A few questions for each learning point and each recommendation; what is not ticked stays as it is."""

    def __init__(
        self,
        *args: Any,
        points: Sequence[LearningPoint],
        recommended: Sequence[Recommendation],
        **wanted: Any,
    ) -> None:
        super().__init__(*args, **wanted)
        self.points, self.recommended = list(points), list(recommended)
        for n, point in enumerate(self.points, 1):
            first = point.text.strip().splitlines()[0][:LONGEST_TITLE]
            self.fields[f"learn_{n}"] = forms.ConfirmField(label=f"Lesson {n}: “{first}”", required=False)
            self.fields[f"theme_{n}"] = forms.SelectField(
                label=f"Lesson {n}: theme", choices=CHOICES, required=False, prompt="Choose"
            )
            self.fields[f"audience_{n}"] = forms.RadiosField(
                label=f"Lesson {n}: who is it for?", choices=Audience.choices, required=False, inline=True,
                initial=Audience.PROFESSIONALS.value,
            )  # fmt: skip
            self.fields[f"title_{n}"] = forms.TextField(
                label=f"Lesson {n}: title", required=False, max_length=LONGEST_TITLE, initial=first
            )
            self.fields[f"learned_{n}"] = forms.LongTextField(
                label=f"Lesson {n}: what was learned", required=False, rows=4, initial=point.text,
                hint="Nobody may recognise a child or a family in it", max_length=4000,
            )  # fmt: skip
        for n, one in enumerate(self.recommended, 1):
            first = one.text.strip().splitlines()[0][:LONGEST_TITLE]
            self.fields[f"do_{n}"] = forms.ConfirmField(
                label=f"Action {n}, of {one.agency}: “{first}”", required=False
            )
            self.fields[f"owner_{n}"] = forms.TextField(
                label=f"Action {n}: which post is to do it?", required=False, max_length=120,
                initial=one.owner_title,
            )  # fmt: skip
            self.fields[f"due_{n}"] = forms.DateField(
                label=f"Action {n}: by when?", required=False, initial=one.due_on
            )

    def clean(self) -> dict[str, Any]:
        """What is ticked needs the rest."""
        said = super().clean()
        for n in range(1, len(self.points) + 1):
            if said.get(f"learn_{n}"):
                self._need(n, ("theme", "Choose a theme"), ("audience", "Choose who it is for"),
                           ("title", "Enter a title"), ("learned", "Say what was learned"))  # fmt: skip
        for n in range(1, len(self.recommended) + 1):
            if said.get(f"do_{n}"):
                self._need(n, ("owner", "Enter which post is to do it"), ("due", "Enter a date"))
        return said

    def _need(self, n: int, *asked: tuple[str, str]) -> None:
        for name, words in asked:
            if not self.cleaned_data.get(f"{name}_{n}") and f"{name}_{n}" not in self.errors:
                self.add_error(f"{name}_{n}", words)

    def learn(self) -> list[ToLearn]:
        """The learning points that were ticked."""
        said = self.cleaned_data
        return [
            ToLearn(
                point.pk,
                Words(said[f"theme_{n}"], said[f"audience_{n}"], said[f"title_{n}"], said[f"learned_{n}"]),
            )
            for n, point in enumerate(self.points, 1)
            if said.get(f"learn_{n}")
        ]

    def do(self) -> list[ToDo]:
        """The recommendations that were ticked."""
        said = self.cleaned_data
        return [
            ToDo(one.pk, said[f"owner_{n}"], said[f"due_{n}"])
            for n, one in enumerate(self.recommended, 1)
            if said.get(f"do_{n}")
        ]
