"""What is asked about a lesson."""

from __future__ import annotations

from typing import Any

from wholestory.govuk import forms
from wholestory.learning.models import Audience, Change, LessonState
from wholestory.learning.themes import CHOICES


class LessonFilter(forms.FilterForm):
    q = forms.TextField(label="Words", max_length=120)
    theme = forms.SelectField(label="Theme", choices=CHOICES, prompt="Every theme")
    state = forms.SelectField(label="State", choices=LessonState.choices, prompt="Every state")
    lookups = {"q": ("title__icontains", "learned__icontains")}

    def apply(self, rows: Any) -> Any:
        rows = super().apply(rows)
        for name in ("theme", "state"):
            if self.cleaned_data.get(name):
                rows = rows.filter(**{name: self.cleaned_data[name]})
        return rows


class LessonForm(forms.Form):
    theme = forms.SelectField(label="Theme", choices=CHOICES, missing="Choose a theme", prompt="Choose")
    audience = forms.RadiosField(
        label="Who is it for?", choices=Audience.choices, missing="Choose who it is for"
    )
    title = forms.TextField(label="Title", missing="Enter a title", max_length=160)
    learned = forms.LongTextField(
        label="What was learned?", missing="Say what was learned", rows=5,
        hint="Name nobody, no place and no date: nobody may recognise a child or a family in it.", max_length=4000,
    )  # fmt: skip
    do = forms.LongTextField(label="What to do about it (optional)", required=False, rows=4, max_length=4000)


class SharingForm(forms.Form):
    channel = forms.TextField(label="How?", hint="For example a briefing, a training day, a newsletter",
                              missing="Say how it was shared", max_length=120)  # fmt: skip
    to = forms.TextField(label="With whom?", missing="Say with whom", max_length=160)
    on = forms.DateField(label="When?", missing="Enter the day")
    reach = forms.NumberField(
        label="How many people (optional)",
        required=False,
        min_value=0,
        max_value=1_000_000,
        subject="How many people",
    )


class ChangeForm(forms.Form):
    verdict = forms.RadiosField(
        label="What changed?",
        choices=Change.Verdict.choices,
        missing="Choose one",
        reveals={"changed": "evidence"},
    )
    words = forms.LongTextField(
        label="In a few words", missing="Say it in a few words", rows=3, max_length=4000
    )
    evidence = forms.LongTextField(label="What shows it?", required=False, rows=3, max_length=1000)


class MaterialForm(forms.Form):
    theme = forms.SelectField(label="Theme", choices=CHOICES, missing="Choose a theme", prompt="Choose")
    audience = forms.RadiosField(
        label="Who is it for?", choices=Audience.choices, missing="Choose who it is for"
    )
    title = forms.TextField(label="What is it?", missing="Say what it is", max_length=160)
    link = forms.TextField(label="Where is it?", hint="An address that begins with https://",
                           missing="Enter the address", max_length=300)  # fmt: skip
