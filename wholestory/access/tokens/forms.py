"""The questions asked before a token is made."""

from __future__ import annotations

from typing import Any

from wholestory.access.directory.forms.parts import Chosen
from wholestory.access.tokens.models import Scope
from wholestory.govuk import forms

#: (real days, in words).
LENGTHS = (("30", "30 days"), ("90", "90 days"), ("180", "180 days"), ("365", "A year"))


class TokenForm(forms.Form):
    agency = Chosen(label="Which agency is it for?", missing="Choose the agency")
    used_by = forms.TextField(
        label="Which system will use it?",
        hint="For example, the trust's audit system. Its name stands in the list and in the message to the agency.",
        max_length=80,
        missing="Enter which system will use it",
    )
    scopes = forms.ManyChoicesField(
        label="What may it do?",
        hint="Only with what the agency's own contributors can see. Choose no more than the system needs.",
        choices=Scope.choices,
        missing="Choose at least one thing it may do",
    )
    days = forms.RadiosField(
        label="How long will it work?",
        hint="A token is replaced, never made longer",
        choices=LENGTHS,
        missing="Choose how long it will work",
    )

    def __init__(self, *args: Any, agencies: list[Any], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        field = self.fields["agency"]
        if isinstance(field, Chosen):
            field.fill(agencies)
