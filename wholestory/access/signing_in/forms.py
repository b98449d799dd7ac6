"""What the sign-in pages ask."""

from __future__ import annotations

from typing import Any

from django.forms import HiddenInput

from wholestory.govuk import forms


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
