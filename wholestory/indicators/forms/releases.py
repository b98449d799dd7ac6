"""Loading a release of published figures."""

from __future__ import annotations

from typing import Any

from django import forms as plain

from wholestory.govuk import forms
from wholestory.indicators.benchmarks import published, tables

LARGEST_FILE = 10_000_000
#: What a page can carry back: the file, packed and signed.
LARGEST_KEPT = 4_500_000


class ReleaseFileForm(forms.Form):
    """The file of a release, and what it is."""

    file = forms.FileField(
        label="The file",
        hint="CSV as published, at most 10 MB. Nothing is kept before you have seen what was read.",
        missing="Choose a file",
        accept=".csv",
    )
    table = forms.SelectField(
        label="Which table is it?", choices=(), prompt="Find out from the headings", required=False
    )
    name = forms.TextField(
        label="What is this release called?",
        hint="With its year, such as “Children in need 2026, table C1”. Two releases of a table never have the same"
        " name.",
        max_length=160, missing="Say what this release is called",
    )  # fmt: skip
    published_on = forms.DateField(
        label="When was it published?", required=False, hint="Leave empty if not known"
    )
    model = forms.TextField(
        label="Neighbours only: the year of the model", required=False, max_length=20, width=5
    )
    valid_from = forms.DateField(
        label="Neighbours only: from which day are they used?", required=False,
        hint="The model before it is used until the day before.",
    )  # fmt: skip

    def __init__(self, *args: Any, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer(
            "table",
            [("", "Find out from the headings"), *((key, each.title) for key, each in tables().items())],
        )


class TakeReleaseForm(plain.Form):
    """What was read, seen and confirmed: the file comes along, signed, so that nothing is kept in between."""

    kept = plain.CharField(max_length=LARGEST_KEPT)
    without = plain.BooleanField(required=False)


class WithoutForm(forms.Form):
    """Asked where single cells cannot be read."""

    without = forms.ConfirmField(label="Load the rest without them", label_size="")

    def __init__(self, *args: Any, faults: int, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        cells = "place" if faults == 1 else "places"
        self.fields["without"].label = f"Load the rest, without the {faults} {cells} that cannot be used"


class FiguresFilter(forms.FilterForm):
    """Above the figures of a release."""

    area = forms.TextField(label="Area", max_length=80)
    measure = forms.SelectField(label="Measure", choices=(), prompt="Every measure")
    lookups = {"area": "area_name__icontains", "measure": "measure"}

    def __init__(self, *args: Any, table: str, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        known = [(key, each.title) for key, each in published().items() if each.table == table]
        self.offer("measure", [("", "Every measure"), *known])
