"""Questions about an XLSForm workbook an audit tool begins from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wholestory.assurance.definitions.from_plain_form import Told
from wholestory.assurance.rules.own_tools_scales import offered
from wholestory.govuk import forms

#: Every question, whatever its answers are chosen from.
EVERY = "every"


class WorkbookForm(forms.Form):
    """The workbook, and what the tool is called."""

    title = forms.TextField(
        label="What is the tool called? (optional)",
        hint="Without it, the title in the workbook is taken. You can change it later.",
        required=False,
        max_length=120,
    )
    file = forms.FileField(
        label="Choose the workbook",
        hint=".xlsx or .xls, smaller than 5 MB, with a sheet called survey",
        accept=".xlsx,.xls",
        missing="Choose the workbook",
    )


class ScoredForm(forms.Form):
    """Which scale the questions are scored on, and which questions those are."""

    scale = forms.RadiosField(label="On which scale is it scored?", choices=(), missing="Choose a scale")
    choices = forms.RadiosField(
        label="Which questions are scored?", choices=(), missing="Choose which questions are scored"
    )

    def __init__(self, *args: Any, lists: Sequence[tuple[str, int]], **wanted: Any) -> None:
        """``lists`` are the lists of choices in the workbook, in words, with how many questions offer each."""
        super().__init__(*args, **wanted)
        self._lists = [words for words, _number in lists]
        self.offer("scale", [(scale.code, scale.title) for scale in offered()])
        self.offer(
            "choices",
            [
                *(
                    (
                        str(n),
                        f"The {number} answered with: {words}"
                        if number > 1
                        else f"The one answered with: {words}",
                    )
                    for n, (words, number) in enumerate(lists)
                ),
                (EVERY, "Every question that asks for words or a choice"),
            ],
        )

    def told(self) -> Told:
        """What was chosen, once it is valid."""
        chosen = self.cleaned_data["choices"]
        return Told(self.cleaned_data["scale"], "" if chosen == EVERY else self._lists[int(chosen)])


def initial_of(told: Told | None, lists: Sequence[tuple[str, int]]) -> dict[str, str]:
    """What was chosen before."""
    if told is None:
        return {}
    at = next((str(n) for n, (words, _number) in enumerate(lists) if words == told.choices), EVERY)
    return {"scale": told.scale, "choices": at}
