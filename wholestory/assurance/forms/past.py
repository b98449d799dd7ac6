"""Questions about a file of an earlier time: what it is, how its table lies, and what its words mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from wholestory.assurance.models import BroughtInKind, Cycle
from wholestory.assurance.operations.past import ENDINGS
from wholestory.assurance.rules.own_tools_columns import EVERY, same_columns
from wholestory.assurance.rules.past_tables import Layout, Shape
from wholestory.assurance.tables import MOST_BYTES, Table
from wholestory.govuk import forms
from wholestory.partners.models import Agency

NEW, OUT = "new", "out"
SHAPES = {
    Shape.DOWN: ("Organisations down, questions across", "One row for each organisation"),
    Shape.ACROSS: ("Questions down, organisations across", "One column for each organisation"),
    Shape.LONG: (
        "One row for each organisation and question",
        "What an audit website gives out: organisation, question, score, comment",
    ),
    Shape.COPY: ("One organisation’s own copy", "A row for each question, in Word or Excel"),
}


class UploadForm(forms.Form):
    """A file of an earlier time."""

    kind = forms.RadiosField(
        label="What is in the file?",
        choices=BroughtInKind.choices,
        hints={
            BroughtInKind.RETURNS.value: "A table of scores, a download of another audit website, or one"
            " organisation’s filled copy",
            BroughtInKind.ACTIONS.value: "An action tracker: what was promised, by whom and until when",
        },
        missing="Select what is in the file",
    )
    file = forms.FileField(
        label="Choose the file",
        hint=f"Excel (.xlsx), Word (.docx) or .csv, smaller than {MOST_BYTES // (1024 * 1024)} MB. Nothing comes in"
        " until you have looked through what would.",
        accept=",".join(f".{end}" for end in ENDINGS),
        missing="Choose the file",
    )
    why = forms.TextField(
        label="If a file was refused because it looks like a child’s record: why is it not one? (optional)",
        hint="It is kept with the file. Leave it empty otherwise.",
        required=False,
        max_length=300,
    )


class TableForm(forms.Form):
    """Which table, and how it lies."""

    table = forms.SelectField(label="Which table?", choices=(), prompt=None)
    shape = forms.RadiosField(
        label="How does it lie?",
        choices=(),
        reveals={Shape.COPY.value: "alone"},
        missing="Select how the table lies",
    )
    alone = forms.SelectField(
        label="Whose copy is it?",
        prompt="Choose the organisation",
        choices=(),
        missing="Choose whose copy it is",
    )
    header = forms.SelectField(label="Which row holds the headings?", choices=(), prompt=None)
    above = forms.SelectField(
        label="Is there a second row of headings over it?",
        hint="Such as the standards, over the questions of each",
        choices=(),
        prompt=None,
    )

    def __init__(
        self,
        *args: Any,
        tables_: Sequence[Table],
        layout: Layout,
        agencies: Sequence[Agency],
        shapes: Sequence[Shape] = tuple(SHAPES),
        **wanted: Any,
    ) -> None:
        super().__init__(*args, **wanted)
        self.offer("table", _tables(tables_))
        self.offer(
            "shape",
            [(one.value, SHAPES[one][0]) for one in shapes],
            {one.value: SHAPES[one][1] for one in shapes},
        )
        self.offer("alone", [("", "Choose the organisation"), *[(str(one.id), one.name) for one in agencies]])
        at = int(layout.table) if layout.table.isdigit() and int(layout.table) < len(tables_) else 0
        rows = [
            (str(row.number), f"{row.number}: {' | '.join(filter(None, row.cells))[:80]}")
            for row in tables_[at].rows[:15]
        ]
        self.offer("header", rows)
        self.offer("above", [("0", "No"), *rows])

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        above, header = int(answers.get("above") or 0), int(answers.get("header") or 0)
        if above and above >= header:
            self.add_error("above", "Choose a row over the row of headings, or No")
        return answers


def _tables(tables_: Sequence[Table]) -> list[tuple[str, str]]:
    every = [
        (str(n), f"{one.name}{f': {one.heading}' if one.heading else ''} ({len(one.rows)} rows)")
        for n, one in enumerate(tables_)
    ]
    together = same_columns(tables_)
    if len(together) > 1:
        every.append((EVERY, f"All {len(together)} with the same columns, one after the other"))
    return every


class AboutForm(forms.Form):
    """Which round the answers belong to."""

    cycle = forms.RadiosField(
        label="Which round do these answers belong to?", choices=(), missing="Select a round"
    )
    title = forms.TextField(
        label="What was the round called?",
        hint="For example, Section 11 audit 2014",
        max_length=160,
        missing="Enter what it was called",
    )
    opens_on = forms.DateField(label="From when was it asked?", hint="About is enough. For example, 6 1 2014")
    due_on = forms.DateField(label="Until when were answers due?", hint="For example, 31 3 2014")

    def __init__(self, *args: Any, cycles: Sequence[Cycle], today: date, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.today = today
        self.offer(
            "cycle",
            [
                (NEW, "A new one, for this file"),
                *[(str(one.pk), f"{one.title}, brought in before") for one in cycles],
            ],
        )

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if answers.get("cycle") not in (NEW, None):
            for name in ("title", "opens_on", "due_on"):
                self.errors.pop(name, None)
            return answers
        opens, due = answers.get("opens_on"), answers.get("due_on")
        if opens and due and due < opens:
            self.add_error("due_on", "This must be on or after the day it was first asked")
        if due and due >= self.today:
            self.add_error(
                "due_on", "This must be in the past: a round that still runs is asked here, not brought in"
            )
        return answers


class UndoForm(forms.Form):
    """Why it is taken back."""

    reason = forms.LongTextField(
        label="Why is it taken back?", missing="Say why it is taken back", max_length=300, rows=3
    )


class SayForm(forms.Form):
    """What an agency says of what was brought in."""

    right = forms.YesNoField(
        label="Is this what your organisation answered then?",
        yes="Yes, I confirm it",
        no="No, this is not right",
        reveals={"no": "words"},
        missing="Select yes or no",
    )
    words = forms.LongTextField(
        label="What is not right?", hint="The board’s team reads this. No answer is changed by it.",
        missing="Say what is not right", max_length=2000, rows=4,
    )  # fmt: skip
