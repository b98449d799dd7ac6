"""Loading an aggregate file: the file, and the last word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wholestory.govuk import forms
from wholestory.partners.models import Agency


class AggregateFileForm(forms.Form):
    """What a council counted on its own machine."""

    file = forms.FileField(
        label="The aggregate file",
        hint="The .json file that “wholestory indicators … --aggregate” wrote. It holds counts, nothing of any child.",
        missing="Choose a file",
        accept=".json",
    )
    agency = forms.SelectField(
        label="Who sent it?", choices=(), prompt="Choose an organisation", missing="Say who sent it"
    )

    def __init__(self, *args: Any, agencies: Sequence[Agency], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("agency", [("", "Choose an organisation"), *((each.slug, each.name) for each in agencies)])


class AggregateLoadForm(forms.Form):
    """The mark of what was shown."""

    seen = forms.TextField(max_length=32)
