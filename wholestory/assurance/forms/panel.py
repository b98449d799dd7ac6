"""Questions about screening a return and about its peer challenge panel."""

from __future__ import annotations

from datetime import date
from typing import Any

from wholestory.assurance.forms.examples import show_example
from wholestory.assurance.rules.screening import LOOKS
from wholestory.govuk import forms

YES_NO = [("yes", "Yes"), ("no", "No")]


class ScreenForm(forms.Form):
    """One yes or no for each thing to look at, and what is wrong."""

    def __init__(self, *args: Any, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        for look in LOOKS:
            self.fields[look.key] = forms.RadiosField(
                label=look.question,
                hint=look.hint,
                choices=YES_NO,
                missing=f"Choose yes or no: {look.question}",
                small=True,
            )
        self.fields["words"] = forms.LongTextField(
            label="What is wrong, or worth knowing for whoever judges it?",
            required=False,
            max_length=4000,
            rows=4,
        )


class PlanForm(forms.Form):
    """When the panel meets, and with whom."""

    meets_on = forms.DateField(label="When does the panel meet?", missing="Enter the day the panel meets")
    place = forms.TextField(label="Where? (optional)", required=False, max_length=160)
    peer = forms.SelectField(
        label="Which organisation is paired with it? (optional)", choices=(), required=False
    )
    chaired_by = forms.SelectField(label="Who chairs it? (optional)", choices=(), required=False)

    def __init__(
        self,
        *args: Any,
        peers: list[tuple[str, str]],
        people: list[tuple[str, str]],
        today: date,
        **wanted: Any,
    ) -> None:
        super().__init__(*args, **wanted)
        show_example(self, "meets_on", today, ahead=28)
        self.offer("peer", [("", "None"), *peers])
        self.offer("chaired_by", [("", "Not decided"), *people])


class EnquiryForm(forms.Form):
    """A line of enquiry, and what was answered at the table."""

    item = forms.SelectField(label="About which line?", choices=(), required=False)
    question = forms.LongTextField(
        label="What does the panel want to know?", missing="Write the question", max_length=2000, rows=3
    )
    answer = forms.LongTextField(
        label="What was answered at the table?", hint="Leave this empty until the panel has met", required=False,
        max_length=4000, rows=4,
    )  # fmt: skip

    def __init__(self, *args: Any, items: list[tuple[str, str]], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("item", [("", "The return as a whole"), *items])


class SeatForm(forms.Form):
    """Who sits on the panel."""

    members = forms.ManyChoicesField(
        label="Who sits on the panel?",
        hint="They can read this one return, and write nothing. Nobody of the organisation itself",
        choices=(), required=False, small=True,
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[tuple[str, str]], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("members", people)


class OutcomeForm(forms.Form):
    """What the panel came to."""

    held_on = forms.DateField(label="When did the panel meet?", missing="Enter the day the panel met")
    strengths = forms.LongTextField(
        label="What is strong?", missing="Say what is strong", max_length=4000, rows=4
    )
    to_improve = forms.LongTextField(
        label="What should become better, and what will the board look at?", missing="Say what should become better",
        max_length=4000, rows=4,
    )  # fmt: skip

    go_on = forms.ConfirmField(
        label="Write the outcome all the same",
        missing="Write down what was answered first, or tick the box",
    )
    field_order = ["go_on"]

    def __init__(self, *args: Any, today: date, unanswered: int, **wanted: Any) -> None:
        """``unanswered`` is how many lines of enquiry have no answer written down: no more can be, afterwards."""
        super().__init__(*args, **wanted)
        show_example(self, "held_on", today)
        if unanswered:
            lines = "1 line of enquiry has" if unanswered == 1 else f"{unanswered} lines of enquiry have"
            self.fields[
                "go_on"
            ].help_text = f"{lines} no answer written down. Once the outcome is given, none can be added."
        else:
            del self.fields["go_on"]
