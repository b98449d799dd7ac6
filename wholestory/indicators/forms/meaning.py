"""What an agency is asked about a figure that is below its standard or whose chart signals."""

from __future__ import annotations

from wholestory.govuk import forms
from wholestory.indicators.models import Commentary

_LONGEST = 2000


class MeaningForm(forms.Form):
    """The words about one measure. Nothing is required while somebody writes: what is missing is said before the return
    is passed on."""

    what_changed = forms.LongTextField(
        label="What changed?",
        hint="Compared with what. Name no child.",
        rows=3,
        required=False,
        max_length=_LONGEST,
    )
    why = forms.LongTextField(
        label="Why, as far as you know? (optional)", rows=3, required=False, max_length=_LONGEST
    )
    so_what = forms.LongTextField(
        label="What does it mean for children?", rows=3, required=False, max_length=_LONGEST
    )
    what_next = forms.LongTextField(
        label="What happens next, who does it, and by when? (optional)",
        rows=3,
        required=False,
        max_length=_LONGEST,
    )
    confidence = forms.RadiosField(
        label="How sure are you of this explanation? (optional)", choices=Commentary.CONFIDENCE, required=False,
        inline=True, small=True,
    )  # fmt: skip
