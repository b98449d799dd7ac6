"""Dates in three boxes, because a calendar is slow for a birthday and useless for a date known only by its year."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django import forms

from wholestory.govuk.forms.look import Looking, in_errors

UNKNOWN = "unknown"
"""What `PartialDateField` gives for a date that is not known."""

_MONTHS = {
    **{name.lower(): number for number, name in enumerate(month_name) if name},
    **{name.lower(): number for number, name in enumerate(month_abbr) if name},
    "sept": 9,
}


class Boxes(NamedTuple):
    """What stands in the three boxes, as typed, and whether a box below them is ticked."""

    day: str = ""
    month: str = ""
    year: str = ""
    unknown: bool = False
    approximate: bool = False

    @property
    def empty(self) -> bool:
        """Nothing in any box, nothing ticked."""
        return not (self.day or self.month or self.year or self.unknown)


class DateBoxes(forms.Widget):
    """Day, month and year as three boxes named `name-day`, `name-month` and `name-year`."""

    parts = ("day", "month", "year")

    def __init__(
        self, attrs: Any = None, *, may_be_unknown: bool = False, may_be_approximate: bool = False
    ) -> None:
        super().__init__(attrs)
        self.may_be_unknown = may_be_unknown
        self.may_be_approximate = may_be_approximate

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Boxes:
        """What was typed, untouched, so that it can be shown again."""
        day, month, year = (str(data.get(f"{name}-{part}") or "").strip() for part in self.parts)
        return Boxes(day, month, year, f"{name}-unknown" in data, f"{name}-approximate" in data)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}-{part}" in data for part in (*self.parts, "unknown"))

    def id_for_label(self, id_: str) -> str:
        """The first box, which is where an error in the whole date is shown."""
        return f"{id_}-{self.parts[0]}" if id_ else id_

    @staticmethod
    def boxes(value: Any) -> Boxes:
        """What to show for a value of any kind the field takes: typed, a date, or text like 2016-03~."""
        if isinstance(value, Boxes):
            return value
        if isinstance(value, date):
            return Boxes(str(value.day), str(value.month), str(value.year))
        text = str(value or "")
        if text == UNKNOWN:
            return Boxes(unknown=True)
        found = re.fullmatch(r"(\d{1,4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(~?)", text, re.ASCII)
        if not found:
            return Boxes()
        year, month, day, about = found.groups()
        return Boxes((day or "").lstrip("0"), (month or "").lstrip("0"), year, approximate=bool(about))


class DateField(Looking, forms.Field):
    """One date from three boxes; cleans to a `date` or None.

    `not_before` and `not_after` are dates; a form that knows today sets them when it is made. A month may be
    typed as a word. Each error says which boxes it is about.
    """

    widget = DateBoxes

    def __init__(
        self, *, not_before: date | None = None, not_after: date | None = None, **wanted: Any
    ) -> None:
        super().__init__(**wanted)
        self.not_before = not_before
        self.not_after = not_after

    def clean(self, value: Any) -> Any:
        """The date. Raises ValidationError naming the boxes that are missing or wrong."""
        boxes = self.widget.boxes(value) if isinstance(self.widget, DateBoxes) else Boxes()
        if boxes.empty:
            if self.required:
                raise self._error(str(self.error_messages["required"]), "required", DateBoxes.parts)
            return None
        return self._read(boxes)

    def _read(self, boxes: Boxes) -> Any:
        missing = [part for part in DateBoxes.parts if not getattr(boxes, part)]
        if missing:
            raise self._error(
                f"{self._subject} must include a {' and '.join(missing)}", "incomplete", missing
            )
        found = self._day(boxes)
        self._check_limits(found, found)
        return found

    def _day(self, boxes: Boxes) -> date:
        day, month, year = _number(boxes.day), _month(boxes.month), self._year(boxes)
        wrong = [
            part
            for part, value, top in (("day", day, 31), ("month", month, 12))
            if value is None or not 1 <= value <= top
        ]
        if not wrong:
            try:
                return date(year, month or 0, day or 0)
            except ValueError:
                wrong = ["day"]
        raise self._error(f"{self._subject} must be a real date", "invalid", wrong)

    def _year(self, boxes: Boxes) -> int:
        if not re.fullmatch(r"\d{4}", boxes.year, re.ASCII) or boxes.year == "0000":
            raise self._error(f"{self._subject} must have a year of 4 numbers", "year", ["year"])
        return int(boxes.year)

    def _check_limits(self, earliest: date, latest: date) -> None:
        if self.not_before and latest < self.not_before:
            words = f"{self._subject} must be the same as or after {in_words(self.not_before)}"
            raise self._error(words, "not_before", DateBoxes.parts)
        if self.not_after and earliest > self.not_after:
            words = f"{self._subject} must be the same as or before {in_words(self.not_after)}"
            raise self._error(words, "not_after", DateBoxes.parts)

    @property
    def _subject(self) -> str:
        return in_errors(self.subject, str(self.label or "")) if self.subject or self.label else "The date"

    @staticmethod
    def _error(words: str, code: str, parts: Any) -> forms.ValidationError:
        return forms.ValidationError(words, code=code, params={"parts": tuple(parts)})

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the boxes hold something else than before; a leading nought is no change."""
        return _comparable(DateBoxes.boxes(initial)) != _comparable(DateBoxes.boxes(data))


class PartialDateField(DateField):
    """A date as it is known: a day, a month, only a year, or not at all.

    Cleans to text: `2016-03-14`, `2016-03`, `2016`, each with `~` when only roughly so, `unknown`, or an empty
    string. `may_be_unknown` and `may_be_approximate` put a box to tick under the three.
    """

    def __init__(
        self,
        *,
        may_be_unknown: bool = True,
        may_be_approximate: bool = False,
        needs: str = "year",
        **wanted: Any,
    ) -> None:
        widget = DateBoxes(may_be_unknown=may_be_unknown, may_be_approximate=may_be_approximate)
        super().__init__(widget=wanted.pop("widget", widget), **wanted)
        self.needs = needs

    def clean(self, value: Any) -> str:
        """The date as text. Raises ValidationError as `DateField` does."""
        return super().clean(value) or ""

    def _read(self, boxes: Boxes) -> str:
        if boxes.unknown:
            if boxes.day or boxes.month or boxes.year:
                words = "Enter a date or tick that it is not known, not both"
                raise self._error(words, "unknown_and_date", DateBoxes.parts)
            return UNKNOWN
        wanted = {"year": ("year",), "month": ("month", "year"), "day": DateBoxes.parts}[self.needs]
        if boxes.day and not boxes.month:
            wanted = DateBoxes.parts
        missing = [part for part in wanted if not getattr(boxes, part)]
        if missing:
            raise self._error(
                f"{self._subject} must include a {' and '.join(missing)}", "incomplete", missing
            )
        about = "~" if boxes.approximate else ""
        if boxes.day:
            whole = self._day(boxes)
            self._check_limits(whole, whole)
            return whole.isoformat() + about
        year = self._year(boxes)
        if not boxes.month:
            self._check_limits(date(year, 1, 1), date(year, 12, 31))
            return f"{year:04d}{about}"
        month = _month(boxes.month)
        if month is None or not 1 <= month <= 12:
            raise self._error(f"{self._subject} must have a real month", "invalid", ["month"])
        self._check_limits(date(year, month, 1), date(year, month, 28))
        return f"{year:04d}-{month:02d}{about}"


def in_words(day: date) -> str:
    """14 March 2016, whatever the language of the server."""
    return f"{day.day} {month_name[day.month]} {day.year}"


def _number(typed: str) -> int | None:
    return int(typed) if re.fullmatch(r"\d{1,2}", typed, re.ASCII) else None


def _month(typed: str) -> int | None:
    return _MONTHS.get(typed.lower().rstrip("."), _number(typed))


def _comparable(boxes: Boxes) -> Mapping[str, Any]:
    numbers = {"day": _number(boxes.day), "month": _month(boxes.month)}
    return {**boxes._asdict(), **{part: value for part, value in numbers.items() if value is not None}}
