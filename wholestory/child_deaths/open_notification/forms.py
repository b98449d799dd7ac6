"""The questions of the page. The names of the fields are the keys of the answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms as django_forms

from wholestory.child_deaths.forms.clock import ClockField
from wholestory.child_deaths.open_notification import asked_again
from wholestory.govuk import forms

SEXES = (
    ("female", "Female"),
    ("male", "Male"),
    ("indeterminate", "Indeterminate"),
    ("not_known", "Not known"),
)
NO_NUMBER = (
    ("not_available", "I do not have it"),
    ("non_resident", "The child did not live in England"),
)
EXPECTED = (
    ("unexpected", "Unexpected"),
    ("expected", "Expected"),
    ("not_known", "Not known, or not sure"),
)
YES_NO_UNKNOWN = (("yes", "Yes"), ("no", "No"), ("not_known", "Not known"))
BORN_AS = (("single", "A single child"), ("twin", "A twin"), ("more", "One of three or more"))
TOLD = (
    ("coroner", "The coroner or a coroner’s officer"),
    ("police", "The police"),
    ("gp", "The child’s GP"),
    ("social_care", "Children’s social care"),
    ("nobody", "Nobody that I know of"),
)
LONGEST_STORY = 4_000
#: What stands under which heading, in order. Some are asked only when what was typed makes them a question
#: (``asked_again``).
SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "The child",
        (
            "forenames", "surname", "no_name", "other_names", "born_on", "born_time", "born_clock", "sex", "nhs_number",
            "nhs_number_absent", "address", "postcode",
        ),
    ),
    ("A baby, or a child without a name yet", ("mother_name", "born_as", "birth_order", "unattended_stillbirth")),
    (
        "The death",
        (
            "confirmed_on", "dates_as_told", "confirmed_time", "confirmed_clock", "place_of_death",
            "place_of_event", "expected", "circumstances",
        ),
    ),
    ("Who knows", ("told", "told_words", "children_at_risk", "children_at_risk_words", "professionals")),
    ("National alert", ("national_alert", "national_alert_words")),
    (
        "You",
        ("notifier_name", "notifier_role", "notifier_organisation", "notifier_telephone", "notifier_email"),
    ),
)  # fmt: skip


#: Seldom needed, so folded away until asked for: the page is short for a nurse at three in the morning.
FOLDED = frozenset({"A baby, or a child without a name yet", "National alert"})


@dataclass(frozen=True)
class Part:
    """A heading and its questions. ``folded`` away, and ``open`` where something in it was typed or is wrong."""

    heading: str
    names: tuple[str, ...]
    folded: bool = False
    open: bool = False


def parts(form: forms.Form) -> list[Part]:
    """The parts of the page as it stands."""
    return [
        Part(heading, names, heading in FOLDED, any(n in form.errors or form[n].value() for n in names))
        for heading, names in asked(form)
    ]


def asked(form: forms.Form) -> list[tuple[str, tuple[str, ...]]]:
    """The headings, each with those of its questions that are asked this time."""
    return [(heading, tuple(name for name in names if name in form.fields)) for heading, names in SECTIONS]


class NotificationForm(forms.Form):
    """Telling a panel of a death. Little is required: a nurse at three in the morning sends what she has."""

    forenames = forms.TextField(
        label="First and other names", required=False, max_length=120, autocomplete="off", spellcheck=False
    )
    surname = forms.TextField(
        label="Family name", required=False, max_length=120, autocomplete="off", spellcheck=False
    )
    no_name = forms.ConfirmField(label="The child has no name yet, or I do not know it", required=False)
    other_names = forms.TextField(
        label="Any other name the child is or was known by (optional)", required=False, max_length=240,
        autocomplete="off", spellcheck=False,
    )  # fmt: skip
    born_on = forms.PartialDateField(
        label="Date of birth", hint="For example, 27 3 2009. Part of it will do.",
        missing="Enter the date of birth, or tick that it is not known",
        subject="Date of birth", may_be_approximate=True,
    )  # fmt: skip
    born_time = ClockField(
        label="Time of birth, for a baby less than a week old (optional)", hint="For example, 22:30",
        required=False,
    )  # fmt: skip
    sex = forms.RadiosField(label="Sex", choices=SEXES, required=False, inline=True, small=True)
    nhs_number = forms.TextField(
        label="NHS number (optional)",
        hint="Ten figures: the child’s own number, not the mother’s",
        required=False, max_length=40, width=20, inputmode="numeric", autocomplete="off", spellcheck=False,
    )  # fmt: skip
    nhs_number_absent = forms.RadiosField(
        label="If you left the NHS number empty, why?", choices=NO_NUMBER, required=False, small=True
    )
    address = forms.LongTextField(
        label="Where the child lived (optional)",
        hint="House and street, town. If there are two homes, give both.",
        required=False, max_length=400, rows=3,
    )  # fmt: skip
    postcode = forms.TextField(
        label="Postcode of that address (optional)", required=False, max_length=12, width=10,
        autocomplete="off", spellcheck=False,
    )  # fmt: skip
    mother_name = forms.TextField(
        label="The mother’s name (optional)",
        hint="So that a baby who is named later is not taken for another child",
        required=False, max_length=160, autocomplete="off", spellcheck=False,
    )  # fmt: skip
    born_as = forms.RadiosField(
        label="Born as (optional)", choices=BORN_AS, required=False, inline=True, small=True
    )
    birth_order = forms.NumberField(
        label="For a twin or one of more: which was this child? (optional)",
        hint="1 for the first born. Send a form for each child who died.",
        subject="Which was born first", required=False, min_value=1, max_value=9,
    )  # fmt: skip
    unattended_stillbirth = forms.RadiosField(
        label="Might this be a stillbirth with no health professional present?",
        choices=YES_NO_UNKNOWN, required=False, inline=True, small=True,
    )  # fmt: skip
    confirmed_on = forms.PartialDateField(
        label="Date the death was confirmed", hint="For example, 14 3 2016",
        missing="Enter the date the death was confirmed, or tick that it is not known",
        subject="Date the death was confirmed", may_be_approximate=True,
    )  # fmt: skip
    confirmed_time = ClockField(
        label="Time the death was confirmed (optional)", hint="For example, 22:30. Leave it empty if it is not known.",
        required=False,
    )  # fmt: skip
    place_of_death = forms.TextField(
        label="Where the child died (optional)",
        hint="For example, the emergency department and the hospital’s name",
        required=False, max_length=160,
    )  # fmt: skip
    place_of_event = forms.TextField(
        label="Where it began, if that was somewhere else (optional)",
        hint="For example, where the child collapsed or was found, or where the accident was",
        required=False, max_length=160,
    )  # fmt: skip
    expected = forms.RadiosField(
        label="Was the death expected?",
        hint="Unexpected: nobody saw it as likely a day before, or an unforeseen collapse led to it.",
        choices=EXPECTED, required=False, inline=True, small=True,
    )  # fmt: skip
    circumstances = forms.LongTextField(
        label="What happened, as far as you know (optional)",
        hint="A few lines are enough. Say what you saw, and what others told you.",
        subject="What happened", required=False, max_length=LONGEST_STORY, rows=6,
    )  # fmt: skip
    told = forms.ManyChoicesField(
        label="Who else has been told?", choices=TOLD, required=False, exclusive=["nobody"], small=True
    )
    told_words = forms.TextField(
        label="Names, numbers or references of those told (optional)", required=False, max_length=400
    )
    children_at_risk = forms.RadiosField(
        label="Might other children be at risk now?",
        hint="If so, telephone: do not wait for an answer to this form.",
        choices=YES_NO_UNKNOWN, required=False, inline=True, small=True,
    )  # fmt: skip
    children_at_risk_words = forms.LongTextField(
        label="If so: who they are, and whom you have told (optional)",
        required=False,
        max_length=1000,
        rows=3,
    )
    professionals = forms.LongTextField(
        label="Who knew the child (optional)",
        hint="One on each line: for example GP, midwife, health visitor, hospital team, school, hospice.",
        required=False, max_length=2000, rows=4,
    )  # fmt: skip
    national_alert = forms.RadiosField(
        label="Could this death be a warning for the whole country?",
        hint="For example, a product or a medicine that may harm other children", choices=YES_NO_UNKNOWN,
        required=False, inline=True, small=True,
    )  # fmt: skip
    national_alert_words = forms.LongTextField(
        label="If so: what it is (optional)", required=False, max_length=1000, rows=3
    )
    notifier_name = forms.TextField(
        label="Your name", missing="Enter your name", max_length=120, autocomplete="name"
    )
    notifier_role = forms.TextField(label="What you do", required=False, max_length=120)
    notifier_organisation = forms.TextField(
        label="Where you work, or how you know the child", required=False, max_length=160
    )
    notifier_telephone = forms.TextField(
        label="Your telephone number", hint="A direct number, with an extension or bleep if that is better",
        required=False, max_length=60, autocomplete="tel",
    )  # fmt: skip
    notifier_email = forms.TextField(
        label="Your email address", required=False, max_length=200, autocomplete="email", spellcheck=False
    )
    website = django_forms.CharField(required=False, widget=django_forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        for name in ("born_on", "confirmed_on"):
            field = self.fields[name]
            if isinstance(field, forms.PartialDateField):
                field.not_after = today
        if self.is_bound:
            asked_again.add_questions(self)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        asked_again.check(self, said)
        if not (said.get("forenames") or said.get("surname") or said.get("no_name")):
            self.add_error("surname", "Enter a name, or tick that there is none yet")
        if "notifier_name" in said and not (said.get("notifier_telephone") or said.get("notifier_email")):
            self.add_error(
                "notifier_telephone", "Enter a telephone number or an email address, so that we can reach you"
            )
        return said
