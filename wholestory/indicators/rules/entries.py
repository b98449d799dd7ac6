"""What was typed in one line of a return, and what it says: numbers, a percentage alone, or why there is no number.

Nothing is guessed. What cannot be read as a number stays as it was typed and is told as a fault beside its field
(data returns 5 and 8).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from wholestory.indicators.rules.figures import Figure
from wholestory.indicators.rules.lines import AMOUNT, SHARE, Line
from wholestory.statistics.rounding import rounded

NUMERATOR, DENOMINATOR, PERCENTAGE, NOTHING, NOTE = (
    "numerator", "denominator", "percentage", "nothing", "note",
)  # fmt: skip
FIELDS = (NUMERATOR, DENOMINATOR, PERCENTAGE, NOTHING, NOTE)
LONGEST_NOTE = 500
#: More than anything a board counts; beyond it a key was held down.
LARGEST = 999_999_999

#: Why there is no number, as the page offers it.
KINDS_OF_NOTHING: Mapping[str, str] = {
    "not_applicable": "Does not apply this quarter",
    "not_held": "We do not hold this",
    "not_supplied": "We do not have it yet",
    "suppressed": "Withheld because it is small",
}
#: The Department for Education's letters instead of a number. None of them is zero.
MARKERS: Mapping[str, str] = {
    "c": "suppressed",
    "x": "not_supplied",
    "z": "not_applicable",
    "u": "not_supplied",
}
_DIGITS = re.compile(r"\d+(\.\d+)?|\d{1,3}(,\d{3})+(\.\d+)?")
_LONGEST_NUMBER = 14
_FEWER = re.compile(r"(<|less than|under|fewer than|up to)\s*\d+|\*+|\d+\s*(-|–|to)\s*\d+", re.IGNORECASE)
_SAID: Mapping[str, str] = {
    **dict.fromkeys(
        ("n/a", "na", "n.a.", "not applicable", "n/k", "nk", "not known"),
        "It can mean several things. Choose “Does not apply this quarter” or “We do not hold this” instead.",
    ),
    **dict.fromkeys(
        ("tbc", "tba", "tbd", "awaited", "awaiting", "pending", "to follow"),
        "Choose “We do not have it yet” instead.",
    ),
    **dict.fromkeys(
        ("-", "–", "—", ".", "..", ":"),
        "It does not say whether none were counted. Write 0 for none, or choose why there is no number.",
    ),
    **dict.fromkeys(("nil", "none", "zero", "no"), "Write 0 if none were counted."),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """One line as it stands on the page, letter by letter."""

    numerator: str = ""
    denominator: str = ""
    percentage: str = ""
    nothing: str = ""
    note: str = ""

    @classmethod
    def of(cls, stored: Mapping[str, object]) -> Typed:
        """From what was kept or sent; anything else in it is left out."""
        said = {name: str(stored.get(name, "") or "") for name in FIELDS}
        # A character of code 0 is none that anybody types, and none that can be kept.
        return cls(**{name: words.replace("\x00", "").strip() for name, words in said.items()})

    @property
    def blank(self) -> bool:
        """Whether it says neither a number nor why there is none."""
        return not (self.numerator or self.denominator or self.percentage or self.nothing)

    @property
    def kept(self) -> dict[str, str]:
        """What is worth keeping."""
        return {name: getattr(self, name) for name in FIELDS if getattr(self, name)}

    @property
    def mark(self) -> str:
        """A short fingerprint, to see whether somebody else changed the line meanwhile."""
        return hashlib.sha256("\x1f".join(getattr(self, name) for name in FIELDS).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong (error) or odd (query) in one field of a line."""

    field: str
    rule: str
    severity: str
    words: str
    what_to_do: str = ""


def error(field: str, rule: str, words: str, what_to_do: str = "") -> Fault:
    return Fault(field, rule, "error", words, what_to_do)


def query(field: str, rule: str, words: str, what_to_do: str = "") -> Fault:
    return Fault(field, rule, "query", words, what_to_do)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a line says. Either a number or ``nothing``; empty where it was left blank or cannot be read."""

    line: Line
    typed: Typed
    figure: Figure
    unreliable: bool = False

    @property
    def row_key(self) -> str:
        """Fingerprint of the row: a reason given for it holds while this does."""
        said = (
            self.line.key,
            self.line.period_end.isoformat(),
            *(getattr(self.typed, f) for f in FIELDS[:4]),
        )
        return hashlib.sha256("\x1f".join(said).encode()).hexdigest()


def read(line: Line, typed: Typed) -> tuple[Entry, list[Fault]]:
    """What the line says, and what is wrong with it by itself."""
    faults: list[Fault] = []
    letter = typed.numerator.lower()
    marked = MARKERS.get(letter, "")
    if typed.nothing or marked:
        said = replace(typed, numerator="") if marked else typed
        kind = typed.nothing or marked
        figure = Figure(nothing=kind)
        if kind not in KINDS_OF_NOTHING:
            figure = Figure()
            faults.append(
                error(NOTHING, "RT-05", "This is none of the answers offered.", "Choose one of the list.")
            )
        elif said.numerator or said.denominator or said.percentage:
            figure = Figure()
            both = "There is a number, and an answer that says there is none."
            faults.append(error(NOTHING, "RT-05", both, "Take one of the two away."))
    else:
        figure = _numbers(line, typed, faults)
    if len(typed.note) > LONGEST_NOTE:
        faults.append(
            error(NOTE, "RT-07", f"The note is longer than {LONGEST_NOTE} characters.", "Shorten it.")
        )
    return Entry(line, typed, figure, unreliable=letter == "u"), faults


def _numbers(line: Line, typed: Typed, faults: list[Fault]) -> Figure:
    whole = line.way != AMOUNT
    numerator = _number(NUMERATOR, typed.numerator, faults, whole=whole)
    if line.way != SHARE:
        faults += [
            error(field, "RT-06", "This measure is one number.", "Leave this empty.")
            for field in (DENOMINATOR, PERCENTAGE)
            if getattr(typed, field)
        ]
        if numerator is None:
            return Figure()
        return Figure(amount=numerator) if line.way == AMOUNT else Figure(numerator=numerator)
    denominator = _number(DENOMINATOR, typed.denominator, faults, whole=True)
    percentage = _percentage(line, typed.percentage, faults)
    if typed.numerator and not typed.denominator:
        faults.append(error(DENOMINATOR, "RT-06", "It does not say of how many.", "Enter of how many."))
    if typed.denominator and not typed.numerator:
        faults.append(error(NUMERATOR, "RT-06", "It says of how many, and not how many.", "Enter how many."))
    if numerator is None or denominator is None:
        alone = percentage is not None and not (typed.numerator or typed.denominator)
        return Figure(percentage=percentage) if alone else Figure()
    faults += _together(line, numerator, denominator, percentage)
    return Figure(numerator=numerator, denominator=denominator)


def _together(
    line: Line, numerator: Decimal, denominator: Decimal, percentage: Decimal | None
) -> Iterator[Fault]:
    if line.definition.unit == "percent" and numerator > denominator:
        yield error(
            NUMERATOR, "PB-07", f"{numerator:,} of {denominator:,}: how many is more than of how many.",
            "Check both numbers. They may be the wrong way round.",
        )  # fmt: skip
    if percentage is not None and denominator:
        places = max(0, -int(percentage.as_tuple().exponent))
        exact = Fraction(numerator) / Fraction(denominator) * 100
        if rounded(exact, places) != percentage:
            yield error(
                PERCENTAGE, "PB-07",
                f"{numerator:,} of {denominator:,} is {rounded(exact, 1)}%, and {percentage}% was typed.",
                "Check the numbers, then leave the percentage empty: it is worked out.",
            )  # fmt: skip


def _number(field: str, said: str, faults: list[Fault], *, whole: bool) -> Decimal | None:
    if not said:
        return None
    if not _DIGITS.fullmatch(said) or len(said) > _LONGEST_NUMBER:
        faults.append(error(field, "PB-01", f"“{said[:40]}” is not a number.", _instead(said)))
        return None
    number = Decimal(said.replace(",", ""))
    if number > LARGEST:
        faults.append(error(field, "PB-01", f"{number:,} is far too large.", "Check the number."))
        return None
    if whole and number != number.to_integral_value():
        faults.append(
            error(
                field,
                "PB-01",
                f"“{said}” is not a whole number.",
                "Enter how many were counted, without a fraction.",
            )
        )
        return None
    return number.to_integral_value() if whole else number


def _instead(said: str) -> str:
    if advice := _SAID.get(said.lower()):
        return advice
    if _FEWER.fullmatch(said):
        return (
            "Enter the number itself: the board withholds small numbers when it publishes. If you may not send it,"
            " choose “Withheld because it is small”."
        )
    if said.endswith("%"):
        return (
            "A percentage belongs in the field for percentages; better still, send the numbers it comes from."
        )
    if said.startswith("-"):
        return "A count is never less than 0."
    return "Enter digits only, such as 12."


def _percentage(line: Line, said: str, faults: list[Fault]) -> Decimal | None:
    if not said:
        return None
    plain = said.removesuffix("%").strip()
    if line.definition.unit != "percent":
        faults.append(
            error(PERCENTAGE, "RT-06", "This measure is no percentage.", "Enter how many, of how many.")
        )
        return None
    if not _DIGITS.fullmatch(plain) or "," in plain or len(plain) > _LONGEST_NUMBER:
        faults.append(error(PERCENTAGE, "PB-01", f"“{said[:40]}” is not a percentage.", _instead(said)))
        return None
    number = Decimal(plain)
    if number > 100:
        faults.append(error(PERCENTAGE, "PB-07", f"{number}% is more than 100%.", "Check the number."))
        return None
    if 0 < number < 1 and not said.endswith("%"):
        odd = f"{number} was read as {number}%, which is less than one in a hundred."
        advice = f"If you mean {number * 100:f}%, write that. If it is right, say so."
        faults.append(query(PERCENTAGE, "RT-08", odd, advice))
    return number
