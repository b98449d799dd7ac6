"""Bringing in a list of earlier cases: the file, what its columns hold, what its words mean, and the last word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wholestory.child_deaths.models import Panel
from wholestory.child_deaths.rules import brought_in
from wholestory.child_deaths.rules.brought_in import Holds, Stands
from wholestory.govuk import forms

COLUMNS = [(one.value, one.label) for one in Holds]
STANDS = [(one.value, one.label) for one in Stands]


class PastFileForm(forms.Form):
    """A list."""

    panel = forms.SelectField(
        label="Which panel’s cases are they?", choices=(), missing="Choose the panel", prompt=None
    )
    file = forms.FileField(
        label="The list",
        hint="A CSV file or a workbook with a row of headings and a line for each case; at most 5,000 lines.",
        missing="Choose a file",
        accept=".csv,.xlsx,.xls,.ods",
    )

    def __init__(self, *args: Any, panels: Sequence[Panel], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("panel", [(str(one.pk), one.name) for one in panels])


class PastColumnsForm(forms.Form):
    """What each column holds (``column_1`` and on)."""

    def __init__(
        self,
        *args: Any,
        headings: Sequence[str],
        guessed: Sequence[Holds],
        rows: Sequence[Any],
        **wanted: Any,
    ) -> None:
        super().__init__(*args, **wanted)
        for n, heading in enumerate(headings):
            self.fields[f"column_{n + 1}"] = forms.SelectField(
                label=f"Column {brought_in.letter(n)}" + (f": {heading[:80]}" if heading else ""),
                hint=_for_example(rows, n),
                choices=COLUMNS,
                prompt=None,
                required=False,
                initial=guessed[n].value if n < len(guessed) else "",
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        given = self.columns(said)
        if trouble := brought_in.missing(given):
            self.add_error("column_1", trouble)
        for holds in dict.fromkeys(one for one in given if one):
            if given.count(holds) > 1:
                again = max(n for n, one in enumerate(given, 1) if one is holds)
                self.add_error(f"column_{again}", f"Another column holds “{holds.label}” already")
        return said

    def columns(self, said: Mapping[str, Any]) -> list[Holds]:
        """What was said, in the order of the columns."""
        return [Holds(said.get(name) or "") for name in self.fields]


def _for_example(rows: Sequence[Any], column: int) -> str:
    """The first few things a column holds."""
    cells = (str(row[1][column])[:40] for row in rows if column < len(row[1]) and row[1][column])
    said = list(dict.fromkeys(cells))[:3]
    return f"Holds: {'; '.join(said)}" if said else "Holds nothing"


class PastStagesForm(forms.Form):
    """What each word about a stage means (``word_1`` and on)."""

    def __init__(
        self, *args: Any, words: Mapping[str, int], chosen: Mapping[str, Stands], **wanted: Any
    ) -> None:
        super().__init__(*args, **wanted)
        self.words = list(words)
        for n, (word, times) in enumerate(words.items(), 1):
            self.fields[f"word_{n}"] = forms.SelectField(
                label=f"“{word[:80]}”, {times} line{'' if times == 1 else 's'}",
                choices=STANDS,
                prompt=None,
                initial=(chosen.get(word) or brought_in.stage_guessed(word)).value,
            )

    def stages(self) -> dict[str, Stands]:
        """What was said of each word."""
        return {word: Stands(self.cleaned_data[f"word_{n}"]) for n, word in enumerate(self.words, 1)}


class PastTakeForm(forms.Form):
    """The last word before anything is made."""

    doubles = forms.RadiosField(
        label="Lines that seem to be here already",
        choices=[
            ("leave", "Leave them out"),
            ("bring", "Bring them in beside what is here; nothing is joined"),
        ],
        initial="leave",
    )
    without_stopped = forms.ConfirmField(label="Leave out the lines with problems", required=False)
    seen = forms.TextField(max_length=32)

    def __init__(self, *args: Any, stopped: int, doubles: int, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.stopped = stopped
        if not stopped:
            del self.fields["without_stopped"]
        else:
            lines = "line" if stopped == 1 else "lines"
            self.fields["without_stopped"].label = f"Leave out the {stopped} {lines} with problems"
        if not doubles:
            del self.fields["doubles"]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if self.stopped and not said.get("without_stopped"):
            self.add_error(
                "without_stopped",
                "Say that these lines stay out, or put them right in the file and send it again",
            )
        return said


class PastBackForm(forms.Form):
    """Why a list is taken back."""

    because = forms.LongTextField(label="Why is it taken back?", max_length=300, missing="Say why")
