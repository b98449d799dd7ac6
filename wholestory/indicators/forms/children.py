"""Sending files about children, accepting what was counted, and why the board may hold them at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wholestory.govuk import forms
from wholestory.indicators.models import MOST_DAYS, ChildSource
from wholestory.partners.models import Agency


class ChildFilesForm(forms.Form):
    """What is sent, which days it is about, and whose it is."""

    source = forms.RadiosField(
        label="What do you send?", choices=list(ChildSource.choices), missing="Say what you send"
    )
    sent = forms.FilesField(
        label="The file",
        hint="The census as .xml, Ofsted’s lists as .xlsx. Of the looked-after return, all tables of one year (.csv).",
        missing="Choose a file",
        accept=".xml,.xlsx,.xlsm,.xls,.ods,.csv",
    )
    earlier = forms.FilesField(
        label="The file of the year before (optional)",
        hint="To look back into: a referral is a re-referral by what came in the twelve months before it.",
        required=False,
        accept=".xml,.csv",
    )
    period = forms.SelectField(
        label="Which days are the figures about?",
        choices=(),
        missing="Say which days",
    )
    agency = forms.SelectField(label="Whose file is it?", choices=(), missing="Say whose file it is")

    def __init__(
        self, *args: Any, agencies: Sequence[Agency], periods: Sequence[tuple[str, str]], **wanted: Any
    ) -> None:
        super().__init__(*args, **wanted)
        self.offer("agency", [("", "Choose an organisation"), *((each.slug, each.name) for each in agencies)])
        self.offer("period", [("", "Choose a quarter or a year"), *periods])


class AcceptForm(forms.Form):
    """The mark of what was shown."""

    seen = forms.TextField(max_length=32)


class BasisForm(forms.Form):
    """What the board decided, as it stands in its minutes."""

    law = forms.TextField(
        label="Which law does it rest on?",
        hint="The act and section, as your information governance lead gave it.",
        missing="Say which law it rests on",
        max_length=300,
    )
    why = forms.LongTextField(
        label="Why are counts not enough?",
        hint="The council can count on its own machine and send nothing about any child. Say why that does not do.",
        missing="Say why counts are not enough",
        max_length=2000,
    )
    decided_by = forms.TextField(
        label="Who decided?",
        hint="For example, the board at its meeting.",
        missing="Say who decided",
        max_length=200,
    )
    decided_on = forms.DateField(label="On which day?", missing="Enter the day of the decision")
    assessment = forms.TextField(
        label="Where is the data protection impact assessment?",
        hint="Its reference, so that somebody can find it.",
        missing="Give the reference of the impact assessment",
        max_length=200,
    )
    review_on = forms.DateField(
        label="By when is this looked at again?", missing="Enter the day of the review"
    )
    keep_days = forms.NumberField(
        label="How many days are files kept?",
        hint=f"From 1 to {MOST_DAYS}. Then they are erased, with every finding that names a child. The counts stay.",
        missing="Enter how many days files are kept",
        min_value=1,
        max_value=MOST_DAYS,
        width="4",
    )


class EndBasisForm(forms.Form):
    """Why it ends."""

    because = forms.TextField(label="Why does it end?", missing="Say why it ends", max_length=300)
