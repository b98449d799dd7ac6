"""What the sign-in pages ask."""

from __future__ import annotations

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
