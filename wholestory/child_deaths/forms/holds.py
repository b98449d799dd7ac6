"""What the pages of holds ask."""

from __future__ import annotations

from datetime import date
from typing import Any

from wholestory.child_deaths.models import Hold
from wholestory.govuk import forms

_AGAIN = "From that day it stands first in the list of reviews on hold, and is marked."


class BeginForm(forms.Form):
    """Why the review waits, and until when nobody looks."""

    why = forms.RadiosField(
        label="What does the review wait for?",
        choices=Hold.Why.choices,
        missing="Say what the review waits for",
    )
    words = forms.LongTextField(label="More about it (optional)", rows=3, required=False, max_length=4000)
    contact = forms.TextField(
        label="Contact (optional)", required=False, max_length=160,
        hint="For a criminal case: whom at the police or the Crown Prosecution Service to ask",
    )  # fmt: skip
    since_on = forms.DateField(label="Since when?", missing="Enter the day it began")
    review_on = forms.DateField(
        label="When is it looked at again?", hint=_AGAIN, missing="Enter the day to look again"
    )

    def __init__(self, *args: Any, today: date, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.fields["since_on"].initial = today


class ExtendForm(forms.Form):
    """That somebody looked, and the review still waits."""

    review_on = forms.DateField(
        label="When is it looked at again?", hint=_AGAIN, missing="Enter the day to look again"
    )
    words = forms.LongTextField(
        label="Why does the review still wait?", hint="What you were told, and by whom", rows=3,
        missing="Say why it still waits", max_length=4000,
    )  # fmt: skip


class EndForm(forms.Form):
    """That the review goes on."""

    ended_on = forms.DateField(label="When did it end?", missing="Enter the day")
    words = forms.LongTextField(label="What ended it? (optional)", rows=3, required=False, max_length=4000)

    def __init__(self, *args: Any, today: date, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.fields["ended_on"].initial = today
