"""Whether a due date falls on a day when those who answer are usually away: weekends, bank holidays, school holidays.

Bank holidays are looked up. School holidays are each school's own; here only the weeks in which most schools in
England are closed, as a hint from practice and from no source. Case 29 of the domain notes, section 6.2.
"""

from __future__ import annotations

from datetime import date, timedelta

from wholestory.kernel.working_days import ENGLAND_AND_WALES

WEEK = timedelta(days=7)


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous rule of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    rest = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * rest) // 451
    month, day = divmod(h + rest - 7 * m + 114, 31)
    return date(year, month, day + 1)


def why_away(day: date) -> str:
    """Why nobody works on this day; nothing on a working day."""
    return ENGLAND_AND_WALES.why_off(day) or ""


def school_holiday(day: date) -> str:
    """The holiday in which most schools are closed on this day, in words; nothing in term."""
    year, sunday = day.year, easter(day.year)
    if date(year, 7, 24) <= day <= date(year, 8, 31):
        return "the summer holidays"
    if day >= date(year, 12, 21) or day <= date(year, 1, 2):
        return "the Christmas holidays"
    if sunday - timedelta(days=8) <= day <= sunday + WEEK:
        return "the weeks round Easter"
    half_terms = (_monday(year, 2, 3), _last_monday_of_may(year), _monday(year, 10, 4))
    return "half-term" if any(monday <= day < monday + WEEK for monday in half_terms) else ""


def warning(day: date, *, schools: bool) -> str:
    """What to say beside a due date, or nothing. ``schools`` is whether schools or early years answer."""
    says = []
    if off := why_away(day):
        says.append(f"is no working day ({off})")
    if schools and (when := school_holiday(day)):
        says.append(f"usually falls in {when}, when most schools are closed; each school’s own dates differ")
    return f"{day.day} {day:%B %Y} {' and '.join(says)}." if says else ""


def _monday(year: int, month: int, which: int) -> date:
    """The third, fourth ... Monday of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(7 - first.weekday()) % 7) + (which - 1) * WEEK


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())
