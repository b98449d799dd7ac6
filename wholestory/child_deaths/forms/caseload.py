"""Narrowing the caseload, and finding a child by name without the name standing in an address."""

from __future__ import annotations

from datetime import date
from typing import Any

from wholestory.child_deaths import pathway
from wholestory.child_deaths.queries import caseload
from wholestory.govuk import forms
from wholestory.partners.models import Area


class CaseFilter(forms.FilterForm):
    """Above the caseload. Names are not searched here: what is typed stands in the address."""

    q = forms.TextField(label="Reference", max_length=120)
    standing = forms.SelectField(
        label="Where it stands",
        choices=[
            ("open", "Open"),
            ("overdue", "Something overdue"),
            ("hold", "Waiting on hold"),
            ("lead", "Sent to another panel, or disputed"),
            ("finished", "Final or closed"),
            ("elsewhere", "Not reviewed here"),
            *[(f"at-{stage.key}", stage.label) for stage in pathway.CASE.stages],
        ],
        prompt="Every case",
    )
    area = forms.SelectField(label="Area", choices=(), prompt="Every area")
    year = forms.SelectField(label="Year to 31 March, by notification", choices=(), prompt="Every year")
    lookups = {"q": ("record__reference__icontains",)}

    def __init__(self, *args: Any, today: date, areas: list[Area], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.today = today
        forms.offer(self, "area", [("", "Every area"), *[(str(area.pk), area.name) for area in areas]])
        last = today.year if today.month < 4 else today.year + 1
        years = [(str(y), f"{y - 1} to {y}") for y in range(last, 2008, -1)]
        forms.offer(self, "year", [("", "Every year"), *years])

    def apply(self, rows: Any) -> Any:
        rows = super().apply(rows)
        said = self.cleaned_data
        rows = _standing(rows, said.get("standing") or "", self.today)
        if area := said.get("area"):
            rows = rows.filter(home_area=area)
        if year := said.get("year"):
            ends = int(year)
            first, after = date(ends - 1, 4, 1), date(ends, 4, 1)
            rows = rows.filter(first_received_at__date__gte=first, first_received_at__date__lt=after)
        return rows


def _standing(rows: Any, chosen: str, today: date) -> Any:
    stage = "record__standing__stage"
    if chosen.startswith("at-"):
        return rows.filter(**{stage: chosen.removeprefix("at-")})
    if chosen == "open":
        return rows.filter(record__in=caseload.standing(*caseload.OPEN))
    if chosen == "overdue":
        return rows.filter(caseload.overdue(today), record__in=caseload.standing(*caseload.OPEN))
    if chosen == "hold":
        return rows.filter(on_hold=True)
    if chosen == "lead":
        return rows.filter(lead__in=("sent", "disputed"))
    if chosen == "finished":
        return rows.filter(**{f"{stage}__in": caseload.FINISHED})
    if chosen == "elsewhere":
        return rows.filter(**{f"{stage}__in": caseload.ELSEWHERE})
    return rows


class FindForm(forms.Form):
    """Sent by POST, so that no name stands in an address, a log or a browser's history."""

    name = forms.TextField(
        label="Name, or part of it", required=False, max_length=120, autocomplete="off", spellcheck=False
    )
    nhs_number = forms.TextField(
        label="NHS number", required=False, max_length=20, width=20, inputmode="numeric", autocomplete="off",
        spellcheck=False,
    )  # fmt: skip
    born_on = forms.DateField(label="Date of birth", required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not self.errors and not any(said.get(key) for key in ("name", "nhs_number", "born_on")):
            self.add_error("name", "Enter a name, an NHS number or a date of birth")
        if said.get("name") and len(said["name"].strip()) < 2:
            self.add_error("name", "Enter at least two letters")
        return said
