"""When somebody is reminded of figures: before the last day, on the day after it, and the signatory after a week.

Source: quality assurance 5, marked there as practitioners' knowledge: each board's own choice and no law. The days
count working days.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

LEADS, SIGNATORY = "leads", "signatory"
#: The n-th working day after or before a day.
WorkingDay = Callable[[date, int], date]


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder: which wording, and to whom. ``key`` tells it from the others about the same day."""

    key: str
    kind: str
    to: str

    def step(self, last: date) -> str:
        """What the message is kept under, so that the same one about the same last day goes out once."""
        return f"figures_{self.key}_{last}"


SEVEN_BEFORE = Reminder("seven_before", "figures_reminder", LEADS)
ONE_BEFORE = Reminder("one_before", "figures_reminder", LEADS)
DAY_AFTER = Reminder("day_after", "figures_late", LEADS)
TO_SIGNATORY = Reminder("to_signatory", "figures_late_signatory", SIGNATORY)
#: How many working days after the last day the signatory is written to.
SIGNATORY_AFTER = 5


def due_now(
    last: date, today: date, asked_on: date, *, after: WorkingDay, before: WorkingDay
) -> Reminder | None:
    """The reminder whose time it is on a day: the latest of those whose day has come, so that a day without a run
    (a server that stood still) neither loses the last nor sends all at once. Nobody is reminded of what they were asked
    on that day or after it."""
    days = (
        (after(last, SIGNATORY_AFTER), TO_SIGNATORY),
        (last + timedelta(days=1), DAY_AFTER),
        (before(last, 1), ONE_BEFORE),
        (before(last, 7), SEVEN_BEFORE),
    )
    return next((reminder for day, reminder in days if today >= day > asked_on), None)
