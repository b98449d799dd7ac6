"""Which column of an officer's table holds what, chosen on screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wholestory.assurance.forms.own_tools_parts import MOST_BOXES
from wholestory.assurance.rules import own_tools_columns as rules
from wholestory.assurance.rules.own_tools_columns import Columns
from wholestory.assurance.rules.own_tools_scales import offered
from wholestory.assurance.rules.scales import scale_called
from wholestory.assurance.tables import Table
from wholestory.govuk import forms

#: Rows of the table that may be the row of headings.
_HEAD_ROWS = 12
ROLES = (
    (rules.NOTHING, "Leave out"),
    (rules.NUMBER, "Number"),
    (rules.STANDARD, "Standard or heading"),
    (rules.QUESTION, "Question"),
    (rules.GUIDANCE, "Guidance"),
    (rules.SHOW, "What would show it"),
    (rules.CRITICAL, "Critical, yes or no"),
    (rules.SCALE, "Name of the scale"),
)


class ColumnsForm(forms.Form):
    """Which table, which row of headings, which scale, and a role for each column (``role_1`` and on)."""

    table = forms.SelectField(label="Which table?", choices=(), prompt=None)
    header = forms.SelectField(label="Which row holds the headings of the columns?", choices=(), prompt=None)
    scale = forms.SelectField(label="Which scale do agencies answer on?", choices=(), prompt=None)

    def __init__(self, *args: Any, tables: Sequence[Table], columns: Columns, **wanted: Any) -> None:
        """``columns`` are those chosen or guessed so far; they say how many columns there are and on which scale."""
        super().__init__(*args, **wanted)
        self.picked = rules.chosen_tables(tables, columns.table)
        first = self.picked[0]
        self.offer("table", list(_tables(tables)))
        rows = [
            (row.number, " | ".join(cell for cell in row.cells if cell)[:80])
            for row in first.rows[:_HEAD_ROWS]
        ]
        self.offer(
            "header", [("0", "None: the questions begin at once"), *[(str(n), f"{n}: {t}") for n, t in rows]]
        )
        self.offer("scale", [(each.code, each.title) for each in offered()])
        head = rules.row_cells(first, columns.header) if columns.header else ("",) * first.width
        for n in range(1, first.width + 1):
            name = first.column(n)
            shown = head[n - 1][:60]
            self.fields[f"role_{n}"] = forms.SelectField(
                label=f"{name[0].upper()}{name[1:]}" + (f": {shown}" if shown else ""),
                choices=[*ROLES, *_points(columns.scale)],
                prompt=None,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        roles = self._roles(answers)
        for role in rules.twice(Columns(roles=roles)):
            label = dict([*ROLES, *_points(str(answers.get("scale") or ""))]).get(role, role)
            again = [n for n, each in enumerate(roles, 1) if each == role][-1]
            self.add_error(f"role_{again}", f"Another column holds “{label}” already. Choose one of them")
        if rules.QUESTION not in roles and roles:
            self.add_error("role_1", "Say which column holds the questions")
        return answers

    def _roles(self, answers: dict[str, Any]) -> tuple[str, ...]:
        names = [name for name in self.fields if name.startswith("role_")]
        return tuple(str(answers.get(name) or "") for name in names)

    def columns(self) -> Columns:
        """What was chosen. Call it on a form whose answers hold, or nearly: faults of roles are kept."""
        answers = self.cleaned_data
        return Columns(
            str(answers.get("table") or "0"),
            int(answers.get("header") or 0),
            str(answers.get("scale") or "INT0_3"),
            self._roles(answers),
        )

    @property
    def roles(self) -> list[Any]:
        """The fields of the columns, to draw them together."""
        return [self[name] for name in self.fields if name.startswith("role_")]


def _tables(tables: Sequence[Table]) -> list[tuple[str, str]]:
    every = [(str(n), f"{each.name}{f': {each.heading}' if each.heading else ''} ({_rows(each)})")
             for n, each in enumerate(tables)]  # fmt: skip
    together = rules.same_columns(tables)
    if len(together) > 1:
        every.append((rules.EVERY, f"All {len(together)} with the same columns, one heading for each"))
    return every


def _rows(table: Table) -> str:
    return f"{len(table.rows)} row{'' if len(table.rows) == 1 else 's'}"


def _points(code: str) -> list[tuple[str, str]]:
    """The words for each point, where the scale is short enough to have a column each."""
    scale = scale_called(code or "INT0_3")
    if len(scale.points) > MOST_BOXES:
        return []
    return [
        (
            f"{rules.POINT}{n}",
            f"What “{point.colour or (point.value if scale.numeric else point.label)}” means",
        )
        for n, point in enumerate(scale.points)
    ]


def initial_of(columns: Columns) -> dict[str, str]:
    """What the form begins with."""
    roles = {f"role_{n}": role for n, role in enumerate(columns.roles, 1)}
    return {"table": columns.table, "header": str(columns.header), "scale": columns.scale, **roles}
