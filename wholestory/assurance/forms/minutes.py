"""The one optional question asked when something is signed."""

from __future__ import annotations

from wholestory.govuk import forms

#: Four hundred hours: more than that is a slip of the keyboard.
MOST = 24_000


def minutes_field() -> forms.NumberField:
    """About how long it took, in minutes."""
    return forms.NumberField(
        label="About how long did this take, all colleagues together? (optional)",
        hint="In minutes. The board adds up what it asks of you: leave it empty if you do not know.",
        required=False,
        min_value=1,
        max_value=MOST,
        suffix="minutes",
    )
