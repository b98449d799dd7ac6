"""A form of ours as the rows of an XLSForm: what the standard columns can say of each question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wholestory.paperwork.checks import Check, RequiredWhen
from wholestory.paperwork.conditions import Condition
from wholestory.paperwork.form import Form, Page, Section
from wholestory.paperwork.questions.amounts import Number
from wholestory.paperwork.questions.base import Question
from wholestory.paperwork.questions.calculated import Calculated
from wholestory.paperwork.questions.choosing import Choice, Choices, Scale, YesNo
from wholestory.paperwork.questions.gridded import Grid
from wholestory.paperwork.questions.naming import File
from wholestory.paperwork.questions.repeating import Repeat
from wholestory.paperwork.questions.shaped import Time
from wholestory.paperwork.questions.when import Date
from wholestory.paperwork.questions.writing import LongText
from wholestory.paperwork.words import Word
from wholestory.paperwork.xlsform.calculations import as_calculation
from wholestory.paperwork.xlsform.constraints import as_constraint, speaks_at
from wholestory.paperwork.xlsform.headers import OWN
from wholestory.paperwork.xlsform.known import About, Known
from wholestory.paperwork.xlsform.lists import ChoiceLists
from wholestory.paperwork.xlsform.relevance import as_relevant

KIND = f"{OWN}kind"


@dataclass
class Written:
    """One row of the survey sheet, and the word it was written from."""

    cells: dict[str, str]
    word: Word | None = None

    @property
    def name(self) -> str:
        return self.cells.get("name", "")


@dataclass
class SurveyRows:
    """The rows of a form. ``names`` gives names other than the keys."""

    form: Form
    names: Mapping[str, str]
    lists: ChoiceLists = field(default_factory=ChoiceLists)
    rows: list[Written] = field(default_factory=list)
    known: Known = field(default_factory=Known)
    cells_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    by_column: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def write(self) -> None:
        """Write them all."""
        self.lists.called = self.names
        self._name_all()
        if self.form.intro:
            self._add(
                {"type": "note", "name": self._block_name("intro"), "label": self.form.intro, KIND: "intro"}
            )
        for page in self.form.pages:
            self._block(
                "page", page, page.key, page.title, page.intro, page.show_when, appearance="field-list"
            )
            for at, item in enumerate(page.items, 1):
                if isinstance(item, Section):
                    self._section(page, item, at)
                else:
                    self._question(item, self.form.checks)
            self._add({"type": "end_group", "name": ""})

    def _name_all(self) -> None:
        for key, asked in self.form.asked.items():
            name, question = self.names.get(key, key), asked.question
            self.used.add(name.casefold())
            values = self.lists.values(question)
            offers = frozenset(str(allow.kind.value) for allow in question.nothing)
            inside = asked.inside.key if asked.inside else ""
            self.known.add(
                About(name, key, type(question), asked.position, inside, values=values, offers=offers)
            )
        for key, asked in self.form.asked.items():
            if isinstance(asked.question, Grid):
                self._name_cells(key, asked.question)

    def _name_cells(self, key: str, grid: Grid) -> None:
        columns: dict[str, tuple[str, ...]] = {}
        for column in grid.columns:
            columns[column.key] = tuple(
                self._block_name(f"{key}_{row.key}_{column.key}") for row in grid.rows
            )
        self.by_column[key] = columns
        self.cells_of[key] = tuple(name for names in columns.values() for name in names)

    def _block_name(self, wanted: str) -> str:
        """A name nobody else has, for rows that are no questions."""
        name, number = wanted, 2
        while name.casefold() in self.used or name.casefold() in ("meta", "data"):
            name, number = f"{wanted}_{number}", number + 1
        self.used.add(name.casefold())
        return name

    def _add(self, cells: dict[str, str], word: Word | None = None) -> None:
        self.rows.append(Written({name: text for name, text in cells.items() if text}, word))

    # ---- pages and sections -----------------------------------------------------------------------------------------

    def _block(
        self, kind: str, word: Page | Section, wanted: str, title: str, intro: str, shown: Condition | None,
        appearance: str = "",
    ) -> None:  # fmt: skip
        name = self._block_name(wanted)
        cells = {
            "type": "begin_group", "name": name, "label": title, "relevant": self._relevant(shown),
            "appearance": appearance, KIND: kind,
        }  # fmt: skip
        if isinstance(word, Page) and name != word.key:
            cells[f"{OWN}key"] = word.key
        self._add(cells, word)
        if intro:
            self._add(
                {"type": "note", "name": self._block_name(f"{name}_intro"), "label": intro, KIND: "intro"}
            )

    def _section(self, page: Page, section: Section, at: int) -> None:
        wanted = f"{page.key}_{at}"
        self._block("section", section, wanted, section.title, section.intro, section.show_when)
        for question in section.questions:
            self._question(question, self.form.checks)
        self._add({"type": "end_group", "name": ""})

    # ---- questions --------------------------------------------------------------------------------------------------

    def _question(self, question: Question, checks: tuple[Check, ...]) -> None:
        if isinstance(question, Repeat):
            self._add({"type": "begin_repeat", **self._common(question)}, question)
            for inner in question.questions:
                self._question(inner, question.checks)
            self._add({"type": "end_repeat", "name": ""})
        elif isinstance(question, Grid):
            self._grid(question)
        else:
            self._add(
                {**self._of_type(question), **self._common(question), **self._judged(question, checks)},
                question,
            )

    def _common(self, question: Question) -> dict[str, str]:
        name = self.names.get(question.key, question.key)
        return {
            "name": name, "label": question.label, "hint": question.hint, "guidance_hint": question.guidance,
            "relevant": self._relevant(question.show_when), KIND: question.word,
        }  # fmt: skip

    def _relevant(self, condition: Condition | None) -> str:
        return as_relevant(condition, self.known, self.cells_of) if condition is not None else ""

    def _judged(self, question: Question, checks: tuple[Check, ...]) -> dict[str, str]:
        """Whether it must be answered, and what may be."""
        if isinstance(question, Calculated):
            return {}
        mine = [check for check in checks if speaks_at(check) == question.key]
        constraint, message = as_constraint(question, mine, self.known)
        needed = [check for check in checks if isinstance(check, RequiredWhen) and check.key == question.key]
        cells = {
            "constraint": constraint,
            "constraint_message": message,
            "required": "yes" if question.required else "",
        }
        if needed and not question.required:
            cells["required"] = self._relevant(needed[0].when)
            cells["required_message"] = needed[0].message
        return cells

    def _of_type(self, question: Question) -> dict[str, str]:
        if isinstance(question, Choices):
            return {"type": f"select_multiple {self.lists.name_for(question)}"}
        if isinstance(question, (YesNo, Choice, Scale)):
            return {"type": f"select_one {self.lists.name_for(question)}"}
        if isinstance(question, Number):
            return {"type": "integer" if question.whole else "decimal"}
        if isinstance(question, LongText):
            return {"type": "text", "appearance": "multiline", "parameters": f"rows={question.rows}"}
        if isinstance(question, Calculated):
            written = as_calculation(question.working, question.decimals, self.known, self.by_column)
            return {"type": "calculate", "calculation": written}
        plain = {Date: "date", Time: "time", File: "file"}
        return {"type": next((name for cls, name in plain.items() if isinstance(question, cls)), "text")}

    # ---- grids ------------------------------------------------------------------------------------------------------

    def _grid(self, grid: Grid) -> None:
        """A group of rows, each a group of cells: other programs ask every cell."""
        self._add({"type": "begin_group", "appearance": "field-list", **self._common(grid)}, grid)
        for at, row in enumerate(grid.rows):
            name = self._block_name(f"{self.names.get(grid.key, grid.key)}_{row.key}")
            cells = {
                "type": "begin_group",
                "name": name,
                "label": row.label,
                KIND: "grid_row",
                f"{OWN}key": row.key,
            }
            self._add(cells, row)
            for column in grid.columns:
                self._cell(grid, column, at)
            self._add({"type": "end_group", "name": ""})
        self._add({"type": "end_group", "name": ""})

    def _cell(self, grid: Grid, column: Question, at: int) -> None:
        cells = {**self._of_type(column), **self._common(column), **self._judged(column, ())}
        cells["name"] = self.by_column[grid.key][column.key][at]
        cells[f"{OWN}key"] = column.key
        # Only the first row's cells are read back; the others say the same.
        self._add(cells, column if at == 0 else None)
