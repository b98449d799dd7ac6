"""Choosing a filled-in return."""

from __future__ import annotations

from typing import Any

from wholestory.govuk import forms


class LoadForm(forms.Form):
    """One file, and where it looks like a record about a child, why it is not one."""

    file = forms.FileField(
        label="Your filled-in file",
        hint="Excel (.xlsx), OpenDocument (.ods) or CSV.",
        accept=".xlsx,.ods,.csv",
    )
    why = forms.TextField(
        label="Why is it not about a child?", required=False, max_length=300,
        hint="Counts only, no names and no numbers of children.",
    )  # fmt: skip

    def __init__(self, *args: Any, may_say_why: bool = False, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        if not may_say_why:
            del self.fields["why"]
