"""Questions about agencies."""

from __future__ import annotations

from datetime import date
from typing import Any

from wholestory.access.directory.forms.parts import Chosen, DoubtForm, by_name, fill
from wholestory.access.directory.operations.agencies import AgencyDetails
from wholestory.access.sign_on import binding
from wholestory.govuk import forms
from wholestory.partners.models import Agency, Board, DutyBasis, Sector

STATES = (("", "Answering now"), ("ended", "Ended"), ("all", "All"))


class AgencyFilter(forms.FilterForm):
    """What narrows the list of agencies."""

    words = forms.TextField(label="Name or URN", width=20)
    sector = forms.SelectField(label="Sector", choices=Sector.choices, prompt="Any sector")
    duty = forms.SelectField(label="Why they answer", choices=DutyBasis.choices, prompt="Any reason")
    state = forms.SelectField(label="State", choices=STATES, prompt=None)

    lookups = {
        "words": ("name__icontains", "short_name__icontains", "urn__startswith"),
        "sector": "sector",
        "duty": "duty_basis",
    }

    def apply(self, rows: Any) -> Any:
        rows = super().apply(rows)
        state = self.cleaned_data.get("state")
        return rows if state == "all" else rows.filter(answers=state != "ended")


class AgencyForm(DoubtForm):
    """An agency's details."""

    name = forms.TextField(label="Name", max_length=160, missing="Enter the agency's name")
    short_name = forms.TextField(
        label="Short name",
        hint="For narrow columns, such as a heat map",
        max_length=60,
        required=False,
        width=20,
    )
    sector = forms.SelectField(label="Sector", choices=Sector.choices, missing="Choose a sector")
    duty_basis = forms.SelectField(
        label="Why it answers to the board",
        choices=DutyBasis.choices,
        missing="Choose why it answers to the board",
        hint="What happens when it does not answer depends on this. Schools never see the words “section 11”.",
    )
    parent = Chosen(
        label="Part of",
        hint="Only when this is the part of an agency that answers for itself",
        required=False,
        prompt="Nothing: it stands alone",
    )
    mailbox = forms.EmailField(
        label="Role mailbox", hint="A contact everybody there reads. Nobody signs in with it.", required=False
    )
    urn = forms.TextField(
        label="URN", hint="Schools only: six figures", max_length=10, required=False, width=10
    )
    sign_on = forms.SelectField(
        label="How its people sign in",
        hint="Through their own organisation only when whoever runs Wholestory has set that up. A code still works,"
        " unless the organisation wants no codes.",
        required=False,
        prompt="With a code sent to their address",
    )
    starts_on = forms.DateField(
        label="Answers to the board from", hint="For example, 1 4 2014", missing="Enter the first day"
    )

    def __init__(self, *args: Any, board: Board, agency: Agency | None = None, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        others = board.agencies.filter(ends_on=None).distinct()
        others = others.exclude(pk=agency.pk) if agency else others
        fill(self, "parent", by_name(others))
        if agency is not None:
            del self.fields["starts_on"]
        self._sign_on = agency.sign_on if agency else ""
        self._offer_sign_on()

    def _offer_sign_on(self) -> None:
        """The providers in the settings; the one the agency has stays, even when it is no longer there."""
        there = {one.key: one.name for one in binding.offered()}
        if self._sign_on and self._sign_on not in there:
            there[self._sign_on] = f"{self._sign_on} (not set up at present)"
        field = self.fields["sign_on"]
        if there and isinstance(field, forms.SelectField):
            field.choices = [("", field.prompt), *((key, f"Through {name}") for key, name in there.items())]
        else:
            del self.fields["sign_on"]

    def clean_urn(self) -> str:
        """Six figures, or nothing."""
        urn = str(self.cleaned_data.get("urn") or "").replace(" ", "")
        if urn and not (urn.isascii() and urn.isdigit() and len(urn) == 6):
            self.add_error("urn", "A URN has six figures, like 123456")
        return urn

    def details(self) -> AgencyDetails:
        """What was answered."""
        given = self.cleaned_data
        return AgencyDetails(
            name=given["name"],
            short_name=given["short_name"],
            sector=given["sector"],
            duty_basis=given["duty_basis"],
            parent=given["parent"],
            mailbox=given["mailbox"],
            urn=given["urn"],
            sign_on=given.get("sign_on", self._sign_on),
        )


class EndAgencyForm(forms.Form):
    """When and why an agency no longer answers to the board."""

    ends_on = forms.DateField(label="Last day", hint="For example, 31 3 2016", missing="Enter the last day")
    because = forms.TextField(
        label="Why?",
        hint="For example: closed, or moved to another area",
        max_length=200,
        missing="Say why it ends",
    )

    def __init__(self, *args: Any, today: date, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.fields["ends_on"].initial = today


class LinkAgencyForm(forms.Form):
    """From when an agency answers to the board again."""

    starts_on = forms.DateField(label="From", hint="For example, 1 4 2016", missing="Enter the first day")


class SuccessionForm(forms.Form):
    """Which agency carries on from this one."""

    after = Chosen(
        label="Which agency carries on?",
        prompt="Choose an agency",
        missing="Choose the agency that carries on",
    )
    how = forms.RadiosField(
        label="What happened?",
        choices=[
            ("renamed", "It was renamed"),
            ("merged", "It merged into that agency"),
            ("split", "It was split, and this is one part"),
            ("converted", "It was converted, for example to an academy"),
        ],
        missing="Say what happened",
    )
    on = forms.DateField(label="From when?", hint="The first day of the new agency", missing="Enter the day")

    def __init__(self, *args: Any, board: Board, agency: Agency, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        others = board.agencies.exclude(pk=agency.pk).exclude(successions_out__how="duplicate").distinct()
        fill(self, "after", by_name(others))


class JoinAgencyForm(forms.Form):
    """Which entry is the double of this one."""

    other = Chosen(
        label="Which entry is the same agency?", prompt="Choose an agency", missing="Choose an agency"
    )

    def __init__(self, *args: Any, board: Board, agency: Agency, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        others = board.agencies.exclude(pk=agency.pk).exclude(successions_out__how="duplicate").distinct()
        fill(self, "other", by_name(others))
