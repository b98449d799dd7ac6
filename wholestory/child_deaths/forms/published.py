"""Loading figures to compare with, and narrowing their list."""

from __future__ import annotations

from django import forms as plain

from wholestory.child_deaths.published import LARGEST_FILE, MEASURES
from wholestory.govuk import forms


class PublishedFilter(forms.FilterForm):
    """Above the list of figures."""

    measure = forms.SelectField(label="Measure", choices=list(MEASURES.items()), prompt="Every measure")
    release = forms.TextField(label="Release", max_length=120)
    lookups = {"measure": "measure", "release": "release__icontains"}


class FiguresFileForm(forms.Form):
    """A CSV file of figures to compare with."""

    file = forms.FileField(
        label="The file", hint="CSV, at most 500 kB. Nothing is kept before you have seen what was read.",
        missing="Choose a file", accept=".csv",
    )  # fmt: skip
    invented = forms.ConfirmField(
        label="These figures are invented, for an example or a test", required=False, label_size=""
    )


class TakeFiguresForm(plain.Form):
    """What was read, seen and confirmed: the text comes along, so that nothing is kept in between."""

    text = plain.CharField(max_length=LARGEST_FILE, strip=False)
    invented = plain.BooleanField(required=False)
