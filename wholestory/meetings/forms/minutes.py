"""Questions about minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from wholestory.govuk import forms
from wholestory.meetings.models import Item


class MinutesForm(forms.Form):
    """What belongs to no item, then each item."""

    words = forms.LongTextField(
        label="Opening, and what belongs to no item",
        hint="Read by the whole group. Name no child and no family",
        required=False,
        rows=6,
        max_length=20_000,
    )

    def __init__(
        self, *args: Any, items: Sequence[tuple[str, Item]], known: Mapping[UUID, str], **wanted: Any
    ) -> None:
        super().__init__(*args, **wanted)
        self.items = list(items)
        for number, item in self.items:
            self.fields[f"item_{item.pk}"] = forms.LongTextField(
                label=f"{number} {item.title}",
                hint="Read only by those who may see this item" if item.part == "B" else "",
                required=False,
                rows=6,
                initial=known.get(item.pk, ""),
                max_length=20_000,
            )

    def of_items(self) -> dict[UUID, str]:
        """What is said of each item."""
        return {item.pk: self.cleaned_data[f"item_{item.pk}"] or "" for _, item in self.items}


class CorrectionForm(forms.Form):
    """What a correction puts right."""

    what = forms.LongTextField(
        label="What does the correction put right?", missing="Say what it puts right", max_length=500, rows=3
    )
