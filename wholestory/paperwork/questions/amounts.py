"""Questions answered by a number."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import ClassVar

from wholestory.paperwork.given import Json
from wholestory.paperwork.questions.base import Comparable, NotThat, Question
from wholestory.paperwork.words import plain_decimal

_NUMBER = re.compile(r"[+\-−]?(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{1,6})?", re.ASCII)


@dataclass(frozen=True)
class Number(Question, word="number"):
    """A number, stored as decimal text so that no digit is lost. ``unit`` is written after the box (``days``, ``%``),
    or before it when it is ``£``. ``minimum`` and ``maximum`` are inclusive."""

    unit: str = field(default="", kw_only=True)
    minimum: Decimal | None = field(default=None, kw_only=True)
    maximum: Decimal | None = field(default=None, kw_only=True)
    whole: bool = field(default=False, kw_only=True)

    compares_to: ClassVar[str] = "numbers"

    def understand(self, typed: Json) -> Json:
        """Digits, thousands commas, a point, a sign; the unit may be typed too."""
        if typed is None:
            return None
        text = str(typed).strip().removeprefix("£").strip()
        if self.unit and text.lower().endswith(self.unit.lower()):
            text = text[: -len(self.unit)].strip()
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            raise NotThat(
                "Enter a number, such as 12" if self.whole else "Enter a number, such as 12 or 12.5"
            )
        return plain_decimal(Decimal(text.replace(",", "").replace("−", "-")))

    def faults_in(self, value: Json, today: date) -> tuple[str, ...]:
        """Not whole, too small, too large."""
        amount = Decimal(str(value))
        if self.whole and amount != amount.to_integral_value():
            return ("Enter a whole number",)
        if self.minimum is not None and amount < self.minimum:
            return (f"The number must be {plain_decimal(self.minimum)} or more",)
        if self.maximum is not None and amount > self.maximum:
            return (f"The number must be {plain_decimal(self.maximum)} or fewer",)
        return ()

    def comparable_value(self, value: Json) -> Comparable:
        return Decimal(str(value))

    def value_in_words(self, value: Json) -> str:
        """With thousands commas and its unit."""
        return amount_in_words(str(value), self.unit)

    def value_for_export(self, value: Json) -> str:
        """Digits only."""
        return str(value)

    def definition_faults(self) -> tuple[str, ...]:
        found = []
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            found.append(f"no number is both at least {self.minimum} and at most {self.maximum}")
        bounds = [bound for bound in (self.minimum, self.maximum) if bound is not None and self.whole]
        broken = [bound for bound in bounds if bound != bound.to_integral_value()]
        found += [f"it takes whole numbers, so {bound} cannot be a bound" for bound in broken]
        return tuple(found)


def amount_in_words(amount: str, unit: str) -> str:
    """Decimal text with thousands commas and its unit."""
    whole, point, part = amount.partition(".")
    text = f"{int(whole):,}{point}{part}" if whole not in ("-0",) else amount
    if unit == "£":
        return f"-£{text[1:]}" if text.startswith("-") else f"£{text}"
    return text + ("" if unit == "%" or not unit else " ") + unit
