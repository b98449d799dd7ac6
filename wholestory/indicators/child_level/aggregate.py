"""The aggregate file: what a council's own machine writes and the board loads. Counts, and nothing about one child.

It says which files it was made from (name and SHA-256), with which version of the program, over which days, and how
much was wrong in them. `seal` is a SHA-256 over everything else, so that a number changed by hand is noticed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from wholestory.indicators.child_level.feeds import WITHHELD, Fed, code_of, fed
from wholestory.indicators.child_level.figures import Figure
from wholestory.indicators.child_level.findings import Findings, Refused
from wholestory.indicators.child_level.hiding import hidden
from wholestory.indicators.child_level.window import Window

FORMAT, VERSION = "wholestory-aggregate", 1
MOST_BYTES = 8 * 1024 * 1024
MOST_FIGURES = 500
SOURCES = frozenset(("census", "looked_after", "annex_a"))
_HASH = re.compile(r"[0-9a-f]{64}\Z")
EXACT = (
    "Counts are exact, small ones among them: for the board's own restricted view. Anything that goes further has to be"
    " made safe first."
)
NOT_FOR_PRINT = (
    "Counts from 1 to {most} are hidden, and the next smallest where one alone could be worked out. Figures that are"
    " read together can still give a small number away: have them looked at before they are published."
)


@dataclass(frozen=True, slots=True)
class Input:
    """A file the figures were made from. `role` is counted, or looked_back for an earlier one."""

    name: str
    sha256: str
    role: str = "counted"


@dataclass(frozen=True, slots=True)
class Made:
    """What the file is made from. `kept` are error rules whose rows were counted all the same; `not_counted` says why
    a figure is missing."""

    source: str
    authority: str
    window: Window
    inputs: tuple[Input, ...]
    figures: Sequence[Figure]
    findings: Findings
    children: int
    kept: frozenset[str] = frozenset()
    not_counted: Mapping[str, str] | None = None
    population: int | None = None


def document(made: Made, *, tool: str, suppress: int | None = None) -> dict[str, Any]:
    """The file as a document. `suppress` hides counts from 1 to one below it. Raises ValueError below 2."""
    if suppress is not None and suppress < 2:
        raise ValueError("Hiding counts needs a limit of 2 or more.")
    figures = [{**one.as_json(made.population), "feeds": code_of(one.id)} for one in made.figures]
    if suppress is not None:
        figures = [hidden(one, suppress) for one in figures]
    body: dict[str, Any] = {
        "format": FORMAT,
        "format_version": VERSION,
        "sensitivity": EXACT if suppress is None else NOT_FOR_PRINT.format(most=suppress - 1),
        "hidden_below": suppress,
        "source": made.source,
        "authority": made.authority,
        "window": {"from": made.window.first.isoformat(), "to": made.window.last.isoformat()},
        "population_0_17": made.population,
        "tool": {"name": "wholestory", "version": tool},
        "inputs": [{"name": one.name, "sha256": one.sha256, "role": one.role} for one in made.inputs],
        "records": {"children": _or_hidden(made.children, suppress)},
        "findings": {
            rule: {"severity": severity.value, "count": _or_hidden(count, suppress)}
            for rule, severity, count in made.findings.by_rule()
        },
        "counted_in_spite_of": sorted(made.kept),
        "figures": figures,
        "not_counted": dict(made.not_counted or {}),
    }
    return {**body, "seal": seal(body)}


def seal(body: Mapping[str, Any]) -> str:
    """SHA-256 of the document without its seal, written the one way there is."""
    without = {name: value for name, value in body.items() if name != "seal"}
    text = json.dumps(without, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def write(path: Path, told: Mapping[str, Any]) -> None:
    """Write it as text people can read."""
    path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Aggregate:
    """An aggregate file that was read and fits together."""

    source: str
    authority: str
    window: Window
    inputs: tuple[Input, ...]
    tool: str
    hidden_below: int | None
    figures: tuple[Mapping[str, Any], ...]
    not_counted: Mapping[str, str]
    sha256: str

    def fed(self) -> Iterator[Fed]:
        """The numbers as the catalogue's measures."""
        return fed(self.figures)

    def left_out(self) -> dict[str, int]:
        """By figure, the rows that an error kept out."""
        return {one["id"]: one["rows_left_out"] for one in self.figures if one["rows_left_out"] != WITHHELD}


def read(content: bytes, name: str = "aggregate.json") -> Aggregate:
    """Raises Refused when it is no such file, of a later format, changed since it was made, or does not add up."""
    if len(content) > MOST_BYTES:
        raise Refused(name, f"The file is over {MOST_BYTES // 2**20} MB; an aggregate file is far smaller.")
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as problem:
        raise Refused(name, "The file is no aggregate file: it cannot be read as JSON.", REMAKE) from problem
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise Refused(name, "The file is no aggregate file.", REMAKE)
    if told.get("format_version") != VERSION:
        raise Refused(
            name, f"The file has format {told.get('format_version')!r}; this version reads {VERSION}.",
            "Make it again with the version the board uses.",
        )  # fmt: skip
    if told.get("seal") != seal(told):
        raise Refused(name, "The file was changed after it was made: its seal does not fit.", REMAKE)
    try:
        return _aggregate(told, hashlib.sha256(content).hexdigest())
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise Refused(name, f"The file does not fit together ({problem}).", REMAKE) from problem


REMAKE = "Make it again with `wholestory indicators ... --aggregate`."


def _aggregate(told: dict[str, Any], sha256: str) -> Aggregate:
    if told["source"] not in SOURCES:
        raise ValueError("its source is not known")
    figures = told["figures"]
    if not isinstance(figures, list) or len(figures) > MOST_FIGURES:
        raise ValueError("its figures")
    for one in figures:
        _check(one)
    if len({one["id"] for one in figures}) != len(figures):
        raise ValueError("a figure stands twice")
    inputs = tuple(Input(str(one["name"]), str(one["sha256"]), str(one["role"])) for one in told["inputs"])
    if not inputs or not all(_HASH.match(one.sha256) for one in inputs):
        raise ValueError("it does not say what it was made from")
    window = told["window"]
    return Aggregate(
        told["source"],
        str(told["authority"]),
        Window(date.fromisoformat(window["from"]), date.fromisoformat(window["to"])),
        inputs,
        str(told["tool"]["version"]),
        told["hidden_below"],
        tuple(figures),
        dict(told["not_counted"]),
        sha256,
    )


def _check(one: Mapping[str, Any]) -> None:
    """A figure with its parts: whole numbers, none above what it is a share of."""
    rows = [one, *(share for shares in one["breakdowns"].values() for share in shares.values())]
    for row in rows:
        over, under = row["numerator"], row["denominator"]
        for number in (over, under):
            if number not in (None, WITHHELD) and (type(number) is not int or number < 0):
                raise ValueError(f"a count of {one['id']} is no whole number")
        if over is None:
            raise ValueError(f"{one['id']} has no numerator")
        if isinstance(over, int) and isinstance(under, int) and over > under:
            raise ValueError(f"{one['id']} counts more than it is a share of")


def _or_hidden(number: int, suppress: int | None) -> int | str:
    return WITHHELD if suppress is not None and 0 < number < suppress else number
