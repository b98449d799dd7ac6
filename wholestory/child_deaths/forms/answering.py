"""What the pages of somebody who was asked ask."""

from __future__ import annotations

from typing import Any

from wholestory.govuk import forms


class NothingKnownForm(forms.Form):
    looked_where = forms.LongTextField(
        label="Who looked, and where?",
        hint="For example: A. Nurse searched the record system by name, date of birth and NHS number, and the archive.",
        missing="Say who looked, and where",
        rows=4,
        max_length=4000,
    )
    sure = forms.ConfirmField(
        label="Our organisation holds nothing about this child or the family",
        missing="Confirm that nothing is held, or go back and answer the form",
    )


class ColleagueForm(forms.Form):
    """Naming a colleague: the only way to pass a request on."""

    name = forms.TextField(label="Their name", missing="Enter your colleague’s name", max_length=120)
    email = forms.EmailField(
        label="Their work e-mail address",
        hint="We send them a link of their own, and a code each time they open it.",
        missing="Enter your colleague’s work e-mail address",
        width="two-thirds",
    )
    parts = forms.ManyChoicesField(
        label="What should they answer?",
        hint="Choose nothing for all of it: then they can send it and name others too.",
        choices=(),
        required=False,
    )

    def __init__(self, *args: Any, parts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = parts  # type: ignore[attr-defined]  # a field of choices, as declared above


class AttachForm(forms.Form):
    file = forms.FileField(
        label="Attach a file",
        hint="A letter, a report or a chronology about this child only. Check that it is the right child’s.",
        missing="Choose a file",
    )


class WrongFileForm(forms.Form):
    words = forms.LongTextField(
        label="What is wrong with it?",
        hint="For example: these are the notes of another child. Do not name that child.",
        missing="Say what is wrong with it",
        rows=3,
        max_length=4000,
    )
