"""Whom the public page says to telephone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from wholestory.child_deaths.operations.numbers import MOST_NUMBERS, Number
from wholestory.govuk import forms

_NUMBER = re.compile(
    r"\+?(?:[ ().-]*\d){3,20}[ ().-]*(?:(?:ext\.?|extension|bleep)\s*\d{1,6})?", re.ASCII | re.IGNORECASE
)


class NumbersForm(forms.Form):
    """Who, the number, and when somebody answers: the lines there are and two more, up to six."""

    all_rung = forms.ConfirmField(
        label="I have rung every one of these numbers today, and each is right", required=False
    )

    def __init__(self, *args: Any, numbers: Sequence[Number], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.lines = min(MOST_NUMBERS, len(numbers) + 2)
        for n in range(1, self.lines + 1):
            now = numbers[n - 1] if n <= len(numbers) else Number("", "")
            self.fields[f"label_{n}"] = forms.TextField(
                label=f"{n}. Who answers",
                required=False,
                max_length=80,
                initial=now.label,
                autocomplete="off",
            )
            # Short numbers such as 101 are telephone numbers here.
            self.fields[f"number_{n}"] = forms.TextField(
                label="Telephone number", required=False, max_length=40, width=20, initial=now.number,
                inputmode="tel", autocomplete="off",
            )  # fmt: skip
            self.fields[f"when_{n}"] = forms.TextField(
                label="When", hint="For example: day and night" if n == 1 else "", required=False, max_length=120,
                initial=now.when, autocomplete="off",
            )  # fmt: skip
        self.order_fields([name for name in self.fields if name != "all_rung"] + ["all_rung"])

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for n in range(1, self.lines + 1):
            label, number = said.get(f"label_{n}"), said.get(f"number_{n}")
            if label and not number and f"number_{n}" not in self.errors:
                self.add_error(f"number_{n}", f"Enter the number of {label}")
            if number and not _NUMBER.fullmatch(number):
                self.add_error(f"number_{n}", "Enter a telephone number, like 01632 960 001 or 101")
            if number and not label:
                self.add_error(f"label_{n}", "Enter who answers this number")
        return said

    def numbers(self) -> list[Number]:
        """The lines that were filled in."""
        said = self.cleaned_data
        lines = [
            Number(said[f"label_{n}"], said[f"number_{n}"], said[f"when_{n}"])
            for n in range(1, self.lines + 1)
        ]
        return [one for one in lines if one.number]
