"""Asking together with other boards."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from wholestory.assurance.definitions.framework import Framework
from wholestory.govuk import forms
from wholestory.partners.models import Board


class ProposeForm(forms.Form):
    """Which boards to invite."""

    boards = forms.ManyChoicesField(
        label="Which boards do you want to ask together with?",
        hint="Each keeps its own cycle, added questions, moderation, notes and actions",
        choices=(),
        missing="Choose at least one board",
    )

    def __init__(self, *args: Any, boards: Iterable[Board], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("boards", [(str(board.id), board.name) for board in boards])


class JoinForm(forms.Form):
    """This board's own cycle of the round."""

    title = forms.TextField(
        label="What is your board’s cycle called?", missing="Enter a title", max_length=120
    )
    framework = forms.RadiosField(label="Which questions?", choices=(), missing="Choose the questions")
    opens_on = forms.DateField(label="Opens on", missing="Enter the day it opens")
    due_on = forms.DateField(
        label="Returns due by",
        hint="The shared questions are due on the earliest date of all boards",
        missing="Enter the due date",
    )

    def __init__(
        self, *args: Any, offered: Iterable[Framework], core: Framework, today: date, **wanted: Any
    ) -> None:
        super().__init__(*args, **wanted)
        self.offer(
            "framework",
            [
                (
                    f"{one.key}:{one.version}",
                    "The shared questions only" if one.key == core.key
                    else f"{one.title}: {len(one.items) - len(core.items)} questions of your own besides",
                )
                for one in offered
            ],
        )  # fmt: skip
        self.today = today

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        opens, due = answers.get("opens_on"), answers.get("due_on")
        if opens and due and due <= opens:
            self.add_error("due_on", "The due date must be after the day it opens.")
        if due and due < self.today:
            self.add_error("due_on", "The due date must be in the future.")
        return answers
