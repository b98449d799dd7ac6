"""What is asked while a death is sorted: scope, who leads, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from wholestory.child_deaths.models import Panel
from wholestory.govuk import forms
from wholestory.partners.models import Area

YES_NO = (("yes", "Yes"), ("no", "No"), ("not_known", "Not known"))


class NoCaseForm(forms.Form):
    reason = forms.LongTextField(
        label="Why does no case come of this message?", missing="Say why", rows=3, max_length=1000
    )


class ScopeForm(forms.Form):
    """What the rules of scope ask, where it is not known from the message."""

    signs_of_life = forms.RadiosField(
        label="Were there signs of life at birth?", choices=YES_NO, required=False, inline=True,
        hint="For a baby who died on the day of birth",
    )  # fmt: skip
    gestation_weeks = forms.NumberField(
        label="Weeks of pregnancy (optional)",
        required=False,
        min_value=10,
        max_value=45,
        subject="Weeks of pregnancy",
    )
    legal_termination = forms.RadiosField(
        label="Did it follow a legal termination of pregnancy?",
        choices=YES_NO[:2],
        required=False,
        inline=True,
    )
    attended = forms.RadiosField(
        label="Was a health professional there at the birth?", choices=YES_NO, required=False, inline=True
    )
    believed_under_18 = forms.RadiosField(
        label="If the age is not certain: is the person believed to have been under 18?", choices=YES_NO,
        required=False, inline=True,
    )  # fmt: skip


class LeaveOutForm(forms.Form):
    reason = forms.LongTextField(
        label="Say how you know",
        hint="What the decision rests on, and who told you",
        missing="Say how you know",
        rows=3,
        max_length=1000,
    )


class LeadForm(forms.Form):
    """Who gathers, who leads, and on what evidence."""

    home_area = forms.SelectField(
        label="Where did the child normally live?", choices=(), required=False, prompt="Another area, or not known",
        hint="The area of the home. A hospital stay, a boarding school or custody does not move it by itself.",
    )  # fmt: skip
    looked_after_by = forms.SelectField(
        label="If the child was looked after: by which authority?", choices=(), required=False,
        prompt="Not looked after, or another area’s",
        hint="In care, or accommodated by agreement (section 20). A child who was adopted or privately fostered was not"
        " looked after for that: choose the area of that home above.",
    )  # fmt: skip
    evidence = forms.LongTextField(
        label="What shows it?", hint="For example the GP’s register and what the mother told the hospital",
        missing="Say what shows where the child normally lived", rows=3, max_length=1000,
    )  # fmt: skip
    coordinates = forms.RadiosField(
        label="Who gathers the information, until it is handed over?",
        choices=(("us", "This panel"), ("them", "The other panel")), missing="Choose who gathers the information",
    )  # fmt: skip
    leads = forms.SelectField(label="Which panel leads the review?", choices=(), missing="Choose a panel")
    rule = forms.RadiosField(
        label="Why?", missing="Choose the reason",
        choices=(
            ("lived_here", "The child normally lived in that panel’s area"),
            ("looked_after", "That area’s authority looked after the child"),
            ("agreed", "The panels agreed, because most services were there"),
            ("partners_chose", "The child lived outside England, and the partners decided to review"),
            ("other", "Another reason, given above"),
        ),
        reveals={"agreed": "agreed_with"},
    )  # fmt: skip
    agreed_with = forms.TextField(label="Who agreed to it, of each panel?", required=False, max_length=160)
    agreed_on = forms.DateField(label="If the panels agreed: when?", required=False)

    def __init__(
        self, *args: Any, panels: list[Panel], areas: list[Area], today: date, **wanted: Any
    ) -> None:
        super().__init__(*args, **wanted)
        self.today = today
        forms.offer(self, "leads", [("", "Choose"), *[(str(panel.pk), panel.name) for panel in panels]])
        choices = [(str(area.pk), area.name) for area in areas]
        forms.offer(self, "home_area", [("", "Another area, or not known"), *choices])
        forms.offer(self, "looked_after_by", [("", "Not looked after, or another area’s"), *choices])

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("rule") == "agreed":
            if not said.get("agreed_with"):
                self.add_error("agreed_with", "Say who agreed to it, of each panel")
            if not said.get("agreed_on"):
                self.add_error("agreed_on", "Enter the day it was agreed")
        if said.get("agreed_on") and said["agreed_on"] > self.today:
            self.add_error("agreed_on", "It cannot have been agreed later than today")
        return said


class ReasonForm(forms.Form):
    reason = forms.LongTextField(label="Why?", missing="Say why", rows=3, max_length=1000)
