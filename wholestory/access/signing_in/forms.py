"""What the sign-in pages ask."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.forms import HiddenInput

from wholestory.access.signing_in.people_check import Working
from wholestory.govuk import forms
from wholestory.partners.models import Person


class AddressForm(forms.Form):
    email = forms.EmailField(
        label="Your work e-mail address",
        hint="The address your board writes to. We send a code to it.",
        autocomplete="email",
        missing="Enter your work e-mail address",
        width="two-thirds",
    )


class CodeForm(forms.Form):
    code = forms.CodeField(
        label="Code",
        hint="The number in the message, for example 1234 5678",
        missing="Enter the code from the message",
        max_length=40,
    )


class SecondStepForm(forms.Form):
    """A code from the app or a recovery code; or what the browser answered for a passkey."""

    code = forms.CodeField(
        label="Code",
        hint="The six digits your authenticator app shows now, or one of your recovery codes",
        required=False,
        max_length=40,
    )
    passkey = forms.TextField(required=False, widget=HiddenInput)

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if not answers.get("passkey") and not answers.get("code") and "code" not in self.errors:
            self.add_error("code", "Enter the code your authenticator app shows")
        return answers


class AppForm(forms.Form):
    code = forms.CodeField(
        label="Code",
        hint="The six digits the app shows for Wholestory",
        missing="Enter the code the app shows",
        max_length=40,
    )


class PasskeyForm(forms.Form):
    name = forms.TextField(
        label="What do you call it?",
        hint="For example, work laptop. You see this when you look at your second factors.",
        max_length=60,
        missing="Enter a name for the passkey",
    )
    passkey = forms.TextField(widget=HiddenInput, missing="The browser made no passkey")


class AccountFilter(forms.FilterForm):
    q = forms.TextField(label="Name or address", max_length=200)
    lookups = {"q": ("full_name__icontains", "email__icontains")}


class AfreshForm(forms.Form):
    reason = forms.LongTextField(
        label="How do you know that it is them?",
        hint="For example, you spoke to them on the number you have always had, or in person",
        max_length=2000,
        missing="Say how you know that it is them",
    )
    how = forms.RadiosField(
        label="Who agrees?",
        choices=[
            ("two", "Another member of the team will agree"),
            ("alone", "Nobody else can be asked in time"),
        ],
        reveals={"alone": "alone_because"},
        missing="Choose who agrees",
    )
    alone_because = forms.LongTextField(
        label="Why can nobody else be asked?",
        hint="The chair and the rest of the team are told",
        max_length=2000,
        missing="Say why nobody else can be asked",
    )


class PeopleForm(forms.Form):
    """One question for each person who works with the board for the agency."""

    def __init__(self, *args: Any, people: list[Working], me: Person, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        for one in people:
            if one.person != me:
                self.fields[f"p{one.person.pk.hex}"] = forms.RadiosField(
                    label=one.person.full_name,
                    hint=one.roles,
                    choices=[("yes", "Still works with us"), ("left", "Has left, or no longer does this")],
                    missing=f"Say whether {one.person.full_name} still works with you",
                    inline=True,
                )

    def left(self) -> set[UUID]:
        """Those of whom it was said that they left."""
        return {UUID(name[1:]) for name, answer in self.cleaned_data.items() if answer == "left"}
