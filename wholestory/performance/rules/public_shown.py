"""What a reader of the published version is shown of each figure, as words and as rows of a CSV. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from wholestory.performance.rules.public_cells import Count, Counts, Subject
from wholestory.performance.rules.public_hiding import Plan
from wholestory.statistics.disclosure.small import THRESHOLDS
from wholestory.statistics.rounding import rounded

WITHHELD = "[c]"
#: Of fewer than this no percentage is shown.
FEWEST = 10
RULES = {
    "dfe": "derived from the Department for Education’s rules",
    "board": "the board’s own rule",
}
_DECIMALS = {"percent": 1, "rate": 1, "ratio": 2}
ROW_HEADS = (
    "Code", "Measure", "Whose", "From", "To", "How many", "Of how many", "Value", "Unit", "Withheld", "Note",
)  # fmt: skip


def small_words(below: int) -> str:
    """Which numbers a figure withholds: ``1 to 5 withheld``."""
    return f"1 to {below - 1} withheld"


def rule_words(subject: Subject) -> str:
    """The same with whose rule it is."""
    usual = THRESHOLDS["dfe" if subject.one["small"] == "dfe" else "board"]
    stricter = "the stricter rule of a measure that shares its numbers" if subject.below > usual else ""
    return f"1 to {subject.below - 1} ({stricter or RULES.get(subject.one['small'], RULES['board'])})"


class Shown:
    """What a reader is shown of each figure."""

    def __init__(self, made: Counts, plan: Plan) -> None:
        self.made, self.plan = made, plan

    def cell(self, name: str) -> str:
        """A count, or the sign that it is withheld; empty where there is none."""
        if not name:
            return ""
        return WITHHELD if name in self.plan.hidden else f"{self.made.cells[name]:,}"

    def whole(self, of: Count) -> bool:
        """Whether every count of a figure is shown."""
        return bool(of.n) and not any(one in self.plan.hidden for one in of.cells)

    def value(self, of: Count, subject: Subject) -> Fraction | None:
        """The value of a figure that is shown; none where it is not, or of too few for a percentage."""
        if not self.whole(of):
            return None
        top, unit = self.made.cells[of.n], subject.one["unit"]
        if unit == "count":
            return Fraction(top)
        under = Fraction(self.made.cells[of.d]) if of.d else Fraction(of.plain or 0)
        if under == 0 or (unit == "percent" and under < FEWEST):
            return None
        return Fraction(top) / under * int(subject.one["multiplier"])

    def words(self, of: Count, subject: Subject) -> str:
        """The value as a reader is told it."""
        if of.nothing:
            return of.nothing
        found, unit = self.value(of, subject), subject.one["unit"]
        if found is None:
            few = self.whole(of) and unit == "percent" and self.made.cells[of.d] > 0
            none = self.whole(of) and not few
            return f"of fewer than {FEWEST}: no percentage" if few else "does not apply" if none else WITHHELD
        number = f"{rounded(found, _DECIMALS.get(unit, 0)):,f}"
        if unit == "percent":
            return f"{number}%"
        many = int(subject.one["multiplier"])
        return f"{number} per {many:,}" if unit in ("rate", "ratio") and many > 1 else number

    def under(self, of: Count) -> str:
        """Of how many, or among how many people."""
        if of.d:
            return self.cell(of.d)
        return f"{float(Fraction(of.plain)):,g}" if of.plain and self.whole(of) else ""

    def standing(self, of: Count, subject: Subject) -> tuple[str, str]:
        """How a figure stands, in words and colour; where its value is not shown, that alone."""
        if self.value(of, subject) is not None:
            return of.words or "Not judged", of.colour
        return ("No figure" if of.nothing else "Not judged" if self.whole(of) else "Withheld"), ""


def rows(shown: Shown, told: Sequence[Subject]) -> list[tuple[str, ...]]:
    """Every figure that is shown, a row each."""
    found: list[tuple[str, ...]] = []
    for subject in told:
        seen = set[tuple[str, str, str]]()
        for part, counts in parts_of(shown.plan, subject):
            for one in counts:
                place = (one.whose, one.start, one.end)
                if place in seen:
                    continue
                seen.add(place)
                value = shown.value(one, subject)
                number = "" if value is None else f"{rounded(value, _DECIMALS.get(subject.one['unit'], 0)):f}"
                note = one.nothing or (WITHHELD if one.n and not shown.whole(one) else "")
                found.append((
                    subject.code, subject.one["title"], one.name, one.start, one.end, _bare(shown.cell(one.n)),
                    _bare(shown.under(one)), number, subject.one["unit_words"], small_words(subject.below),
                    note or ("" if part != "longer" else "Longer period, added up"),
                ))  # fmt: skip
    return found


def _bare(text: str) -> str:
    return text.replace(",", "")


def parts_of(plan: Plan, subject: Subject) -> list[tuple[str, tuple[Count, ...]]]:
    every = (
        ("main", (subject.main,)), ("agencies", subject.agencies), ("periods", subject.periods),
        ("longer", subject.longer),
    )  # fmt: skip
    return [(part, counts) for part, counts in every if plan.shows(subject.code, part)]
