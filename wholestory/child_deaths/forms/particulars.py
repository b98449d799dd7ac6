"""Putting right what is held of the child and the death."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from wholestory.child_deaths.forms.clock import WhichClockField, typed_in
from wholestory.child_deaths.models import Address, ChildName, Identifier, Sex
from wholestory.child_deaths.rules.code_lists import ETHNICITY_2015, NHS_ETHNICITY, PLACES_OF_DEATH, label_in
from wholestory.child_deaths.rules.partial_ages import part_of
from wholestory.govuk import forms
from wholestory.kernel.moments import LONDON, MONTHS, Moment, NotAMoment, Precision, at_london, parse
from wholestory.paperwork.partial_date import PartialDate
from wholestory.partners.models import Area

HINT = "For example, 14 March 2016 at 22:05. A day alone will do; write “about” before an estimate."


_PART = re.compile(r"(?:(?P<month>[A-Za-z]{3,9}) )?(?P<year>\d{4})|(?P<year_first>\d{4})-(?P<number>\d{1,2})")
MOMENTS = ("confirmed", "event", "found", "certified")


def month_named(word: str) -> int | None:
    """The number of a month that is written out or cut short; None for another word."""
    return next((n for n, name in enumerate(MONTHS, 1) if name.lower().startswith(word.lower())), None)


class MomentField(forms.TextField):
    """A moment as it is known: a day, a day and time, or an estimate."""

    def __init__(self, **wanted: Any) -> None:
        wanted.setdefault("max_length", 60)
        super().__init__(**wanted)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse(text)
        except NotAMoment as wrong:
            raise ValidationError(str(wrong)) from wrong


class PartMomentField(MomentField):
    """A moment, or the month or year where that is all anybody knows: then it cleans to a PartialDate."""

    def clean(self, value: Any) -> Any:
        words = " ".join(str(value or "").split())
        if found := _PART.fullmatch(words):
            month = month_named(found["month"]) if found["month"] else int(found["number"] or 0)
            if month is None or (found["number"] and not 1 <= month <= 12):
                raise ValidationError("There is no such month.")
            return PartialDate(int(found["year"] or found["year_first"]), month or None)
        return super().clean(value)


#: The fifths of the index of deprivation.
FIFTHS = (
    ("1", "1, the most deprived fifth"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5, the least deprived fifth"),
)  # fmt: skip


def fifth_field() -> forms.SelectField:
    """How deprived the area of a home is. Nobody guesses it: it is looked up, or it is not known."""
    return forms.SelectField(
        label="Deprivation of the home", choices=FIFTHS, required=False, prompt="Not known",
        hint="The fifth of the Index of Multiple Deprivation for the home’s area: look its postcode up on the Office"
        " for National Statistics’ own site. No such list is held here. Of tenths, 1 and 2 are the first fifth, and so"
        " on. Where nobody has looked it up it stays not known.",
    )  # fmt: skip


class ParticularsForm(forms.Form):
    born_on = forms.PartialDateField(
        label="Date of birth", required=False, may_be_unknown=False,
        hint="The month and year, or the year alone, where no more is known",
    )  # fmt: skip
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
    deprivation = fifth_field()
    confirmed = PartMomentField(
        label="Death confirmed", required=False,
        hint=f"{HINT} Where only the month or the year is known: “March 2016” or “2016”. No limit runs until the day is"
        " known.",
    )  # fmt: skip
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
    circumstances = forms.LongTextField(label="What happened", required=False, rows=6, max_length=10_000)
    suspected_cause = forms.LongTextField(label="Suspected cause", required=False, rows=2, max_length=4000)
    reason = forms.LongTextField(
        label="Why is it changed?", required=False, rows=2,
        hint="Needed when the moment of death changes: limits count from it, and what was known first is kept.",
        max_length=1000,
    )  # fmt: skip

    def __init__(self, *args: Any, areas: list[Area], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        choices = [("", "Not recorded"), *[(str(area.pk), area.name) for area in areas]]
        forms.offer(self, "place_area", choices)
        forms.offer(self, "event_area", choices)
        held = self.initial.get("ethnicity") or ""
        if held and held not in {one.key for one in ETHNICITY_2015}:
            # An NHS code, as other systems send it: it stays unless somebody chooses otherwise.
            listed = [(one.key, one.label) for one in ETHNICITY_2015]
            forms.offer(
                self, "ethnicity", [("", "Not recorded"), (held, label_in(NHS_ETHNICITY, held)), *listed]
            )
        for name in self.asked_which():
            self.fields[f"{name}_clock"] = WhichClockField(str(self.fields[name].label))

    def asked_which(self) -> list[str]:
        """The moments that were typed in an hour that happened twice, without saying which of the two."""
        if not self.is_bound:
            return []
        typed = {name: typed_in(self, name) for name in MOMENTS}
        return [name for name, moment in typed.items() if isinstance(moment, Moment) and moment.note]

    def died_part(self) -> str:
        """The month or year of death, where that is all that was typed."""
        typed = self.cleaned_data["confirmed"]
        return str(typed) if isinstance(typed, PartialDate) else ""

    def born(self) -> tuple[date | None, str, str]:
        """The day of birth, what is known of it where the day is not, and how exactly it is known."""
        typed = self.cleaned_data["born_on"]
        known = PartialDate.of(typed) if typed else None
        if known is None or known.precision != "day":
            part = part_of(known.year, known.month) if known else ""
            return None, part, (Precision.ABOUT if known else Precision.DATE).value
        return known.earliest, "", (Precision.ABOUT if known.approximate else Precision.DATE).value

    def moments(self) -> dict[str, Moment | None]:
        """The four moments, by name."""
        return {name: self._settled(name) for name in MOMENTS}

    def _settled(self, name: str) -> Moment | None:
        typed = self.cleaned_data[name]
        moment: Moment | None = typed if isinstance(typed, Moment) else None
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
    deprivation = fifth_field()


class RestrictForm(forms.Form):
    people = forms.ManyChoicesField(
        label="Who besides you may see this case?", choices=(), required=False, small=True
    )
    reason = forms.LongTextField(label="Why only they?", missing="Say why", rows=2, max_length=1000)


class LetInForm(forms.Form):
    person = forms.SelectField(label="Who is let in?", choices=(), missing="Choose who is let in")
