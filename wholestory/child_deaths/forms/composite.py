"""Choosing what counts where agencies' answers differ."""

from __future__ import annotations

from typing import Any

from django.forms import CharField, HiddenInput

from wholestory.child_deaths.rules.composite import Composite
from wholestory.govuk import forms

OWN, NOT_KNOWN, TAKE_BACK = "own", "not_known", "take_back"


class ChooseForm(forms.Form):
    """Each different answer with who gave it, "not known", or something else in own words; and the reason."""

    what = forms.RadiosField(
        label="What counts?", choices=(), reveals={OWN: "own"}, missing="Choose what counts"
    )
    own = forms.TextField(label="What counts instead", max_length=500)
    reason = forms.LongTextField(
        label="Why?",
        hint="For example: it is what the hospital measured. It stays with the answers.",
        missing="Say why this is what counts",
        rows=3,
        max_length=1000,
    )
    basis = CharField(required=False, widget=HiddenInput, max_length=64)

    def __init__(self, *args: Any, composite: Composite, basis: str, taken: bool, **kwargs: Any) -> None:
        super().__init__(*args, initial={"basis": basis}, **kwargs)
        self.composite = composite
        choices = [
            (str(place), f"{each.words} ({', '.join(each.sources)})")
            for place, each in enumerate(composite.versions)
        ]
        choices += [(NOT_KNOWN, "It is not known"), (OWN, "Something else")]
        if taken:
            choices.append((TAKE_BACK, "Nothing: take back what was chosen"))
        forms.offer(self, "what", choices)

    def chosen(self) -> dict[str, Any]:
        """What was chosen, as the operation takes it."""
        what = self.cleaned_data["what"]
        if what == NOT_KNOWN:
            return {"nothing": "not_known"}
        if what == OWN:
            return {"value": self.cleaned_data["own"], "words": self.cleaned_data["own"]}
        version = self.composite.versions[int(what)]
        return {"value": version.value, "words": version.words}
