"""What somebody typed where a figure belongs: a number, a percentage, or one of the kinds of nothing.

Agencies write “<5”, “n/a”, “tbc”, “-”, 0.81, 81 and “81%” (quality assurance 5). None of them is turned into a zero,
and what cannot be read is said so, with the text as it was typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

#: Words for no number, as people write them, and the kind of nothing they are.
NO_NUMBER: dict[str, str] = {
    **dict.fromkeys(("n/a", "na", "not applicable", "z"), "not_applicable"),
    **dict.fromkeys(("not held", "not collected", "not recorded", "not available", "x"), "not_held"),
    **dict.fromkeys(
        ("tbc", "tba", "not supplied", "awaited", "awaiting", "not received", "to follow", "nyr"), "not_supplied"
    ),
    **dict.fromkeys(("c", "*", "suppressed", "withheld", "small"), "suppressed"),
}  # fmt: skip
_LESS = re.compile(r"^(?:<|less than|under|fewer than)\s*\d+$")
_NUMBER = re.compile(r"^[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?$")
#: Dashes say “nothing here”: which nothing, only their author knows.
DASHES = frozenset("-–—")


@dataclass(frozen=True, slots=True)
class Typed:
    """What a cell says: at most one of ``number`` and ``nothing``; neither when it is blank. ``percent`` when a percent
    sign stood there. ``trouble`` says why it cannot be read."""

    number: Decimal | None = None
    nothing: str = ""
    percent: bool = False
    trouble: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing was typed at all."""
        return self.number is None and not self.nothing and not self.trouble


def read(text: str) -> Typed:
    """What a text says where a figure belongs."""
    said = " ".join(text.replace("\u00a0", " ").split()).strip()
    if not said:
        return Typed()
    lowered = said.lower().strip(".")
    if lowered in NO_NUMBER:
        return Typed(nothing=NO_NUMBER[lowered])
    if _LESS.match(lowered):
        return Typed(nothing="suppressed")
    if said in DASHES:
        return Typed(nothing="not_supplied")
    percent = said.endswith("%")
    body = said[:-1].strip() if percent else said
    body = body.removeprefix("£").strip()
    if not body or not _NUMBER.match(body) or not any(letter.isdigit() for letter in body):
        return Typed(trouble="This is no number")
    try:
        number = Decimal(body.replace(",", ""))
    except InvalidOperation:
        return Typed(trouble="This is no number")
    if number < 0:
        return Typed(trouble="A figure cannot be below 0")
    if number >= 10**10:
        return Typed(trouble="This number is too large to be a figure")
    return Typed(number=number, percent=percent)


def as_percentage(typed: Typed, *, fractions: bool) -> Decimal | None:
    """The percentage meant, 0 to 100 and over. ``fractions`` says that the row writes 0.81 for 81 per cent, which is
    decided for a whole row, never for one cell: 0.81 may be 0.81 per cent."""
    if typed.number is None:
        return None
    return typed.number * 100 if fractions and not typed.percent else typed.number
