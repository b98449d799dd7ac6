"""Questions on the way of a spreadsheet into the directory. Their lists are made from the sheet itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from wholestory.access.directory.forms.people import role_choices
from wholestory.access.directory.models import MembershipImport
from wholestory.govuk import forms
from wholestory.partners.importing.plan import NEW, SKIP, Plan, PlannedAgency
from wholestory.partners.models import DutyBasis, Role, Sector
from wholestory.partners.rules import columns
from wholestory.partners.rules.names import fold

EXAMPLES = 3


class UploadForm(forms.Form):
    """The spreadsheet itself."""

    file = forms.FileField(
        label="Membership spreadsheet",
        accept=".xlsx,.xls,.ods,.csv",
        hint="Excel, OpenDocument or CSV, up to 5 MB. Title rows, odd headings and merged cells are fine.",
        missing="Choose the spreadsheet",
    )


class SheetForm(forms.Form):
    """Which sheet of the workbook holds the members."""

    sheet = forms.RadiosField(
        label="Which sheet holds the members?", page_heading=True, missing="Choose a sheet"
    )

    def __init__(self, *args: Any, kept: MembershipImport, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        hints = {str(at): _sheet_hint(one["rows"]) for at, one in enumerate(kept.sheets)}
        self.offer("sheet", [(str(at), one["name"]) for at, one in enumerate(kept.sheets)], hints)


def _sheet_hint(rows: Sequence[Sequence[str]]) -> str:
    filled = sum(1 for row in rows if any(row))
    heads = [cell for cell in rows[columns.heading_row(rows)] if cell][:6]
    rows_said = "1 row holds" if filled == 1 else f"{filled} rows hold"
    return f"{rows_said} something. The headings seem to be: {', '.join(heads)}"


class HeadingRowForm(forms.Form):
    """Which row holds the headings."""

    heading_row = forms.RadiosField(
        label="Which row holds the headings?", page_heading=True, missing="Choose a row", small=True
    )

    def __init__(self, *args: Any, rows: Sequence[Sequence[str]], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        shown = [(at, row) for at, row in enumerate(rows[: columns.LOOK_FOR_HEADINGS_IN]) if any(row)]
        said = [
            (str(at), f"Row {at + 1}: {' | '.join(cell[:40] for cell in row if cell)[:200]}")
            for at, row in shown
        ]
        self.offer("heading_row", said)

    def place(self) -> int:
        """The row chosen, counted from nought."""
        return int(self.cleaned_data["heading_row"])


class ColumnsForm(forms.Form):
    """What each column holds, and how empty cells are read."""

    fill_down = forms.ConfirmField(
        label="An empty agency under a filled one belongs to the same agency", required=False
    )
    role_when_empty = forms.SelectField(
        label="Which seat has somebody whose row names none?",
        required=False,
        prompt="None: do not add them",
        choices=role_choices(team=False),
    )
    starts_on = forms.DateField(label="First day of seats whose row gives none", missing="Enter a day")
    groups_only = forms.RadiosField(
        label="When a row names both a seat and a group, somebody has",
        choices=[
            ("no", "That seat on the board, and a place in the group"),
            ("yes", "A place in the group only"),
        ],
    )
    replace = forms.RadiosField(
        label="When the directory and the spreadsheet say different things about somebody",
        choices=[("no", "Keep what the directory says"), ("yes", "Take what the spreadsheet says")],
        hints={"no": "Gaps are filled in either way."},
    )

    def __init__(self, *args: Any, kept: MembershipImport, today: date, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        rows = kept.sheets[kept.sheet or 0]["rows"]
        heading = kept.heading_row or 0
        choices = [("", "Leave this column out"), *((one.key, one.label) for one in columns.MEANINGS)]
        # A heading between rows stands alone in its row and is no example of anything.
        body = [row for row in rows[heading + 1 :] if sum(1 for cell in row if cell) > 1]
        self.column_names = []
        for at, head in enumerate(columns.headings(rows, heading)):
            cells = list(dict.fromkeys(columns.column_of(body, at)))
            if not columns.column_of(rows[heading + 1 :], at):
                continue
            name = f"column_{at}"
            hint = f"For example: {'; '.join(cell[:40] for cell in cells[:EXAMPLES])}"
            self.fields[name] = forms.SelectField(
                label=f"{columns.letter(at)}: {head}", hint=hint, choices=choices, prompt=None, required=False
            )
            self.initial[name] = kept.meanings[at] if at < len(kept.meanings) else ""
            self.column_names.append((at, name))
        said = kept.options
        self.initial.setdefault("fill_down", said.get("fill_down", True))
        self.initial.setdefault("role_when_empty", said.get("role_when_empty", Role.MEMBER.value))
        self.initial.setdefault(
            "starts_on", date.fromisoformat(said["starts_on"]) if said.get("starts_on") else today
        )
        boards = any(
            "board" in fold(head)
            for head in columns.headings(rows, heading)
            if columns.meaning_of(head) == "role"
        )
        self.initial.setdefault("groups_only", "yes" if said.get("groups_only", not boards) else "no")
        self.initial.setdefault("replace", "yes" if said.get("replace") else "no")
        self.width = len(columns.headings(rows, heading))

    @property
    def column_fields(self) -> list[Any]:
        """The questions about columns, for the page."""
        return [self[name] for _, name in self.column_names]

    def meanings(self) -> list[str]:
        """What each column holds, in order."""
        chosen = {at: self.cleaned_data[name] for at, name in self.column_names}
        return [chosen.get(at, "") for at in range(self.width)]

    def options(self) -> dict[str, Any]:
        """How cells are read."""
        given = self.cleaned_data
        return {
            "fill_down": given["fill_down"],
            "role_when_empty": given["role_when_empty"],
            "starts_on": given["starts_on"].isoformat(),
            "replace": given["replace"] == "yes",
            "groups_only": given["groups_only"] == "yes",
        }


class SeatWordsForm(forms.Form):
    """What the sheet's own words for seats mean."""

    def __init__(self, *args: Any, words: Sequence[tuple[str, int, str]], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.said = {f"word_{at}": said for at, (said, _, _) in enumerate(words)}
        for at, (said, times, guess) in enumerate(words):
            rows = "1 row" if times == 1 else f"{times} rows"
            self.fields[f"word_{at}"] = forms.SelectField(
                label=f"“{said}”",
                hint=rows,
                choices=role_choices(),
                prompt="Nobody knows: leave these rows out",
                required=False,
            )
            self.initial[f"word_{at}"] = guess

    def roles(self) -> dict[str, str]:
        """Each word, folded, with the seat it means; empty when nobody knows."""
        return {fold(said): self.cleaned_data[name] for name, said in self.said.items()}


class AgenciesForm(forms.Form):
    """Which organisations the sheet speaks of, and what kind the new ones are."""

    def __init__(self, *args: Any, plan: Plan, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        asked = [one for one in plan.agencies if _worth_asking(one)]
        asked.sort(key=lambda one: not one.similar)
        self.planned = {f"agency_{one.key.replace(' ', '_')}": one for one in asked}
        for name, one in self.planned.items():
            self._ask(name, one)
        self.groups = {f"group_{at}": one for at, one in enumerate(plan.groups) if one.id is None}
        for name, group in self.groups.items():
            self.fields[name] = forms.RadiosField(
                label=f"Group: {group.name}",
                choices=[(NEW, "Add this group"), (SKIP, "Leave it out")],
                inline=True,
            )
            self.initial[name] = group.decision

    def _ask(self, name: str, one: PlannedAgency) -> None:
        known = [*([one.found] if one.found else []), *(other for other in one.similar if other != one.found)]
        choices = [(str(other.id), f"It is {other.name}") for other in known]
        choices += [(NEW, "Add it as a new agency"), (SKIP, "Leave it and its rows out")]
        rows = "1 row" if one.rows == 1 else f"{one.rows} rows"
        self.fields[f"{name}_is"] = forms.RadiosField(
            label=one.name,
            hint=f"In {rows}.",
            choices=choices,
            missing=f"Say what {one.name} is",
            small=True,
            reveals={NEW: f"{name}_kind"},
        )
        self.initial[f"{name}_is"] = "" if one.similar and one.decision == SKIP else one.decision
        kinds = [(f"{sector}:{duty}", label) for sector, duty, label in KINDS]
        guess = f"{one.sector}:{one.duty_basis}"
        if guess not in dict(kinds):
            kinds.append((guess, f"{Sector(one.sector).label}: {DutyBasis(one.duty_basis).label}"))
        self.fields[f"{name}_kind"] = forms.SelectField(
            label="What kind is it?", choices=kinds, missing=f"Choose what kind {one.name} is"
        )
        self.initial[f"{name}_kind"] = guess

    @property
    def doubtful(self) -> list[Any]:
        """The questions about agencies that look like one that is there."""
        return [self[f"{name}_is"] for name, one in self.planned.items() if one.similar]

    @property
    def new(self) -> list[Any]:
        """The questions about agencies that are probably new."""
        return [self[f"{name}_is"] for name, one in self.planned.items() if not one.similar]

    @property
    def group_fields(self) -> list[Any]:
        """The questions about groups, for the page."""
        return [self[name] for name in self.groups]

    def decided(self) -> dict[str, dict[str, Any]]:
        """The decisions as the import keeps them."""
        given = self.cleaned_data
        agencies = {one.key: given[f"{name}_is"] for name, one in self.planned.items()}
        kinds = {
            one.key: given[f"{name}_kind"].split(":")
            for name, one in self.planned.items()
            if given.get(f"{name}_kind")
        }
        return {
            "agencies": agencies,
            "sectors": kinds,
            "groups": {one.key: given[name] for name, one in self.groups.items()},
        }


#: Sector and reason together, as people think of them: “a maintained school”, not two lists.
KINDS: tuple[tuple[str, str, str], ...] = (
    ("council", "s11", "Council, or a part of one"),
    ("health", "s11", "Health: trust, commissioner or practice"),
    ("police", "s11", "Police or police and crime commissioner"),
    ("probation", "s11", "Probation or youth justice"),
    ("education", "s175", "Maintained school or college"),
    ("education", "s157", "Academy, free or independent school"),
    ("education", "nmss", "Non-maintained special school"),
    ("early_years", "s40_childcare", "Early years"),
    ("fire", "other", "Fire and rescue"),
    ("national", "s55_bci", "Border Force and immigration"),
    ("national", "other", "Another national body"),
    ("voluntary", "voluntary", "Voluntary, faith or sport: by invitation"),
    ("voluntary", "contract", "Voluntary, faith or sport: by contract"),
    ("other", "contract", "Anything else: by contract"),
    ("other", "other", "Something else"),
)


def _worth_asking(one: PlannedAgency) -> bool:
    return one.is_new or one.decision == SKIP or bool(one.similar) or one.needs_linking


class PeopleForm(forms.Form):
    """Who is who, where the sheet alone does not tell."""

    def __init__(self, *args: Any, plan: Plan, decided: dict[str, str], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.lines = {f"row_{step.line.key}": step.line.key for step in plan.questions}
        for step in plan.questions:
            question = step.question
            if question is None:
                continue
            name = f"row_{step.line.key}"
            self.fields[name] = forms.RadiosField(
                label=f"Row {step.line.row}: {step.line.full_name}",
                hint=question.sentence,
                choices=question.options,
                required=False,
                small=True,
            )
            self.initial[name] = decided.get(step.line.key, "")

    def decided(self) -> dict[str, str]:
        """The decisions that were made; a row without one stays out."""
        return {
            key: self.cleaned_data[name] for name, key in self.lines.items() if self.cleaned_data.get(name)
        }
