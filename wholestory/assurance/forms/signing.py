"""Signing where several posts must sign: each says in which of them."""

from __future__ import annotations

from typing import Any

from wholestory.assurance.definitions.declarations import declaration_for
from wholestory.assurance.forms import Declared
from wholestory.govuk import forms


class SignAsForm(Declared):
    """The declaration of one of several who sign: each post has its own, beside it."""

    post = forms.RadiosField(
        label="In which post do you sign?", choices=(), missing="Choose the post you sign in"
    )
    agree = forms.ConfirmField(
        label="I make the declaration beside my post", missing="Confirm the declaration to sign"
    )

    def __init__(self, *args: Any, awaited: tuple[str, ...], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer(
            "post",
            [(post, post[:1].upper() + post[1:]) for post in awaited],
            {post: declaration_for(post).words for post in awaited},
        )
