"""The figures of a report as counts with names, and every sum a reader can make of them.

Pure. What is published is counts of people and events, and what is worked out of them. An average, a number of posts or
of days, and a percentage without its counts cannot be checked, and are not published. A count has a name that stays the
same from one report to the next, so that everything that was ever published can be looked at together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from wholestory.indicators.rules.periods import Period, months_from
from wholestory.indicators.rules.spans import BEGINS
from wholestory.statistics.disclosure.linked import Sum
from wholestory.statistics.disclosure.small import THRESHOLDS

Found = Mapping[str, Any]

#: Units whose number is counted.
COUNTED = ("count", "percent", "rate", "ratio")
WHOLE = "The whole area"
REST = "rest"


@dataclass(frozen=True, slots=True)
class Count:
    """One figure: ``n`` of ``d``, ``c`` being what is left over, each the name of a cell or empty. ``plain`` is a
    denominator that counts nobody small: a population. ``nothing`` says why there is no number. ``code`` is its
    measure, ``whose`` the key of an agency or empty for the whole area, and ``part`` what it is shown in."""

    code: str
    part: str
    whose: str
    name: str
    label: str
    start: str
    end: str
    n: str = ""
    c: str = ""
    d: str = ""
    plain: str = ""
    nothing: str = ""
    words: str = ""
    colour: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells it is made of."""
        return tuple(one for one in (self.n, self.c, self.d) if one)


@dataclass(frozen=True, slots=True)
class Subject:
    """One measure as it may be published. ``below``: 1 to one less is small. ``unfit`` says why it is not published."""

    one: Found
    below: int
    main: Count
    agencies: tuple[Count, ...] = ()
    periods: tuple[Count, ...] = ()
    longer: tuple[Count, ...] = ()
    unfit: str = ""

    @property
    def code(self) -> str:
        """The code of the measure."""
        return str(self.one["code"])

    @property
    def counts(self) -> tuple[Count, ...]:
        """Every figure of it."""
        return (self.main, *self.agencies, *self.periods, *self.longer)


@dataclass
class Counts:
    """All measures, the number of each cell, and the sums between them."""

    subjects: list[Subject] = field(default_factory=list)
    cells: dict[str, int] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    below: dict[str, int] = field(default_factory=dict)


#: In plain words, why a measure has no counts.
NO_COUNTS = "How many people it is of is not known, so it cannot be checked."
_NOTHING = {
    "not_applicable": "does not apply", "not_held": "not held", "not_supplied": "not supplied",
    "suppressed": "withheld by whoever sent it", "percentage_only": "percentage only: not published",
}  # fmt: skip


def counts_of(found: Found, ways: Mapping[str, Mapping[str, str]]) -> Counts:
    """Everything in frozen figures that is counted. ``ways`` gives, of each measure of the catalogue, which year it is
    counted by (``year``) and what it says it counts (``n``, ``d``)."""
    made = Counts()
    for one in found["measures"]:
        made.subjects.append(_Measure(made, one, found["period"], ways.get(one["code"], {})).subject())
    return made


class _Measure:
    """One measure on its way to cells."""

    def __init__(self, made: Counts, one: Found, period: Sequence[str], way: Mapping[str, str]) -> None:
        self.made, self.one, self.way = made, one, way
        kept = one["series"]
        last = kept["periods"][-1][1] if kept else period[1]
        self.every = kept["every"] if kept else "Q"
        self.window = _window(last, self.every)
        self.below = THRESHOLDS["dfe"] if one["small"] == "dfe" else THRESHOLDS["board"]

    def subject(self) -> Subject:
        """The measure with every figure that can be checked."""
        one = self.one
        main = self.count("main", "", WHOLE, self.window, one, one["kind"])
        if one["unit"] not in COUNTED:
            return Subject(
                one, self.below, Count(one["code"], "main", "", WHOLE, "", "", ""), unfit=NO_COUNTS
            )
        agencies = [
            self.count("agencies", each["key"], each["name"], self.window, each, each["kind"])
            for each in one["agencies"]
        ]
        periods = self.periods(main)
        self.together(main, agencies)
        return Subject(
            one, self.below, main, tuple(agencies), periods, tuple(self.longer(periods) if main.n else ())
        )

    def count(
        self, part: str, whose: str, name: str, window: Period, numbers: Found, kind: str, words: str = ""
    ) -> Count:
        """One figure as a count, with its cells."""
        label = f"{window.start.isoformat()}/{window.end.isoformat()}"
        of = Count(
            self.one["code"], part, whose, name, window.label, window.start.isoformat(), window.end.isoformat(),
            words=str(numbers.get("words") or words), colour=str(numbers.get("colour") or ""),
        )  # fmt: skip
        top, under = _whole_number(numbers["numerator"]), _whole_number(numbers["denominator"])
        shares = self.one["unit"] in ("percent", "rate", "ratio")
        if top is None or top < 0 or (shares and not numbers["denominator"]):
            return _with(of, nothing=_NOTHING.get(kind, "not published: no count"))
        place = f"{of.code}|{{}}|{whose}|{label}"
        cells = {"n": top}
        plain = ""
        if shares and self.one["unit"] != "rate" and under is not None:
            cells["d"] = under
            if self.one["unit"] == "percent" and top <= under:
                cells["c"] = under - top
        elif shares:
            plain = str(numbers["denominator"])
        named = {key: place.format(key) for key in cells}
        for key, value in cells.items():
            self.made.cells[named[key]] = value
            self.made.below[named[key]] = self.below
        if "c" in named:
            self.made.sums.append((named["d"], (named["n"], named["c"])))
        return _with(of, plain=plain, **named)

    def periods(self, main: Count) -> tuple[Count, ...]:
        """The quarters (or years) of its series, the newest last; none where the newest is not the figure shown."""
        kept = self.one["series"]
        if not kept:
            return ()
        newest = kept["periods"][-1]
        if main.n and (newest[2], newest[3]) != (self.one["numerator"], self.one["denominator"]):
            return ()
        found = []
        for _, end, top, under, _, percentage, nothing in kept["periods"]:
            kind = nothing or ("percentage_only" if percentage and not top else "not_supplied")
            numbers = {"numerator": top, "denominator": under}
            found.append(self.count("periods", "", WHOLE, _window(end, self.every), numbers, kind))
        return tuple(found)

    def longer(self, periods: Sequence[Count]) -> Iterator[Count]:
        """The year so far, and the last four quarters, of what is added up over time."""
        if self.one["aggregation"] != "sum" or self.every != "Q" or len(periods) < 2:
            return
        year_begins = BEGINS.get(self.way.get("year", "financial"), 4)
        end = date.fromisoformat(periods[-1].end)
        so_far = ((end.month - year_begins) % 12) // 3 + 1
        for number in dict.fromkeys((so_far, 4)):
            some = periods[-number:]
            whole = not any(
                self.one["series"]["begins"][at][2] for at in _breaks(self.one, len(periods) - number)
            )
            if number < 2 or len(some) < number or not all(one.n for one in some) or not whole:
                continue
            window = Period(date.fromisoformat(some[0].start), end)
            numbers = {
                "numerator": str(sum(self.made.cells[one.n] for one in some)),
                "denominator": str(sum(self.made.cells[one.d] for one in some)) if all(one.d for one in some)
                else some[-1].plain,
            }  # fmt: skip
            total = self.count("longer", "", WHOLE, window, numbers, "number")
            for key in ("n", "c", "d"):
                if getattr(total, key) and all(getattr(one, key) for one in some):
                    self.made.sums.append((getattr(total, key), tuple(getattr(one, key) for one in some)))
            yield total

    def together(self, main: Count, agencies: Sequence[Count]) -> None:
        """The whole area is what its agencies come to, and what is left over is somebody's too."""
        given = [one for one in agencies if one.n]
        if not given or not main.n:
            return
        cells = self.made.cells
        keys = [
            key for key in ("n", "c", "d") if getattr(main, key) and all(getattr(one, key) for one in given)
        ]
        over = {
            key: cells[getattr(main, key)] - sum(cells[getattr(one, key)] for one in given) for key in keys
        }
        if any(number < 0 for number in over.values()):
            return
        for key in keys:
            parts = [getattr(one, key) for one in given]
            if any(over.values()):
                rest = getattr(main, key).replace(f"|{key}||", f"|{key}|{REST}|")
                cells[rest], self.made.below[rest] = over[key], self.below
                parts.append(rest)
            self.made.sums.append((getattr(main, key), tuple(parts)))


def _breaks(one: Found, first: int) -> list[int]:
    """The places among the beginnings of a series that lie inside its last periods."""
    return [at for at, (place, _, _) in enumerate(one["series"]["begins"]) if place > first]


def _with(of: Count, **more: str) -> Count:
    fields = {name: getattr(of, name) for name in Count.__slots__}
    return Count(**{**fields, **more})


def _whole_number(text: str) -> int | None:
    if not text:
        return None
    exact = Fraction(text)
    return int(exact) if exact.denominator == 1 else None


def _window(end: str, every: str) -> Period:
    last = date.fromisoformat(end)
    months = {"M": 1, "Q": 3, "A": 12}.get(every, 3)
    first = last.year * 12 + last.month - months
    return months_from(first // 12, first % 12 + 1, months)
