"""What the words of a list of actions mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wholestory.assurance.rules import past_tracker
from wholestory.govuk import forms


class StatesForm(forms.Form):
    """What each word for a state means (``state_0`` and on), and the due day of rows without one that can be read."""

    no_day = forms.DateField(
        label="Which due day do rows get whose own cannot be read? (optional)",
        hint="Without one, such rows are left out. Each is named before anything comes in.",
        required=False,
    )

    def __init__(
        self, *args: Any, counts: Mapping[str, int], meanings: Mapping[str, str], **wanted: Any
    ) -> None:
        super().__init__(*args, **wanted)
        self.states = list(counts)
        for n, word in enumerate(self.states):
            self.fields[f"state_{n}"] = forms.SelectField(
                label=f"“{word}”, {counts[word]} time{'' if counts[word] == 1 else 's'}",
                choices=list(past_tracker.STATES.items()),
                prompt="Choose",
                initial=meanings.get(word, ""),
                missing=f"Say what “{word}” means",
            )
        self.order_fields([*[f"state_{n}" for n in range(len(self.states))], "no_day"])

    def chosen(self) -> dict[str, str]:
        """The meaning of each word."""
        return {word: self.cleaned_data[f"state_{n}"] for n, word in enumerate(self.states)}
