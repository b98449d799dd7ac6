"""Numbers as a reader sees them: exact in the confidential version, or hidden and with what rests on them in the public
one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wholestory.child_deaths.rules.panel_report.layout import Face, Laid
from wholestory.child_deaths.rules.panel_report.protecting import Plan
from wholestory.child_deaths.rules.panel_report.shape import Chart, Mark, Table
from wholestory.statistics.counts import rate, reliability
from wholestory.statistics.disclosure.small import Rounding, blurred
from wholestory.statistics.proportions import proportion
from wholestory.statistics.rounding import percent

HIDDEN = "[c]"
NOTHING = "–"
#: Of fewer than this no percentage is published, and of fewer than the other no middle value.
FEW = 10
ENOUGH_FOR_A_MIDDLE = 20
#: Below this the confidential version says “n of m” in place of a percentage.
SAID_IN_WORDS = 20
PER = 100_000
PER_BIRTHS = 1_000


@dataclass(frozen=True)
class Shown:
    """How cells are shown. Without a plan everything is exact."""

    cells: Mapping[str, int]
    plan: Plan | None = None
    rounded: bool = False

    @property
    def public(self) -> bool:
        """Whether this is the public version."""
        return self.plan is not None

    def left_out(self, face: Face) -> bool:
        """Whether a whole column is not shown."""
        return self.plan is not None and face.key in self.plan.left_out

    def number(self, cell: str) -> int | None:
        """The number of a cell as it may be shown, or None."""
        if self.plan is not None and cell not in self.plan.printed:
            return None
        value = self.cells.get(cell, 0)
        return blurred(value, Rounding.NEAREST_5) if self.rounded else value

    def text(self, cell: str) -> str:
        """The same in words."""
        number = self.number(cell)
        return HIDDEN if number is None else f"{number:,}"

    def share(self, cell: str, whole: str) -> str:
        """A percentage with its interval, where both numbers may be shown and there are enough."""
        part, of = self.number(cell), self.number(whole)
        if part is None or of is None:
            return HIDDEN
        return self.of(part, of)

    def of(self, part: int, of: int) -> str:
        """A part of a whole, as a percentage where there are enough."""
        if of == 0 or part > of:
            return NOTHING
        if of < (FEW if self.public else SAID_IN_WORDS):
            return NOTHING if self.public else f"{part:,} of {of:,}"
        found = proportion(part, of, multiplier=100)
        if found.lower is None or found.upper is None:
            return NOTHING
        return f"{percent(part, of)}% ({found.lower:.0f}% to {found.upper:.0f}%)"

    def rate(
        self, cell: str, people: float | None, per: int = PER, missing: str = "population not loaded"
    ) -> str:
        """Deaths per 100,000 (or ``per``) with the interval, marked where it is unreliable. It tells its number, so it
        is hidden where that is."""
        number = self.number(cell)
        if number is None:
            return HIDDEN
        if not people:
            return missing
        mark = reliability(number).crude_rate
        if mark == "not_calculated" and number:
            return "too few deaths for a rate"
        found = rate(number, people, per)
        if found.value is None or found.lower is None or found.upper is None:
            return NOTHING
        unsure = " [u]" if mark != "ok" else ""
        return f"{found.value:.1f} ({found.lower:.1f} to {found.upper:.1f}){unsure}"

    def table(self, laid: Laid) -> Table | None:
        """A table as it is shown; None where all of it is left out."""
        faces = [face for face in laid.faces if not self.left_out(face)]
        if not faces:
            return None
        heads, notes = [laid.head], []
        for face in faces:
            heads.append(face.head)
            if laid.shares and face.whole:
                heads.append(f"{face.head}: share")
        if len(faces) < len(laid.faces):
            missing = ", ".join(face.head.lower() for face in laid.faces if self.left_out(face))
            notes.append(f"Not shown, so that no child can be recognised: {missing}.")
        rows = []
        for at, label in enumerate(laid.labels):
            if laid.only_large and not self._worth_a_line(faces, at):
                continue
            if laid.only_some and not any(self.cells.get(face.parts[at]) for face in faces):
                continue
            rows.append(self._row(laid, label, faces, at))
        if any(face.whole for face in faces):
            rows.append(self._row(laid, "All", faces, None))
        if laid.only_some:
            notes.append("Lines of 0 are left out.")
        if laid.only_large and self.public:
            notes.append("Factors of few reviews are not listed. One review can have several.")
        return Table(laid.key, laid.caption, tuple(heads), tuple(rows), tuple(notes))

    def _worth_a_line(self, faces: list[Face], at: int) -> bool:
        return any(self.number(face.parts[at]) for face in faces)

    def _row(self, laid: Laid, label: str, faces: list[Face], at: int | None) -> tuple[str, ...]:
        row = [label]
        for face in faces:
            cell = face.whole if at is None else face.parts[at]
            row.append(self._held(laid, cell) if cell else NOTHING)
            if laid.shares and face.whole:
                row.append(NOTHING if at is None else self.share(cell, face.whole))
        return tuple(row)

    def _nothing_held(self, laid: Laid) -> bool:
        if laid.not_held is None:
            return False
        lacking, of = (self.cells.get(cell, 0) for cell in laid.not_held)
        return 0 < lacking == of

    def _held(self, laid: Laid, cell: str) -> str:
        """A number in words. Where nothing is held that could be counted it is not 0; to say so tells two numbers that
        are the same, so that both have to be shown."""
        if laid.not_held is None or cell in laid.not_held or not self._nothing_held(laid):
            return self.text(cell)
        return HIDDEN if None in map(self.number, laid.not_held) else "not recorded"

    def chart(self, laid: Laid, *, kind: str = "bars", of: int = 0, unit: str = "deaths") -> Chart | None:
        """The first column (or another) drawn; what is hidden in the table is hidden here."""
        faces = [face for face in laid.faces if not self.left_out(face)]
        face = faces[min(of, len(faces) - 1)] if faces else None
        if face is None or self._nothing_held(laid) or not any(self.number(cell) for cell in face.parts):
            return None
        marks = tuple(
            Mark(label, None if (number := self.number(cell)) is None else float(number), self.text(cell))
            for label, cell in zip(laid.labels, face.parts, strict=True)
        )
        said = "; ".join(
            f"{mark.label}: {'not shown' if mark.number is None else mark.after}" for mark in marks
        )
        what = "Bars" if kind == "bars" else "A line over the years"
        title, alt = f"{laid.caption}: {face.head.lower()}", f"{what}, in {unit}. {said}."
        return Chart(f"{laid.key}-chart", kind, title, alt, marks, unit)
