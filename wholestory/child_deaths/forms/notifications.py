"""Narrowing the list of messages."""

from __future__ import annotations

from typing import Any

from wholestory.child_deaths.models import Channel
from wholestory.govuk import forms


class NotificationFilter(forms.FilterForm):
    """Above the list of messages."""

    q = forms.TextField(label="Reference", max_length=120)
    settled = forms.SelectField(
        label="What became of it",
        choices=[("none", "Still to sort"), ("case", "Belongs to a case"), ("no_case", "No case")],
        prompt="All",
    )
    channel = forms.SelectField(label="How it came", choices=Channel.choices, prompt="All")
    lookups = {"q": ("record__reference__icontains",)}

    def apply(self, rows: Any) -> Any:
        rows = super().apply(rows)
        said = self.cleaned_data
        if said.get("channel"):
            rows = rows.filter(channel=said["channel"])
        chosen = said.get("settled")
        if chosen == "none":
            return rows.filter(settled__isnull=True) | rows.filter(settled="parted")
        if chosen == "case":
            return rows.filter(settled__in=("opened", "joined"))
        return rows.filter(settled=chosen) if chosen else rows
