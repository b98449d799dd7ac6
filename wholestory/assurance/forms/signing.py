"""Signing where several posts must sign: each says in which of them."""

from __future__ import annotations

from typing import Any

from wholestory.assurance.forms.minutes import minutes_field
from wholestory.govuk import forms


class SignAsForm(forms.Form):
    """The declaration of one of several who sign."""

    post = forms.RadiosField(
        label="In which post do you sign?", choices=(), missing="Choose the post you sign in"
    )
    minutes = minutes_field()
    agree = forms.ConfirmField(label="I make this declaration", missing="Confirm the declaration to sign")

    def __init__(self, *args: Any, awaited: tuple[str, ...], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("post", [(post, post[:1].upper() + post[1:]) for post in awaited])
