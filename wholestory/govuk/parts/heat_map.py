"""Who stands where against which standard, readable without colour: every cell has its words, tone and pattern."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from wholestory.govuk.parts.base import Part

State = Literal[
    "score",
    "not_applicable",
    "unanswered",
    "not_returned",
    "nil",
    "refused",
    "extension",
    "in_progress",
    "awaited",
    "query",
    "not_asked",
    "not_released",
    "not_scored",
    "not_read",
]

# state -> (what stands in the cell, what it means)
STATES: dict[str, tuple[str, str]] = {
    "not_applicable": ("N/A", "Not applicable, with a reason"),
    "unanswered": ("Blank", "Returned, this one not answered"),
    "not_returned": ("NR", "Not returned, and overdue"),
    "nil": ("Nil", "Nil return, signed"),
    "refused": ("Ref", "Refused to answer, with the reason it gave"),
    "extension": ("Ext", "Has an extension"),
    "in_progress": ("Begun", "Being answered, not yet due"),
    "awaited": ("Asked", "Asked, not started, not yet due"),
    "query": ("Query", "Sent back with a query, not yet answered"),
    "not_asked": ("–", "Not asked of this agency"),
    "not_released": ("…", "Not released yet"),
    "not_scored": ("Ans", "Answered (not scored)"),
    "not_read": ("Unread", "Brought in from a file where something stood that is no score"),
}
SCORES: dict[int, str] = {0: "Not met", 1: "Partly met", 2: "Mostly met", 3: "Fully met"}


@dataclass(frozen=True)
class HeatCell:
    """One agency against one standard: a score from 0 to 3, or why there is none.

    `note` is added to what is read out and shown on pointing ("moderated from 3"). `changed` marks a moderated score.
    `shown` stands in the cell instead of the score itself: a mean of several, in the band of `score`.
    """

    state: State = "score"
    score: int | None = None
    url: str = ""
    note: str = ""
    changed: bool = False
    shown: str = ""


@dataclass(frozen=True)
class HeatColumn:
    """One standard: its short code heads the column, its words explain it."""

    code: str
    label: str
    url: str = ""


@dataclass(frozen=True)
class HeatRow:
    """One agency and its cells, in the order of the columns. `extra` is a short remark under the name."""

    label: str
    cells: Sequence[HeatCell]
    url: str = ""
    extra: Any = ""


@dataclass(frozen=True)
class HeatMap(Part):
    """The whole picture. `scores` are the words for each score; `compliant_from` draws the line in the key."""

    caption: str
    columns: Sequence[HeatColumn]
    rows: Sequence[HeatRow]
    row_heading: str = "Agency"
    scores: Any = None
    compliant_from: int = 2
    id: str = "heat-map"
    show_key: bool = True
    empty: str = "No agency has been asked yet."
    template = "govuk/components/heat_map.html"

    @property
    def words(self) -> dict[int, str]:
        return dict(self.scores) if self.scores else SCORES

    @property
    def body(self) -> SafeString:
        """The table's rows. Built here and not in the template: 600 agencies make some 15,000 cells."""
        faces: dict[tuple[Any, ...], tuple[str, str]] = {}
        return SafeString("".join(self._row(row, faces) for row in self.rows))

    def _row(self, row: HeatRow, faces: dict[tuple[Any, ...], tuple[str, str]]) -> str:
        name: str = conditional_escape(row.label)
        if row.url:
            name = f'<a class="govuk-link" href="{conditional_escape(row.url)}">{name}</a>'
        extra = f'<span class="ws-heat__extra">{conditional_escape(row.extra)}</span>' if row.extra else ""
        written = [f'<tr><th scope="row" class="ws-heat__agency">{name}{extra}</th>']
        for cell in row.cells:
            # Most cells look like one of a dozen: each look is worked out once.
            key = (cell.state, cell.score, cell.note, cell.changed, cell.shown)
            found = faces.get(key)
            if found is None:
                found = faces[key] = self._look(cell)
            opening, face = found
            if cell.url:
                face = f'<a href="{conditional_escape(cell.url)}">{face}</a>'
            written.append(f"{opening}{face}</td>")
        written.append("</tr>")
        return "".join(written)

    def _look(self, cell: HeatCell) -> tuple[str, str]:
        """The opening of a cell and what stands in it, for eyes and for ears."""
        short, words, classes = self._face(cell)
        said = f"{words}. {cell.note}" if cell.note else words
        title = f' title="{conditional_escape(said)}"' if cell.note else ""
        mark = '<span class="ws-heat__changed" aria-hidden="true">*</span>' if cell.changed else ""
        face = (
            f'<span aria-hidden="true">{conditional_escape(short)}</span>{mark}'
            f'<span class="govuk-visually-hidden">{conditional_escape(said)}</span>'
        )
        return f'<td class="ws-heat__cell {classes}"{title}>', face

    def _face(self, cell: HeatCell) -> tuple[str, str, str]:
        if cell.state == "score" and cell.score is not None:
            words = f"{cell.shown or cell.score}, {self.words.get(cell.score, '')}"
            return cell.shown or str(cell.score), words, f"ws-heat--{cell.score}"
        short, words = STATES["unanswered" if cell.state == "score" else cell.state]
        return short, words, f"ws-heat--{cell.state.replace('_', '-')}"

    @property
    def key(self) -> list[dict[str, str]]:
        """What each kind of cell in this table means, for the key under it."""
        used: set[str] = {cell.state for row in self.rows for cell in row.cells}
        found = []
        for score, words in self.words.items():
            line = "meets the standard" if score >= self.compliant_from else "below the standard"
            found.append({"short": str(score), "words": f"{words} ({line})", "classes": f"ws-heat--{score}"})
        for state, (short, words) in STATES.items():
            if state in used:
                found.append(
                    {"short": short, "words": words, "classes": f"ws-heat--{state.replace('_', '-')}"}
                )
        if any(cell.changed for row in self.rows for cell in row.cells):
            found.append({"short": "*", "words": "Score changed at moderation", "classes": "ws-heat--mark"})
        return found


def cells(values: Iterable[int | State | None]) -> list[HeatCell]:
    """Cells from plain values: a score, the name of a state, or None for unanswered."""
    found: list[HeatCell] = []
    for value in values:
        if value is None:
            found.append(HeatCell("unanswered"))
        elif isinstance(value, int):
            found.append(HeatCell(score=value))
        else:
            found.append(HeatCell(value))
    return found
