"""What the pages about processes beside a review ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from wholestory.child_deaths.forms.recorded import FactsForm
from wholestory.child_deaths.models import Disclosure, ProcessState, Relative, Suspicion
from wholestory.child_deaths.rules.other_processes import Process, may_hold
from wholestory.child_deaths.rules.process_fields import Field
from wholestory.govuk import forms


def _people(relatives: Sequence[Relative]) -> list[tuple[str, str]]:
    return [
        (str(one.pk), f"{one.relation.capitalize()}: {one.name or 'name not known'}") for one in relatives
    ]


class ProcessForm(FactsForm):
    """How one process stands."""

    def __init__(
        self,
        *args: Any,
        process: Process,
        fields: Sequence[Field],
        relatives: Sequence[Relative],
        **wanted: Any,
    ) -> None:
        super().__init__(*args, **wanted)
        self.fields["state"] = forms.RadiosField(
            label="How does it stand?", choices=ProcessState.choices, missing="Say how it stands"
        )
        self.asked = tuple(fields)
        for field in self.asked:
            self._ask(field, False)
        if relatives:
            self.fields["about"] = forms.SelectField(
                label="Whom is it about? (optional)", required=False, prompt="The child who died",
                choices=_people(relatives),
                hint="Somebody else where, for example, the mother is a child herself",
            )  # fmt: skip
        if may_hold(process)[0]:
            self.fields["holds_review"] = forms.YesNoField(
                label="Does it hold the review up? (optional)", required=False,
                hint="Leave open while nobody has decided. A hold is begun on the page of holds.",
            )  # fmt: skip
        self.fields["words"] = forms.LongTextField(
            label="Anything else (optional)", rows=3, required=False, max_length=4000
        )


class DiscloseForm(forms.Form):
    """What was told or given to somebody outside."""

    what = forms.LongTextField(
        label="What was told or given?", missing="Say what was told or given", rows=3, max_length=4000
    )
    to = forms.TextField(
        label="To whom?", hint="Name and organisation", missing="Say to whom", max_length=200
    )
    on = forms.DateField(label="When?", missing="Enter the day")
    basis = forms.RadiosField(
        label="On what basis?", choices=Disclosure.Basis.choices, missing="Say on what basis"
    )
    basis_words = forms.LongTextField(
        label="More about the basis (optional)", rows=2, required=False, max_length=1000
    )
    left_out = forms.LongTextField(
        label="What was left out, and why? (optional)", rows=2, required=False, max_length=1000
    )

    def __init__(self, *args: Any, today: date, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.fields["on"].initial = today


class SuspectForm(forms.Form):
    """How police see one relative."""

    relative = forms.SelectField(label="Who?", choices=(), missing="Choose who")
    standing = forms.RadiosField(
        label="How do police see this person?",
        choices=Suspicion.Standing.choices,
        missing="Say how police see them",
    )
    police_agree = forms.YesNoField(
        label="Do police agree that this person is written to?", missing="Say whether police agree"
    )
    contact = forms.TextField(label="Whom at the police to ask (optional)", required=False, max_length=160)
    words = forms.LongTextField(label="Anything else (optional)", rows=3, required=False, max_length=4000)

    def __init__(self, *args: Any, relatives: Sequence[Relative], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("relative", [("", "Select"), *_people(relatives)])
