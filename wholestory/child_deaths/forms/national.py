"""Marking what was entered nationally, and narrowing the list."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q

from wholestory.child_deaths.rules.national import STATES
from wholestory.child_deaths.rules.regimes import NEW_FORMS_FROM
from wholestory.govuk import forms


class EnteredForm(forms.Form):
    on = forms.DateField(label="When was it entered?", missing="Enter the day")
    reference = forms.TextField(label="Their reference (optional)", required=False, max_length=60, width=20)


class NationalFilter(forms.FilterForm):
    q = forms.TextField(label="Reference", max_length=120)
    state = forms.SelectField(label="How it stands", choices=list(STATES.items()), prompt="All")
    lookups = {"q": ("record__reference__icontains",)}

    def apply(self, rows: Any) -> Any:
        rows = super().apply(rows)
        chosen = self.cleaned_data.get("state")
        early = Q(first_reviewed_on__lt=NEW_FORMS_FROM)
        if chosen == "not_final":
            return rows.filter(final_version=None)
        if chosen == "not_taken":
            return rows.filter(early).exclude(final_version=None)
        taken = rows.exclude(final_version=None).exclude(early) if chosen else rows
        if chosen == "to_enter":
            return taken.filter(entered_version=None)
        if chosen == "entered":
            return taken.filter(entered_version=F("final_version"))
        if chosen == "again":
            return taken.exclude(entered_version=None).exclude(entered_version=F("final_version"))
        return rows
