"""Putting right what is held of the child and the death."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from wholestory.child_deaths.forms.clock import WhichClockField, typed_in
from wholestory.child_deaths.models import Address, ChildName, Identifier, Sex
from wholestory.child_deaths.rules.code_lists import ETHNICITY_2015, PLACES_OF_DEATH
from wholestory.govuk import forms
from wholestory.kernel.moments import LONDON, Moment, NotAMoment, at_london, parse
from wholestory.partners.models import Area

HINT = "For example, 14 March 2016 at 22:05. A day alone will do; write “about” before an estimate."


MOMENTS = ("confirmed", "event", "found", "certified")


class MomentField(forms.TextField):
    """A moment as it is known: a day, a day and time, or an estimate."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse(text)
        except NotAMoment as wrong:
            raise ValidationError(str(wrong)) from wrong


class ParticularsForm(forms.Form):
    born_on = forms.DateField(label="Date of birth", required=False)
    sex = forms.RadiosField(label="Sex", choices=Sex.choices, required=False, inline=True)
    ethnicity = forms.SelectField(
        label="Ethnicity",
        choices=[(one.key, one.label) for one in ETHNICITY_2015],
        required=False,
        prompt="Not recorded",
    )
    gestation_weeks = forms.NumberField(
        label="Weeks of pregnancy", required=False, min_value=10, max_value=45, subject="Weeks of pregnancy"
    )
    birthweight_grams = forms.NumberField(
        label="Birthweight in grams", required=False, min_value=100, max_value=7000, subject="Birthweight"
    )
    confirmed = MomentField(label="Death confirmed", required=False, hint=HINT)
    event = MomentField(label="What led to it began", required=False, hint=HINT)
    found = MomentField(label="Found", required=False, hint=HINT)
    certified = MomentField(label="Certified", required=False, hint=HINT)
    place_kind = forms.SelectField(
        label="Kind of place where the child died",
        choices=[(one.key, one.label) for one in PLACES_OF_DEATH],
        required=False,
        prompt="Not recorded",
    )
    place_name = forms.TextField(label="Where the child died", required=False, max_length=160)
    place_area = forms.SelectField(label="In the area of", choices=(), required=False, prompt="Not recorded")
    died_abroad_in = forms.TextField(label="If abroad: country", required=False, max_length=60)
    event_place = forms.TextField(label="Where it began", required=False, max_length=160)
    event_area = forms.SelectField(
        label="That was in the area of", choices=(), required=False, prompt="Not recorded"
    )
    circumstances = forms.LongTextField(label="What happened", required=False, rows=6)
    suspected_cause = forms.LongTextField(label="Suspected cause", required=False, rows=2)
    reason = forms.LongTextField(
        label="Why is it changed?", required=False, rows=2,
        hint="Needed when the moment of death changes: limits count from it, and what was known first is kept.",
    )  # fmt: skip

    def __init__(self, *args: Any, areas: list[Area], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        choices = [("", "Not recorded"), *[(str(area.pk), area.name) for area in areas]]
        forms.offer(self, "place_area", choices)
        forms.offer(self, "event_area", choices)
        for name in self.asked_which():
            self.fields[f"{name}_clock"] = WhichClockField(str(self.fields[name].label))

    def asked_which(self) -> list[str]:
        """The moments that were typed in an hour that happened twice, without saying which of the two."""
        if not self.is_bound:
            return []
        typed = {name: typed_in(self, name) for name in MOMENTS}
        return [name for name, moment in typed.items() if moment and moment.note]

    def moments(self) -> dict[str, Moment | None]:
        """The four moments, by name."""
        return {name: self._settled(name) for name in MOMENTS}

    def _settled(self, name: str) -> Moment | None:
        moment: Moment | None = self.cleaned_data[name]
        which = self.cleaned_data.get(f"{name}_clock")
        if moment is None or not which:
            return moment
        local = moment.at.astimezone(LONDON)
        chosen = at_london(local.date(), local.time(), zone=which)
        return Moment(chosen.at, chosen.on, moment.precision)


class NameForm(forms.Form):
    kind = forms.SelectField(
        label="What kind of name?", choices=ChildName.Kind.choices, missing="Choose a kind"
    )
    forenames = forms.TextField(
        label="First and other names", required=False, max_length=120, autocomplete="off"
    )
    surname = forms.TextField(label="Family name", required=False, max_length=120, autocomplete="off")
    from_on = forms.DateField(label="Since when? (optional)", required=False)


class NumberForm(forms.Form):
    kind = forms.SelectField(
        label="What number?", choices=Identifier.Kind.choices, missing="Choose what number it is"
    )
    value = forms.TextField(
        label="The number", missing="Enter the number", max_length=60, width=20, autocomplete="off"
    )
    belongs_to = forms.RadiosField(
        label="Whose is it?", missing="Choose whose number it is",
        choices=(("child", "The child’s"), ("mother", "The mother’s, entered for the child"), ("wrong", "It is wrong")),
    )  # fmt: skip


class AddressForm(forms.Form):
    kind = forms.SelectField(
        label="What kind of address?", choices=Address.Kind.choices, missing="Choose a kind"
    )
    lines = forms.LongTextField(label="Address", required=False, rows=3, max_length=300)
    postcode = forms.TextField(label="Postcode", required=False, max_length=10, width=10)


class RestrictForm(forms.Form):
    people = forms.ManyChoicesField(
        label="Who besides you may see this case?", choices=(), required=False, small=True
    )
    reason = forms.LongTextField(label="Why only they?", missing="Say why", rows=2)


class LetInForm(forms.Form):
    person = forms.SelectField(label="Who is let in?", choices=(), missing="Choose who is let in")
