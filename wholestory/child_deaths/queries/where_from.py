"""Where what is held of the child and the place came from: the message that said it first, a list, or a person."""

from __future__ import annotations

from collections.abc import Iterable

from wholestory.child_deaths.models import Case, NotificationStep, Settled
from wholestory.child_deaths.rules import told_particulars
from wholestory.child_deaths.rules.told_particulars import Told
from wholestory.kernel.moments import london_day, shown_day


def told_in(steps: Iterable[NotificationStep]) -> list[Told]:
    """The messages that belong to a case now, earliest first: those taken away from it again are left out."""
    newest: dict[object, NotificationStep] = {}
    for step in sorted(steps, key=lambda one: (one.at, one.created_at)):
        newest[step.notification_id] = step
    kept = [one.notification for one in newest.values() if one.settled in (Settled.OPENED, Settled.JOINED)]
    return [
        Told(one.record.reference, london_day(one.received_at), one.answers)
        for one in sorted(kept, key=lambda one: one.received_at)
    ]


def with_source(case: Case, column: str, words: str, messages: Iterable[Told]) -> str:
    """What is held, in words, with where it came from. ``column`` is one of those read of a message."""
    row = case if column in told_particulars.OF_CASE else case.child
    held = getattr(row, column)
    if not words or held in told_particulars.EMPTY:
        return words
    first, others = told_particulars.where_from(column, held, messages)
    if first is not None:
        source = f"told in {first.reference} on {shown_day(first.on)}"
    elif case.brought_in:
        source = "brought in with the list, or entered here"
    else:
        source = "entered here"
    if others:
        source += f"; otherwise in {', '.join(one.reference for one in others)}"
    return f"{words} ({source})"
