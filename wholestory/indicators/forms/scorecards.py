"""Bringing in a scorecard: the file, where things stand in it, what each row is, and the last word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wholestory.govuk import forms
from wholestory.indicators.rules.periods import Period, Year, meant
from wholestory.indicators.rules.scorecard import HOLDS_WORDS, Holds, Known, Layout, Line, letter
from wholestory.partners.models import Agency

YEARS = [
    (Year.FINANCIAL.value, "1 April: quarter 1 is April to June"),
    (Year.CALENDAR.value, "1 January: quarter 1 is January to March"),
    (Year.ACADEMIC.value, "1 September: quarter 1 is September to November"),
]
HOLDS = [(each.value, words) for each, words in HOLDS_WORDS.items()]


class ScorecardFileForm(forms.Form):
    """A scorecard."""

    file = forms.FileField(
        label="The scorecard",
        hint="A workbook or a CSV file with a column for each quarter, month or year and a row for each figure. Years"
        " of back quarters and merged headings are fine.",
        missing="Choose a file",
        accept=".csv,.xlsx,.xls,.ods",
    )
    years = forms.RadiosField(
        label="When do its years begin?", choices=YEARS, initial=Year.FINANCIAL.value,
        missing="Say when its years begin",
    )  # fmt: skip
    whose = forms.SelectField(
        label="Whose figures are they?",
        hint="Each agency’s people see figures that are theirs; figures of the whole area are seen by the team alone"
        " until a report is given.",
        choices=(),
        prompt=None,
        missing="Say whose figures they are",
    )

    def __init__(self, *args: Any, agencies: Sequence[Agency], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer(
            "whose",
            [
                ("board", "The whole area’s: no single agency’s"),
                ("asked", "Of whichever agency is asked for the figure now"),
                *((each.slug, each.name) for each in agencies),
            ],
        )


class LayoutForm(forms.Form):
    """Which sheet is read, and which period a column is whose heading does not say (``column_5`` and on)."""

    def __init__(
        self, *args: Any, names: Sequence[str], chosen: int, of: Layout | None, years: Year, **wanted: Any
    ) -> None:
        super().__init__(*args, **wanted)
        self.years = years
        self.fields["sheet"] = forms.SelectField(
            label="Which sheet is read?", choices=[(str(n), name) for n, name in enumerate(names)], prompt=None,
            initial=str(chosen), missing="Choose a sheet",
        )  # fmt: skip
        for column, heading in (of.unread if of else {}).items():
            self.fields[f"column_{column}"] = forms.TextField(
                label=f"Column {letter(column)}: {heading[:80] or 'no heading'}", required=False, max_length=40,
                width=20,
                hint="Its period, like “2014/15 Q2” or “Jun 2014”. Empty: this column is not read.",
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for name, text in said.items():
            if name.startswith("column_") and text and meant(text, self.years) is None:
                self.add_error(
                    name,
                    f"“{text}” does not name one period. Write it like 2014/15 Q2, Apr-Jun 2014 or Jun 2014",
                )
        return said

    def stated(self) -> dict[int, Period | None]:
        """The period of each column somebody named."""
        return {
            int(name.removeprefix("column_")): meant(text, self.years)
            for name, text in self.cleaned_data.items()
            if name.startswith("column_") and text
        }


class RowsForm(forms.Form):
    """For each row, the code of its measure (``code_4``) and what its cells hold (``holds_4``)."""

    def __init__(
        self,
        *args: Any,
        lines: Sequence[Line],
        said: Mapping[int, tuple[str, Holds]],
        known: Mapping[str, Known],
        **wanted: Any,
    ) -> None:
        super().__init__(*args, **wanted)
        self.lines, self.known = lines, known
        for line in lines:
            code, holds = said.get(line.row, ("", Holds.LEAVE))
            title = f" {known[code].title}." if code in known else ""
            self.fields[f"code_{line.row}"] = forms.TextField(
                label=f"Row {line.row + 1}: {line.label or 'no words'}", required=False, max_length=40, width=10,
                initial=code, hint=f"Proposed:{title}" if title else "The code of a measure, like C06",
            )  # fmt: skip
            self.fields[f"holds_{line.row}"] = forms.SelectField(
                label=f"What row {line.row + 1} holds", choices=HOLDS, prompt=None, initial=holds.value,
                hint=f"Begins with {'; '.join(line.sample)}",
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        of: dict[tuple[str, str], int] = {}
        for line in self.lines:
            code = (said.get(f"code_{line.row}") or "").strip().upper()
            holds = said.get(f"holds_{line.row}")
            if not holds or holds == Holds.LEAVE:
                continue
            name = f"code_{line.row}"
            found = next((each for each in self.known if each.upper() == code), None)
            if found is None:
                words = f"There is no measure “{code}”" if code else "Enter the measure, or leave the row out"
                self.add_error(name, words)
                continue
            said[name] = found
            kind = Holds.PERCENT if holds == Holds.SHARE else holds
            if (found, kind) in of:
                self.add_error(
                    name, f"Row {of[found, kind] + 1} holds the same of {found}. Leave one of them out"
                )
            of.setdefault((found, kind), line.row)
        return said

    def rows(self) -> dict[int, tuple[str, Holds]]:
        """What was said, by row counted from 0."""
        return {
            line.row: (
                self.cleaned_data.get(f"code_{line.row}") or "",
                Holds(self.cleaned_data[f"holds_{line.row}"]),
            )
            for line in self.lines
        }


class BringInForm(forms.Form):
    """The last word before anything is changed."""

    seen = forms.TextField(max_length=32)
    without = forms.ConfirmField(label="Leave out the cells with errors", required=False)

    def __init__(self, *args: Any, errors: int, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.errors_found = errors
        if not errors:
            del self.fields["without"]
        else:
            cells = "cell" if errors == 1 else "cells"
            self.fields["without"].label = f"Leave out the {errors} {cells} with errors"

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if self.errors_found and not said.get("without"):
            self.add_error(
                "without", "Say that these cells stay out, or put them right in the file and send it again"
            )
        return said


class TakeBackForm(forms.Form):
    """Why it is taken back."""

    because = forms.TextField(
        label="Why is it taken back?", max_length=300, missing="Say why it is taken back"
    )
