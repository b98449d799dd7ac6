"""Whom the public page says to telephone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wholestory.child_deaths.operations.numbers import MOST_NUMBERS, Number
from wholestory.govuk import forms


class NumbersForm(forms.Form):
    """Up to six lines: who, the number, and when somebody answers."""

    all_rung = forms.ConfirmField(
        label="I have rung every one of these numbers today, and each is right", required=False
    )

    def __init__(self, *args: Any, numbers: Sequence[Number], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        for n in range(1, MOST_NUMBERS + 1):
            now = numbers[n - 1] if n <= len(numbers) else Number("", "")
            self.fields[f"label_{n}"] = forms.TextField(
                label=f"{n}. Who answers",
                required=False,
                max_length=80,
                initial=now.label,
                autocomplete="off",
            )
            self.fields[f"number_{n}"] = forms.PhoneField(
                label="Telephone number",
                required=False,
                max_length=40,
                initial=now.number,
                autocomplete="off",
            )
            self.fields[f"when_{n}"] = forms.TextField(
                label="When", hint="For example: day and night" if n == 1 else "", required=False, max_length=120,
                initial=now.when, autocomplete="off",
            )  # fmt: skip
        self.order_fields([name for name in self.fields if name != "all_rung"] + ["all_rung"])

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for n in range(1, MOST_NUMBERS + 1):
            label, number = said.get(f"label_{n}"), said.get(f"number_{n}")
            if label and not number and f"number_{n}" not in self.errors:
                self.add_error(f"number_{n}", f"Enter the number of {label}")
            if number and not label:
                self.add_error(f"label_{n}", "Enter who answers this number")
        return said

    def numbers(self) -> list[Number]:
        """The lines that were filled in."""
        said = self.cleaned_data
        lines = [
            Number(said[f"label_{n}"], said[f"number_{n}"], said[f"when_{n}"])
            for n in range(1, MOST_NUMBERS + 1)
        ]
        return [one for one in lines if one.number]
