"""Questions whose answers have one fixed shape: a time of day, an NHS number, a postcode.

What was typed in any usual spelling is kept in one. No message here repeats what was typed: an answer may be about a
child, and messages travel further than answers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from stdnum.gb import nhs

from wholestory.paperwork.given import Json
from wholestory.paperwork.questions.base import NotThat, Question

_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2})(?:[:.]00)?)?\s*(?:([ap])\.?\s*m\.?)?", re.ASCII | re.IGNORECASE)
_FIGURES = re.compile(r"\d{3,4}", re.ASCII)
_NAMED = {"midday": "12:00", "noon": "12:00", "midnight": "00:00"}
_KEPT_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)
_BETWEEN = re.compile("[\\s\u00a0\u2007\u2009\u202f\\-\u2010-\u2015]+")


@dataclass(frozen=True)
class Time(Question, word="time"):
    """A time of day on the 24-hour clock, to the minute, stored as ``HH:MM``. ``not_before`` and ``not_after`` are
    such times too, inclusive. A time known only roughly is a matter for the words around it."""

    not_before: str = field(default="", kw_only=True)
    not_after: str = field(default="", kw_only=True)

    def understand(self, typed: Json) -> Json:
        """Reads 9.30, 09:30, 0930, 9:30am, 9pm, midday. A lone 9 is not read: it may mean the evening."""
        if typed is None:
            return None
        text = str(typed).strip()
        if not text:
            return None
        wrong = NotThat("Enter a time on the 24-hour clock, such as 09:30 or 17:05")
        if text.lower() in _NAMED:
            return _NAMED[text.lower()]
        if _FIGURES.fullmatch(text):
            text = f"{text[:-2]}:{text[-2:]}"
        found = _CLOCK.fullmatch(text)
        if found is None or not (found[2] or found[3]):
            raise wrong
        hour, minute = int(found[1]), int(found[2] or 0)
        if found[3]:
            if not 1 <= hour <= 12:
                raise wrong
            hour = hour % 12 + (12 if found[3].lower() == "p" else 0)
        if hour > 23 or minute > 59:
            raise wrong
        return f"{hour:02d}:{minute:02d}"

    def faults_in(self, value: Json, today: date) -> tuple[str, ...]:
        """Too early, too late."""
        held = str(value)
        if self.not_before and held < self.not_before:
            return (f"The time must be {self.not_before} or later",)
        if self.not_after and held > self.not_after:
            return (f"The time must be {self.not_after} or earlier",)
        return ()

    def definition_faults(self) -> tuple[str, ...]:
        bounds = [bound for bound in (self.not_before, self.not_after) if bound]
        found = [
            f"the bound '{bound}' must be written as 09:30"
            for bound in bounds
            if not _KEPT_CLOCK.fullmatch(bound)
        ]
        if not found and len(bounds) == 2 and self.not_before > self.not_after:
            found.append(f"no time is both from {self.not_before} and up to {self.not_after}")
        return tuple(found)


@dataclass(frozen=True)
class NhsNumber(Question, word="nhs_number"):
    """An NHS number, stored as its ten digits and shown 3-3-4. The last digit is worked out from the others
    (modulus 11), so a slip of the fingers is noticed; ten equal digits pass that test and are nobody's number."""

    def understand(self, typed: Json) -> Json:
        """Ten digits, with or without spaces and hyphens. Raises NotThat, also when the check digit does not fit."""
        if typed is None:
            return None
        text = _BETWEEN.sub("", str(typed))
        if not text:
            return None
        if not (text.isascii() and text.isdigit()):
            raise NotThat("An NHS number has only digits, such as 943 476 5919")
        if len(text) != 10:
            raise NotThat(f"An NHS number has 10 digits; this has {len(text)}")
        if not nhs.is_valid(text) or len(set(text)) == 1:
            raise NotThat(
                "This is not an NHS number: compare each digit with the letter or record it is from"
            )
        return text

    def typed_from(self, value: Json) -> Json:
        """In the groups it is read aloud in."""
        return None if value is None else self.value_in_words(value)

    def value_in_words(self, value: Json) -> str:
        """``943 476 5919``."""
        digits = str(value)
        return f"{digits[:3]} {digits[3:6]} {digits[6:]}".strip()

    def value_for_export(self, value: Json) -> str:
        """Ten digits, as other systems hold it."""
        return str(value)


_INWARD = "[0-9][ABD-HJLNP-UW-Z]{2}"
_OUTWARD = (
    "(?:[A-PR-UWYZ][0-9][0-9]?"
    "|[A-PR-UWYZ][A-HK-Y][0-9][0-9]?"
    "|[A-PR-UWYZ][0-9][A-HJKPSTUW]"
    "|[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRVWXY])"
)
#: Royal Mail's shapes, and the NHS's own for no fixed abode, not known or abroad (ZZ99 3VZ and the like).
_POSTCODE = re.compile(f"({_OUTWARD})({_INWARD})", re.ASCII)
_OF_THE_NHS = re.compile("(ZZ99)([0-9][A-Z]{2})", re.ASCII)
_OUTWARD_ALONE = re.compile(f"{_OUTWARD}|GIR", re.ASCII)
_FORCES = re.compile("BFPO([1-9][0-9]{0,3})", re.ASCII)


@dataclass(frozen=True)
class Postcode(Question, word="postcode"):
    """A postcode of the United Kingdom, the Channel Islands or the Isle of Man, of British forces abroad (BFPO 57,
    BF1 3AA), or GIR 0AA; stored in capitals with its one space. The shapes are Royal Mail's; whether there is such an
    address is not looked up. ``outward_alone`` takes the first half too (LS1), where a whole one would say too much."""

    outward_alone: bool = field(default=False, kw_only=True)

    def understand(self, typed: Json) -> Json:
        """Any spacing, any case."""
        if typed is None:
            return None
        text = _BETWEEN.sub("", str(typed)).upper()
        if not text:
            return None
        if text == "GIR0AA":
            return "GIR 0AA"
        forces, whole = _FORCES.fullmatch(text), _POSTCODE.fullmatch(text) or _OF_THE_NHS.fullmatch(text)
        if forces is not None:
            return f"BFPO {forces[1]}"
        if whole is not None:
            return f"{whole[1]} {whole[2]}"
        if _OUTWARD_ALONE.fullmatch(text):
            if self.outward_alone:
                return text
            raise NotThat("Enter the whole postcode, such as LS1 4AP")
        either = "LS1 4AP, or its first part, such as LS1" if self.outward_alone else "LS1 4AP"
        raise NotThat(f"Enter a postcode, such as {either}")
