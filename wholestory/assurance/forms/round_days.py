"""The two days of a round, asked wherever one is prepared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from wholestory.govuk import forms


def check_days(form: forms.Form, answers: Mapping[str, Any], today: date) -> None:
    """Say beside ``due_on`` when it is before the round opens, or over already."""
    opens, due = answers.get("opens_on"), answers.get("due_on")
    if opens and due and due <= opens:
        form.add_error("due_on", "The due date must be after the day it opens.")
    if due and due < today:
        form.add_error("due_on", "The due date must be in the future.")
