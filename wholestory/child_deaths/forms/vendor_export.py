"""Bringing in what another product exported: the file, its columns, and which case a line is of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wholestory.child_deaths.models import Panel, VendorMapping
from wholestory.child_deaths.queries.vendor_export import LEAVE, NEW, Undecided
from wholestory.child_deaths.rules.brought_in import letter
from wholestory.child_deaths.rules.vendor_export import FIELDS, missing
from wholestory.govuk import forms


class VendorFileForm(forms.Form):
    """An export."""

    panel = forms.SelectField(
        label="Which panel’s cases are they?", choices=(), missing="Choose the panel", prompt=None
    )
    file = forms.FileField(
        label="The export",
        hint="A CSV file or a workbook with a row of headings and a line for each case; at most 5,000 lines and"
        " 1,000 columns. Of a workbook the sheet with the most lines is read.",
        missing="Choose a file",
        accept=".csv,.xlsx,.xls,.ods",
    )
    mapping = forms.SelectField(
        label="Its columns", choices=(), prompt="Propose them by the headings", required=False
    )

    def __init__(
        self, *args: Any, panels: Sequence[Panel], mappings: Sequence[VendorMapping], **wanted: Any
    ) -> None:
        super().__init__(*args, **wanted)
        self.offer("panel", [(str(one.pk), one.name) for one in panels])
        kept = [(str(one.pk), f"As in “{one.name}”") for one in mappings]
        self.offer("mapping", [("", "Propose them by the headings"), *kept])


class VendorColumnsForm(forms.Form):
    """For each thing that is read, the column that holds it; and a name to keep that under."""

    def __init__(
        self,
        *args: Any,
        headings: Sequence[str],
        fields: Mapping[str, int],
        rows: Sequence[Any],
        kept_as: str = "",
        **wanted: Any,
    ) -> None:
        super().__init__(*args, **wanted)
        columns = [
            (str(n), f"{letter(n)}: {heading[:70] or 'no heading'}") for n, heading in enumerate(headings)
        ]
        for key, label in FIELDS.items():
            at = fields.get(key)
            self.fields[key] = forms.SelectField(
                label=label, choices=columns, prompt="No column", required=False,
                hint="" if at is None else _for_example(rows, at), initial="" if at is None else str(at),
            )  # fmt: skip
        self.fields["keep_as"] = forms.TextField(
            label="Keep this under a name for the next export (optional)", required=False, max_length=80,
            width=20, initial=kept_as, hint="Only headings and words about stages are kept, nothing of any child.",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        given = self.chosen(said)
        if trouble := missing(given):
            self.add_error("national_reference", trouble)
        by_column: dict[int, str] = {}
        for key, at in given.items():
            if at in by_column:
                self.add_error(key, f"This column is “{FIELDS[by_column[at]]}” already")
            by_column.setdefault(at, key)
        return said

    def chosen(self, said: Mapping[str, Any]) -> dict[str, int]:
        """The column of each thing that has one."""
        return {key: int(said[key]) for key in FIELDS if said.get(key)}


def _for_example(rows: Sequence[Any], column: int) -> str:
    cells = (str(row[1][column])[:40] for row in rows if column < len(row[1]) and row[1][column])
    said = list(dict.fromkeys(cells))[:3]
    return f"Holds: {'; '.join(said)}" if said else "Holds nothing"


class VendorLinesForm(forms.Form):
    """Of each line that looks like a case here, whether it is that case (``line_2`` and on)."""

    def __init__(self, *args: Any, undecided: Sequence[Undecided], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        for each in undecided:
            line = each.one.line
            name = " ".join(part for part in (line.forenames, line.surname) if part) or "no name"
            born = f", born {line.born_on:%d/%m/%Y}" if line.born_on else ""
            self.fields[f"line_{line.number}"] = forms.RadiosField(
                label=f"Line {line.number}: {name}{born}",
                choices=[
                    *(
                        (one.reference, f"It is {one.reference}. {one.words}. {one.reasons}".strip())
                        for one in each.candidates
                    ),
                    (NEW, "It is another death: make a case of it"),
                    (LEAVE, "Leave this line out for now"),
                ],
                missing=f"Say whether line {line.number} is one of these cases",
            )

    def decided(self) -> dict[int, str]:
        """What was said, by number of line."""
        return {int(name.removeprefix("line_")): said for name, said in self.cleaned_data.items()}


class VendorLoadForm(forms.Form):
    """The last word before anything is changed."""

    without_stopped = forms.ConfirmField(label="Leave out the lines with problems", required=False)
    seen = forms.TextField(max_length=32)

    def __init__(self, *args: Any, stopped: int, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.stopped = stopped
        if not stopped:
            del self.fields["without_stopped"]
        else:
            lines = "line" if stopped == 1 else "lines"
            self.fields["without_stopped"].label = f"Leave out the {stopped} {lines} with problems"

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if self.stopped and not said.get("without_stopped"):
            words = "Say that these lines stay out, or put them right in the file and send it again"
            self.add_error("without_stopped", words)
        return said
