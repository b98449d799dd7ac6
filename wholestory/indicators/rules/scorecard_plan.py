"""What would be brought in from an old scorecard, figure by figure, and everything that is wrong or odd in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from wholestory.indicators.rules import scorecard_cells as typed
from wholestory.indicators.rules.periods import Period
from wholestory.indicators.rules.scorecard import Holds, Known, Merged, Rows, letter

#: A typed percentage may differ from the one its counts give by rounding to whole numbers, and no more.
ROUNDED_BY = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a person said of one row."""

    row: int
    measure: str
    holds: Holds


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong (the cell stays out) or odd (it comes in), at a cell."""

    place: str
    severity: str
    measure: str
    sent: str
    words: str
    what_to_do: str = ""


@dataclass(frozen=True, slots=True)
class Coming:
    """One figure that would come in."""

    measure: str
    period: Period
    place: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    percentage: Decimal | None = None
    amount: Decimal | None = None
    nothing: str = ""
    note: str = ""


@dataclass(slots=True)
class Plan:
    """Everything that would come of it."""

    coming: list[Coming] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)

    @property
    def errors(self) -> int:
        """How many cells stay out."""
        return sum(each.severity == "error" for each in self.troubles)


def plan(
    rows: Rows, merged: Merged, columns: Mapping[int, Period], said: Sequence[Mapped], known: Mapping[str, Known]
) -> Plan:  # fmt: skip
    """What would come in. Every row with the same measure is read together: how many, out of how many, per cent."""
    found = Plan()
    inside = {
        (row, column): (top, left)
        for (top, left), (bottom, right) in merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }
    by_measure: dict[str, dict[Holds, int]] = {}
    for each in said:
        if each.holds is Holds.LEAVE:
            continue
        rows_of = by_measure.setdefault(each.measure, {})
        kind: Holds = Holds.PERCENT if each.holds is Holds.SHARE else each.holds
        if kind in rows_of:
            found.troubles.append(
                Trouble(
                    f"row {each.row + 1}", "error", each.measure, "",
                    f"Row {rows_of[kind] + 1} holds the same of this measure, so this row stays out.",
                    "Leave one of the two rows out, or choose another measure for it.",
                )
            )  # fmt: skip
            continue
        rows_of[kind] = each.row
    shares = {each.row for each in said if each.holds is Holds.SHARE}
    for code, rows_of in by_measure.items():
        for column, period in columns.items():
            cells: dict[Holds, tuple[str, str, typed.Typed]] = {}
            for held, row in rows_of.items():
                text = rows[row][column] if column < len(rows[row]) else ""
                place = f"{letter(column)}{row + 1}"
                if (row, column) in inside and inside[row, column] != (row, column):
                    text = ""
                elif (row, column) in inside and text:
                    found.troubles.append(
                        _odd(place, code, text, "This cell is merged with others; it is read once.")
                    )
                cells[held] = (place, text, typed.read(text))
            one = _figure(known[code], period, cells, rows_of, shares, found.troubles)
            if one is not None:
                found.coming.append(one)
    return found


_Cells = Mapping[Holds, tuple[str, str, typed.Typed]]


def _figure(
    measure: Known, period: Period, cells: _Cells, rows_of: Mapping[Holds, int], shares: set[int],
    troubles: list[Trouble],
) -> Coming | None:  # fmt: skip
    read: dict[Holds, Decimal] = {}
    nothings: dict[Holds, str] = {}
    places = []
    for kind, (place, text, said) in cells.items():
        if said.trouble:
            troubles.append(
                Trouble(place, "error", measure.code, text[:120], f"{said.trouble}. The cell stays out.",
                        "Put it right in the file, or type the figure in later.")
            )  # fmt: skip
        elif said.number is not None:
            share = kind is Holds.PERCENT and rows_of[kind] in shares
            read[kind] = typed.as_percentage(said, fractions=share) or said.number
            places.append(place)
        elif said.nothing:
            nothings[kind] = said.nothing
            places.append(place)
    if not read and not nothings:
        return None
    place = " and ".join(places)
    _doubt(measure, cells, rows_of, shares, troubles)
    number, out_of = read.get(Holds.NUMBER), read.get(Holds.OUT_OF)
    percent, amount = read.get(Holds.PERCENT), read.get(Holds.AMOUNT)
    if number is not None and out_of is not None and number > out_of:
        troubles.append(
            _stays_out(place, measure.code, f"{number} of {out_of}", "More were counted than there were.")
        )
        return None
    if amount is not None:
        return Coming(measure.code, period, place, amount=amount)
    if number is not None and (measure.is_count or out_of is not None):
        if out_of and percent is not None:
            _compare(measure, place, number, out_of, percent, troubles)
        return Coming(
            measure.code, period, place, numerator=number, denominator=None if measure.is_count else out_of
        )
    if percent is not None and not measure.is_count:
        note = "Percentage only: the counts were not in the file."
        return Coming(measure.code, period, place, percentage=percent, note=note)
    if nothings:
        # What is withheld or not held of any part of a share is so of the share.
        return Coming(measure.code, period, place, nothing=next(iter(nothings.values())))
    words = (
        "This measure is a number, and the file holds only a percentage of it."
        if measure.is_count
        else "This measure is a share, and the file does not say out of how many."
    )
    troubles.append(_stays_out(place, measure.code, str(next(iter(read.values()))), words))
    return None


def _doubt(
    measure: Known, cells: _Cells, rows_of: Mapping[Holds, int], shares: set[int], troubles: list[Trouble]
) -> None:
    """What can be so, and is worth a look: a per cent below 1, and half a person."""
    for kind, (place, text, said) in cells.items():
        if said.number is None:
            continue
        if kind is Holds.PERCENT and rows_of[kind] not in shares and not said.percent and 0 < said.number < 1:
            words = (
                f"This is read as {said.number.normalize():f} per cent. A cell that shows 21% may hold 0.21."
            )
            what = "If it is a share of 1, go back and say so of the row."
            troubles.append(Trouble(place, "query", measure.code, text[:120], words, what))
        if kind in (Holds.NUMBER, Holds.OUT_OF) and said.number != int(said.number):
            words = "People and events are counted in whole numbers."
            what = "It comes in as it stands: right for posts in full-time equivalents, wrong for children."
            troubles.append(Trouble(place, "query", measure.code, text[:120], words, what))


def _compare(
    measure: Known, place: str, number: Decimal, out_of: Decimal, percent: Decimal, troubles: list[Trouble]
) -> None:
    if measure.unit != "percent":
        return
    worked_out = number * 100 / out_of
    if abs(worked_out - percent) > ROUNDED_BY:
        shown = worked_out.quantize(Decimal("0.1"), ROUND_HALF_UP)
        words = f"The file says {percent.normalize():f} per cent; {number} of {out_of} is {shown} per cent."
        troubles.append(
            Trouble(place, "query", measure.code, f"{percent.normalize():f}", words,
                    "The counts come in. Look whether the base is the right one.")
        )  # fmt: skip


def _odd(place: str, code: str, sent: str, words: str) -> Trouble:
    return Trouble(place, "query", code, sent[:120], words)


def _stays_out(place: str, code: str, sent: str, words: str) -> Trouble:
    return Trouble(place, "error", code, sent[:120], f"{words} The figure stays out.")
