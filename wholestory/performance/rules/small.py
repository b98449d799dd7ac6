"""Which numbers of a published version are not shown, and why: small ones, and those that would tell them.

A measure is a line of three: those counted, the others, and the whole they are of. Lines are tied where two measures
count the same (by the words of their definitions), and to every version published before. First each small number is
hidden with what its own line needs (``statistics.disclosure``); then all lines together are looked at as a reader
would who has them all: where a small number could be told better than by its mark, its whole is hidden too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any

from wholestory.statistics.disclosure.network import Totals
from wholestory.statistics.disclosure.suppress import suppress

#: Numbers from 1 to one below this are small: figures under the Department for Education's rules, and all others.
BELOW = {"dfe": 6, "board": 5}
#: Beyond this a number of children is not known to a reader any better.
_FAR = 10**12


class Why(StrEnum):
    """Why something is not shown."""

    SMALL = "small"
    LINE = "line"
    SHARED = "shared"
    EARLIER = "earlier"
    TOLD = "told"
    NO_COUNTS = "no_counts"

    @property
    def label(self) -> str:
        """In words, for the log."""
        return {
            "small": "Small number",
            "line": "It would tell a small number of the same measure",
            "shared": "It would tell a small number of another measure that counts the same",
            "earlier": "With a version published before, it would tell a small number",
            "told": "A small number could be worked out from it",
            "no_counts": "It came without counts, so nobody can say how many children it is of",
        }[self.value]


class CannotBePublished(ValueError):
    """A small number could be told whatever else is hidden."""


@dataclass(frozen=True, slots=True)
class Line:
    """One measure: the names of its cells (the whole is empty for a plain number), and below what a number is small."""

    code: str
    counted: str
    others: str
    whole: str
    below: int


@dataclass
class Plan:
    """What is not shown, by the name of its cell, and measures that are left out altogether by code."""

    cells: dict[str, int]
    lines: list[Line]
    hidden: dict[str, Why] = field(default_factory=dict)
    left_out: dict[str, Why] = field(default_factory=dict)
    checked: int = 0

    def printed(self) -> dict[str, int]:
        """Every number that stands in the published version, the others of a line too: a reader subtracts."""
        shown: dict[str, int] = {}
        for one in self.lines:
            names = [name for name in (one.counted, one.whole) if name]
            shown |= {name: self.cells[name] for name in names if name not in self.hidden}
            if one.whole and all(name not in self.hidden for name in names):
                shown[one.others] = self.cells[one.others]
        return shown


def plan(measures: Sequence[Mapping[str, Any]], earlier: Sequence[Mapping[str, int]] = ()) -> Plan:
    """What to hide of these frozen measures. ``earlier`` are the numbers printed in each version published before.

    Raises CannotBePublished.
    """
    found = _laid(measures)
    below = _strictest(found)
    for one in found.lines:
        _small(found, one, below)
    for before in earlier:
        for name, number in before.items():
            change = abs(found.cells.get(name, number) - number)
            if name in found.cells and 0 < change < below[name]:
                found.hidden.setdefault(name, Why.EARLIER)
    for _ in range(2 * len(found.cells) + 2):
        _share(found)
        told = _told(found, below)
        if not told:
            found.checked = sum(1 for name in found.cells if _is_small(found, name, below))
            return found
        for name in told:
            if not _hide_more(found, name):
                raise CannotBePublished(
                    "A small number could be worked out whatever is hidden. Keep this report to the group."
                )
    raise CannotBePublished("No way was found to protect the small numbers. Keep this report to the group.")


def _laid(measures: Sequence[Mapping[str, Any]]) -> Plan:
    found = Plan({}, [])
    for one in measures:
        if one["kind"] not in ("number", "zero"):
            continue
        counted, whole = _number(one["numerator"]), _number(one["denominator"])
        shares = one["unit"] in ("percent", "rate", "ratio")
        if counted is None or (shares and whole is None) or one["unit"] not in (
            "percent", "rate", "ratio", "count"
        ):  # fmt: skip
            found.left_out[one["code"]] = Why.NO_COUNTS
            continue
        names = [_name(one["numerator_of"], one), "", ""]
        found.cells[names[0]] = counted
        if shares and whole is not None:
            # Of a rate among people, or where more is counted than there are, the others mean nothing.
            part = one["unit"] == "percent" and whole >= counted
            names[2] = _name(one["denominator_of"], one)
            names[1] = f"others of {one['code']}|{one['period']}" if part else ""
            found.cells[names[2]] = whole
            if part:
                found.cells[names[1]] = whole - counted
        found.lines.append(Line(one["code"], names[0], names[1], names[2], BELOW.get(one["small"], 6)))
    return found


def _number(text: str) -> int | None:
    if not text:
        return None
    exact = Fraction(text)
    return int(exact) if exact.denominator == 1 else None


def _name(words: str, one: Mapping[str, Any]) -> str:
    """What is counted, as its definition says: two measures that say the same count the same."""
    said = " ".join(words.casefold().replace(".", " ").split()) or str(one["code"])
    return f"{said}|{one['period']}"


def _strictest(found: Plan) -> dict[str, int]:
    """Below what each number is small: where two owners set a limit for it, the stricter counts."""
    below: dict[str, int] = {}
    for one in found.lines:
        for name in (one.counted, one.others, one.whole):
            if name:
                below[name] = max(one.below, below.get(name, 0))
    return below


def _is_small(found: Plan, name: str, below: Mapping[str, int]) -> bool:
    return 0 < found.cells[name] < below[name]


def _small(found: Plan, one: Line, below: Mapping[str, int]) -> None:
    names = [name for name in (one.counted, one.others, one.whole) if name]
    for name in names:
        if _is_small(found, name, below):
            found.hidden[name] = Why.SMALL
    if not one.others:
        return
    limit = max(below[name] for name in names)
    pattern = suppress([[found.cells[name] for name in names]], limit, Totals.ROW).hidden
    for name, mark in zip(names, [True] * 3 if pattern is None else list(pattern[0]), strict=True):
        if mark:
            found.hidden.setdefault(name, Why.LINE)


def _share(found: Plan) -> None:
    """A line of which one of the two parts is hidden shows no other part: a value is printed with both or not."""
    for one in found.lines:
        if one.others and one.others in found.hidden and one.whole not in found.hidden:
            found.hidden.setdefault(one.counted, Why.SHARED)


def _told(found: Plan, below: Mapping[str, int]) -> list[str]:
    """Small numbers that can be told better than from 1 to one below the limit, from everything that is printed."""
    printed = found.printed()
    # Zeros are never hidden, and everybody knows that: what bears the mark is at least 1. The others bear none.
    unmarked = {one.others for one in found.lines}
    least = {name: printed.get(name, 0 if name in unmarked else 1) for name in found.cells}
    most = {name: printed.get(name, _FAR) for name in found.cells}
    for _ in range(len(found.cells) + 1):
        before = (dict(least), dict(most))
        for one in found.lines:
            if one.others:
                _narrow(least, most, one)
        if before == (least, most):
            break
    return [
        name for name in found.cells
        if _is_small(found, name, below) and (least[name] > 1 or most[name] < below[name] - 1)
    ]  # fmt: skip


def _narrow(least: dict[str, int], most: dict[str, int], one: Line) -> None:
    counted, others, whole = one.counted, one.others, one.whole
    for part, other in ((counted, others), (others, counted)):
        least[part] = max(least[part], least[whole] - most[other])
        most[part] = min(most[part], most[whole] - least[other])
    least[whole] = max(least[whole], least[counted] + least[others])
    most[whole] = min(most[whole], most[counted] + most[others])


def _hide_more(found: Plan, name: str) -> bool:
    """Hide the whole of a line a small number stands in, or what ties it; no where nothing is left."""
    for one in found.lines:
        if name in (one.counted, one.others, one.whole):
            for each in (one.whole, one.counted, one.others):
                if each and each not in found.hidden:
                    found.hidden[each] = Why.TOLD
                    return True
    return False
