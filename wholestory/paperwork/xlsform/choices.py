"""The choices sheet: lists of choices, and what a question makes of one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from wholestory.paperwork.given import NOTHING_LABELS, Allow, Nothing
from wholestory.paperwork.questions.choosing import Choice, Option, Point, Scale, Tone, YesNo
from wholestory.paperwork.xlsform.findings import Finding, Spot
from wholestory.paperwork.xlsform.headers import OWN, Table
from wholestory.paperwork.xlsform.naming import value_for

_TONES = ("neutral", "bad", "poor", "fair", "good")
_MOST_CHOICES = 1_000


@dataclass(frozen=True)
class Line:
    """One choice, as the sheet has it."""

    name: str
    label: str
    spot: Spot
    tone: Tone = "neutral"


@dataclass
class Lists:
    """Every list by its name, and what is wrong with the sheet."""

    by_name: dict[str, list[Line]] = field(default_factory=dict)
    first: dict[str, Spot] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    faults: list[Finding] = field(default_factory=list)
    not_held: list[Finding] = field(default_factory=list)
    told: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Offered:
    """What a question offers: values here by what they are called there, choices that are kinds of nothing apart."""

    options: tuple[Option, ...]
    lines: tuple[Line, ...]
    nothing: tuple[Allow, ...]
    values: dict[str, str]


def read_lists(table: Table, *, allow_twice: bool) -> Lists:
    """The lists of a choices sheet. With ``allow_twice`` the author said that a name may stand in a list twice."""
    found = Lists()
    for column in ("list_name", "name", "label"):
        if table.rows and column not in table.columns:
            found.faults.append(Finding(Spot(table.name, 1), f"there is no column called {column}"))
    for row in table.rows:
        list_name, name, label = (row.text(each) for each in ("list_name", "name", "label"))
        if not list_name:
            if name or label:
                what = "a choice belongs to a list: its name is missing here"
                found.faults.append(Finding(row.spot("list_name"), what))
            continue
        if not name:
            found.faults.append(Finding(row.spot("name"), "a choice needs a name, which is what is stored"))
            continue
        if not label:
            found.told.append(Finding(row.spot("label"), f"there is no label; “{name}” is shown"))
        lines = found.by_name.setdefault(list_name, [])
        found.first.setdefault(list_name, row.spot("list_name"))
        if any(line.name == name for line in lines):
            _twice(found, row.spot("name"), list_name, name, allow_twice=allow_twice)
            continue
        if len(lines) == _MOST_CHOICES:
            found.faults.append(
                Finding(row.spot("list_name"), f"a list has at most {_MOST_CHOICES:,} choices")
            )
            continue
        tone = row.text(f"{OWN}tone")
        if tone and tone not in _TONES:
            found.faults.append(Finding(row.spot(f"{OWN}tone"), f"a tone is one of {', '.join(_TONES)}"))
        lines.append(
            Line(name, label or name, row.spot("name"), cast(Tone, tone) if tone in _TONES else "neutral")
        )
    return found


def _twice(found: Lists, spot: Spot, list_name: str, name: str, *, allow_twice: bool) -> None:
    if allow_twice:
        what = f"“{name}” stands in the list {list_name} once already; here each choice is stored under its own name"
        found.not_held.append(Finding(spot, what))
    else:
        found.faults.append(Finding(spot, f"“{name}” stands in the list {list_name} twice"))


def offered(lists: Lists, list_name: str) -> Offered:
    """What a list offers here. A choice called like a kind of nothing ("not_known") is one."""
    options, kept, nothing, values = [], [], [], {}
    taken: set[str] = set(Nothing)
    for line in lists.by_name.get(list_name, []):
        if line.name in set(Nothing):
            kind = Nothing(line.name)
            nothing.append(Allow(kind, "" if line.label == NOTHING_LABELS[kind] else line.label))
            continue
        value = value_for(line.name, taken)
        if value != line.name and list_name not in lists.used:
            lists.told.append(Finding(line.spot, f"“{line.name}” is stored as {value}"))
        values[value] = line.name
        options.append(Option(value, line.label))
        kept.append(line)
    lists.used.add(list_name)
    return Offered(tuple(options), tuple(kept), tuple(nothing), values)


def fields_of(cls: type, found: Offered) -> dict[str, Any]:
    """The fields a question with one answer takes from a list. Raises ValueError where the list does not fit."""
    if cls is Scale:
        points = tuple(Point(int(line.name), line.label, tone=line.tone) for line in found.lines)
        return {"points": points, "nothing": found.nothing}
    if cls is YesNo:
        labels = {option.value: option.label for option in found.options}
        if set(labels) != {"yes", "no"}:
            raise ValueError("its choices are not yes and no")
        return {"yes": labels["yes"], "no": labels["no"], "nothing": found.nothing}
    return {"options": found.options, "nothing": found.nothing}


def usual_class(found: Offered) -> type:
    """What a list means when the workbook does not say."""
    return YesNo if [line.name for line in found.lines] == ["yes", "no"] else Choice
