"""What is wrong or odd in a return as a whole: parts against totals, and each figure against its own past.

Rules and their meaning are data: ``RULES``. An error has to be put right before the figures can be passed on; a query
can be accepted with a reason, which holds while the row is unchanged (data returns 5, 8 and 9).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from wholestory.indicators.rules.entries import (
    DENOMINATOR,
    NUMERATOR,
    PERCENTAGE,
    Entry,
    Fault,
    Typed,
    error,
    query,
    read,
)
from wholestory.indicators.rules.figures import Figure, shown, worth
from wholestory.indicators.rules.lines import AMOUNT, Line
from wholestory.indicators.rules.periods import Period
from wholestory.indicators.rules.quarters import back

#: Every rule of a return: its meaning, for the reference and for whoever asks what a code means.
RULES: Mapping[str, str] = {
    "PB-01": "Not a number, or not a real date. The line stays as it was typed until it is put right.",
    "PB-05": "The file is for another agency or another period, or was loaded already.",
    "PB-06": "Changed by more than 30% and lies outside three standard deviations of the last eight quarters.",
    "PB-07": "Parts do not add to the total, or how many is above of how many; a percentage without counts is a query.",
    "RT-01": "A row that was not asked for, or that cannot be told apart from the others.",
    "RT-02": "The same row twice in one file.",
    "RT-03": "None counted after four quarters in which some were.",
    "RT-04": "Left blank: neither a number nor why there is none.",
    "RT-05": "A number and an answer that says there is none.",
    "RT-06": "A number is missing beside another, or stands where none belongs.",
    "RT-07": "The note is too long.",
    "RT-08": "A percentage between 0 and 1 that may be a share of one.",
}
#: What counts as a large change, of the earlier value.
LARGE = Fraction(3, 10)
_QUARTERS_LOOKED_AT = 8
#: Fewer known quarters than this say nothing about what is usual.
_LEAST_KNOWN = 4

History = Mapping[str, Mapping[Period, Figure]]
"""By the key of the line: what is in force for earlier periods."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault in one line, with the reason it was accepted for, if it was."""

    key: str
    fault: Fault
    sent: str
    row_key: str
    because: str = ""

    @property
    def code(self) -> str:
        """What a reason for it is kept under: the rule and the row as it stands."""
        return f"{self.fault.rule}:{self.row_key}"

    @property
    def is_error(self) -> bool:
        return self.fault.severity == "error"

    @property
    def open(self) -> bool:
        """Whether it stands in the way of passing the return on."""
        return self.is_error or not self.because


@dataclass(frozen=True, slots=True)
class Checked:
    """A return looked through."""

    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]

    @property
    def standing_in_the_way(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.open)

    @property
    def filled(self) -> int:
        """How many lines say something that can be read."""
        return sum(not one.figure.empty or bool(one.figure.nothing) for one in self.entries)


def check(
    lines: Sequence[Line],
    typed: Mapping[str, Typed],
    history: History,
    reasons: Mapping[str, str],
    *,
    complete: bool,
) -> Checked:
    """Look through a return. ``complete`` also asks whether anything was left blank: it is looked through so before it
    is passed on, and not while somebody is typing."""
    entries: dict[str, Entry] = {}
    found: list[tuple[str, Fault]] = []
    for line in lines:
        entry, faults = read(line, typed.get(line.key, Typed()))
        entries[line.key] = entry
        found += [(line.key, fault) for fault in faults]
        if not faults:
            found += [(line.key, fault) for fault in _by_itself(entry, history.get(line.key, {}))]
    found += list(_parts(lines, entries))
    if complete:
        found += list(_blank(lines, entries))
    findings = tuple(_finding(entries[key], fault, reasons) for key, fault in found)
    return Checked(tuple(entries.values()), findings)


def _finding(entry: Entry, fault: Fault, reasons: Mapping[str, str]) -> Finding:
    finding = Finding(entry.line.key, fault, getattr(entry.typed, fault.field, "")[:120], entry.row_key)
    return finding if finding.is_error else replace(finding, because=reasons.get(finding.code, ""))


def _by_itself(entry: Entry, past: Mapping[Period, Figure]) -> Iterator[Fault]:
    if entry.figure.percentage is not None:
        yield query(
            PERCENTAGE, "PB-07", "A percentage without the counts it comes from.",
            "It is shown as “percentage only”, never added up and never coloured. Send the counts, or say why you"
            " cannot.",
        )  # fmt: skip
    definition = entry.line.definition
    now = worth(entry.figure, definition)
    if now.value is None or not now.counted:
        return
    yield from _changed(entry, now.value, past)
    period = Period(entry.line.period_start, entry.line.period_end)
    last_four = [_value(entry.line, past.get(back(period, n))) for n in range(1, 5)]
    if now.value == 0 and all(last_four):
        yield query(
            NUMERATOR, "RT-03", "None were counted, after four quarters in which some were.",
            "If it is right, say so and why. If you do not have it yet, choose that instead of 0.",
        )  # fmt: skip


def _changed(entry: Entry, now: Fraction, past: Mapping[Period, Figure]) -> Iterator[Fault]:
    """The change since last quarter and since a year ago: odd when large and outside what is usual as well."""
    period = Period(entry.line.period_start, entry.line.period_end)
    eight = [_value(entry.line, past.get(back(period, n))) for n in range(1, _QUARTERS_LOOKED_AT + 1)]
    known = [value for value in eight if value is not None]
    if len(known) < _LEAST_KNOWN or not _outside(now, known):
        return
    for quarters, words in ((1, "last quarter"), (4, "the same quarter last year")):
        before = eight[quarters - 1]
        if before is None or abs(now - before) <= LARGE * before:
            continue
        definition = entry.line.definition
        yield query(
            NUMERATOR, "PB-06",
            f"{shown(now, definition)} now, {shown(before, definition)} in {words}: changed by more than 30%, and"
            " outside what is usual in the last eight quarters.",
            "Check the number. If it is right, say what happened.",
        )  # fmt: skip
        return


def _outside(now: Fraction, known: Sequence[Fraction]) -> bool:
    """Whether a value lies more than three standard deviations from the mean. Compared as squares: exact."""
    mean = sum(known, Fraction(0)) / len(known)
    variance = sum(((value - mean) ** 2 for value in known), Fraction(0)) / (len(known) - 1)
    return (now - mean) ** 2 > 9 * variance


def _value(line: Line, figure: Figure | None) -> Fraction | None:
    """An earlier figure's value, where it was counted."""
    if figure is None:
        return None
    found = worth(figure, line.definition)
    return found.value if found.counted else None


def _parts(lines: Sequence[Line], entries: Mapping[str, Entry]) -> Iterator[tuple[str, Fault]]:
    """Parts against their total. A part that is withheld or missing leaves the sum open; it can still be too large."""
    splits: dict[tuple[str, str], list[Entry]] = {}
    for line in lines:
        if line.breakdown and line.adds_up and line.way != AMOUNT:
            splits.setdefault((line.measure, line.breakdown), []).append(entries[line.key])
    for (measure, _), parts in splits.items():
        total = entries[measure].figure
        name = parts[0].line.part.partition(":")[0].lower()
        for field in (NUMERATOR, DENOMINATOR):
            whole = getattr(total, field)
            given = [getattr(one.figure, field) for one in parts]
            if whole is None or all(each is None for each in given):
                continue
            together = sum(each for each in given if each is not None)
            open_end = any(each is None for each in given)
            if together > whole or (not open_end and together != whole):
                what = "how many" if field == NUMERATOR else "of how many"
                said = f"The parts by {name} come to {together:,} ({what}), and the total is {whole:,}."
                advice = "Put the parts or the total right. Where a part is not known, say so beside it."
                yield measure, error(field, "PB-07", said, advice)


def _blank(lines: Sequence[Line], entries: Mapping[str, Entry]) -> Iterator[tuple[str, Fault]]:
    """Lines nobody filled in. Parts may all be left out, with a reason, and follow a total without a number."""
    splits: dict[tuple[str, str], list[Entry]] = {}
    for line in lines:
        entry = entries[line.key]
        if line.breakdown:
            splits.setdefault((line.measure, line.breakdown), []).append(entry)
        elif entry.typed.blank:
            advice = "Enter a number, 0 if none were counted, or choose why there is none."
            yield line.key, error(NUMERATOR, "RT-04", f"{line.title}: nothing is filled in.", advice)
    for (measure, _), parts in splits.items():
        blank = [one for one in parts if one.typed.blank]
        if not blank or entries[measure].figure.nothing:
            continue
        if len(blank) == len(parts):
            name = parts[0].line.part.partition(":")[0].lower()
            said = f"The parts by {name} were left out."
            yield blank[0].line.key, query(NUMERATOR, "RT-04", said, "Fill them in, or say why you cannot.")
            continue
        for one in blank:
            said = f"{one.line.title}: nothing is filled in."
            advice = "Enter 0 if there were none, or choose why there is no number."
            yield one.line.key, error(NUMERATOR, "RT-04", said, advice)
