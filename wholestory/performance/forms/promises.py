"""Questions the pages about promises ask."""

from __future__ import annotations

from datetime import date
from typing import Any

from wholestory.actions.models import ActionState
from wholestory.govuk import forms

Choices = list[tuple[str, str]]


class PromiseFilter(forms.FilterForm):
    """Narrowing the list of promises."""

    q = forms.TextField(label="Words or agency", max_length=100)
    state = forms.SelectField(
        label="State", choices=[("overdue", "Overdue"), *ActionState.choices], prompt="All"
    )
    aimed = forms.SelectField(
        label="Measure",
        choices=[("yes", "With a measure it is meant to move"), ("no", "Without a measure")],
        prompt="All",
    )
    lookups = {"q": ("title__icontains", "agency__name__icontains", "measure_code__iexact")}

    def __init__(self, *args: Any, today: date, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.today = today

    def apply(self, rows: Any) -> Any:
        rows = super().apply(rows)
        state, aimed = self.cleaned_data.get("state"), self.cleaned_data.get("aimed")
        if aimed:
            rows = rows.exclude(measure_code="") if aimed == "yes" else rows.filter(measure_code="")
        if state == "overdue":
            return rows.filter(state=ActionState.OPEN, due_on__lt=self.today)
        return rows.filter(state=state) if state else rows


class AimForm(forms.Form):
    """The measure a promise is meant to move, and since when."""

    measure_code = forms.SelectField(
        label="Which measure is it meant to move?", choices=(), required=False, prompt="None"
    )
    working_from = forms.DateField(
        label="From which day could children notice the change? (optional)",
        hint="When the clinic opened or the training had been given, which may be long before or after the action was"
        " closed. Without it the day on which it was said to be done counts.",
        required=False,
    )

    def __init__(self, *args: Any, measures: Choices, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("measure_code", [("", "None"), *measures])
