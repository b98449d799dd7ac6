"""What the pages of the first response ask."""

from __future__ import annotations

from datetime import date
from typing import Any

from wholestory.child_deaths.forms.recorded import FactsForm
from wholestory.child_deaths.models import Expected
from wholestory.child_deaths.rules.response import Criterion
from wholestory.child_deaths.rules.response_steps import Step, response_name
from wholestory.govuk import forms

CRITERIA = [(each.value, f"It {each.label}") for each in Criterion]


class DecideForm(FactsForm):
    """Whether a response is opened."""

    def __init__(self, *args: Any, regime: str, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        name = response_name(regime).lower()
        self.fields["opens"] = forms.YesNoField(
            label=f"Is a {name} opened?", missing=f"Say whether a {name} is opened", inline=False
        )
        self.fields["criteria"] = forms.ManyChoicesField(
            label="What calls for it?", hint="Any one is enough. Leave empty if none is opened.", choices=CRITERIA,
            required=False,
        )  # fmt: skip
        self.fields["reason"] = forms.LongTextField(
            label="Reason", rows=3, required=False,
            hint="Needed when none is opened, and when an earlier decision changes: say what has changed",
            max_length=1000,
        )  # fmt: skip
        self.fields["decided_by"] = forms.TextField(
            label="Who decided?", hint="Name and role", missing="Say who decided", max_length=160
        )
        self.ask_moment("decided", "When was it decided?", required=True)


class ExpectedForm(FactsForm):
    """Whether the death was expected."""

    def __init__(self, *args: Any, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.fields["expected"] = forms.RadiosField(
            label="Was the death expected?", choices=Expected.choices, missing="Say whether it was expected",
            hint="Expected means foreseen as a real possibility, for example 24 hours before. End-of-life care at home"
            " is not normally unexpected; a life-limiting condition alone does not make a death expected.",
        )  # fmt: skip
        self.fields["reason"] = forms.LongTextField(
            label="What does it rest on?",
            missing="Say what it rests on",
            rows=3,
            max_length=1000,
        )
        self.fields["confirmed"] = forms.YesNoField(
            label="Did the designated doctor confirm it?",
            missing="Say whether the designated doctor confirmed it",
        )
        self.fields["decided_by"] = forms.TextField(
            label="Who decided?", hint="Name and role", missing="Say who decided", max_length=160
        )
        self.ask_moment("decided", "When was it decided?", required=True)


class StepForm(FactsForm):
    """One step, with what is asked about its kind."""

    def __init__(self, *args: Any, step: Step, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.ask_moment("at", "When was it?", required=True)
        self.order_fields(["at_on", "at_time"])
        self.asked = step.fields
        for field in step.fields:
            self._ask(field, field.key in step.needs)
        if step.people:
            self.fields["people"] = forms.LongTextField(
                label="Who took part? (optional)", hint="One person a line: name, role, organisation", rows=4,
                required=False, max_length=4000,
            )  # fmt: skip
        self.fields["words"] = forms.LongTextField(
            label="Anything else (optional)", rows=3, required=False, max_length=4000
        )


class TaskForm(forms.Form):
    """What an agency does next."""

    organisation = forms.TextField(
        label="Which organisation?", missing="Name the organisation", max_length=160
    )
    words = forms.LongTextField(
        label="What will it do?", missing="Say what it will do", rows=3, max_length=4000
    )
    owner = forms.TextField(label="Who there? (optional)", required=False, max_length=160)
    due_on = forms.DateField(label="Until when? (optional)", required=False)


class TaskDoneForm(forms.Form):
    """That it was done."""

    done_on = forms.DateField(label="When was it done?", missing="Enter the day")
    words = forms.LongTextField(
        label="What was done, or found? (optional)", rows=3, required=False, max_length=4000
    )

    def __init__(self, *args: Any, today: date, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.fields["done_on"].initial = today
