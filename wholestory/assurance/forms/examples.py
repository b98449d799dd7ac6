"""How a date is typed, shown with a day near the one the board has: an example from another year misleads."""

from __future__ import annotations

from datetime import date, timedelta

from django.forms import Form


def show_example(form: Form, name: str, today: date, *, ahead: int = 0) -> None:
    """Put ``For example, 28 3 2016`` under a date, ``ahead`` days from today, after any hint it has."""
    day = today + timedelta(days=ahead)
    field = form.fields[name]
    said = f"For example, {day.day} {day.month} {day.year}"
    field.help_text = f"{field.help_text}. {said}" if field.help_text else said
