"""What is recorded field by field (``process_fields.Field``): kept plain, shown in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from wholestory.child_deaths.rules.process_fields import Field
from wholestory.kernel.moments import LONDON, MONTHS, Moment

Facts = Mapping[str, Any]


def plain(value: Any) -> Any:
    """A day, a moment, yes or no, or text, as it is kept."""
    if isinstance(value, Moment):
        return {"at": value.at.isoformat(), "precision": value.precision.value}
    if isinstance(value, date):
        return value.isoformat()
    return value


def moment_at(value: Any) -> datetime | None:
    """The instant of a kept moment."""
    return datetime.fromisoformat(value["at"]) if isinstance(value, Mapping) and value.get("at") else None


def day_of(value: Any) -> date | None:
    """The day of a kept day."""
    return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None


def in_words(field: Field, value: Any) -> str:
    """What was recorded, for a reader; empty for nothing."""
    if value is None or value == "":
        return ""
    if field.kind == "yes_no":
        return "Yes" if value else "No"
    if field.kind == "choice":
        return dict(field.options).get(str(value), str(value))
    if field.kind == "date":
        day = day_of(value)
        return day_words(day) if day else str(value)
    if field.kind == "moment":
        at = moment_at(value)
        return moment_words(at, str(value["precision"])) if at else ""
    return str(value)


def day_words(day: date) -> str:
    """14 March 2016."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def moment_words(at: datetime, precision: str) -> str:
    """14 March 2016 at 22:05; the day alone where only that is known."""
    local = at.astimezone(LONDON)
    day = day_words(local.date())
    if precision in ("date", "time_unknown"):
        return day
    return f"{'About ' if precision == 'about' else ''}{day} at {local:%H:%M}"


def shown(fields: Iterable[Field], facts: Facts) -> tuple[tuple[str, str], ...]:
    """Label and words of everything that was recorded, in order."""
    found = ((field.label, in_words(field, facts.get(field.key))) for field in fields)
    return tuple((label, words) for label, words in found if words)


def tidy(fields: Iterable[Field], given: Facts) -> dict[str, Any]:
    """What is kept: known fields that say something."""
    found = {field.key: plain(given.get(field.key)) for field in fields}
    return {key: value for key, value in found.items() if value not in (None, "")}
