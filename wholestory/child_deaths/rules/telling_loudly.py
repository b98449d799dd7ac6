"""How loudly the coordinator is told of a new message: whether it cannot wait for the next look at the list.

What is "just now", and when the office is open, is a panel's own to set (``Panel.settings``); the defaults are ours and
no rule of law.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from wholestory.kernel.moments import LONDON
from wholestory.kernel.working_days import CALENDARS, Calendars

JUST_NOW_HOURS = 24
OPENS, CLOSES = time(9), time(17)


@dataclass(frozen=True)
class Settings:
    """``just_now_hours``: how new a death is that cannot wait. ``opens`` and ``closes``: London time on working days.
    ``also_told``: addresses that are told too of what cannot wait, such as a duty mailbox."""

    just_now_hours: int = JUST_NOW_HOURS
    opens: time = OPENS
    closes: time = CLOSES
    also_told: tuple[str, ...] = ()

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Settings:
        """From a panel's settings: ``just_now_hours``, ``office_opens``, ``office_closes``, ``also_told``. Raises
        ValueError for a time or a number that is none."""
        return cls(
            int(kept.get("just_now_hours", JUST_NOW_HOURS)),
            time.fromisoformat(kept.get("office_opens", OPENS.isoformat())),
            time.fromisoformat(kept.get("office_closes", CLOSES.isoformat())),
            tuple(kept.get("also_told", ())),
        )


def out_of_hours(at: datetime, settings: Settings, calendars: Calendars = CALENDARS) -> bool:
    """Whether nobody is in the office at this instant: before it opens, after it closes, on a day off."""
    local = at.astimezone(LONDON)
    if not calendars.england_and_wales.is_working(local.date()):
        return True
    return not settings.opens <= local.time() < settings.closes


def why_now(
    *,
    answers: Mapping[str, Mapping[str, Any]],
    died: datetime | None,
    received: datetime,
    settings: Settings,
    calendars: Calendars = CALENDARS,
) -> str:
    """In fixed words why a message cannot wait, which say nothing of the child; empty where it can.

    Another child may be at risk, the sender sees a warning for the whole country, or the death was within the hours
    before the message that count as just now. ``died`` is the confirmed death, the end of its day where only that is
    known.
    """
    reasons = []
    if _yes(answers, "children_at_risk"):
        reasons.append("the sender says that somebody else may be at risk")
    if _yes(answers, "national_alert"):
        reasons.append("the sender sees a warning for the whole country")
    if died is not None and died > received - timedelta(hours=settings.just_now_hours):
        reasons.append("it happened just now")
    if not reasons:
        return ""
    if out_of_hours(received, settings, calendars):
        reasons.append("it came while the office was closed")
    return ", and ".join([", ".join(reasons[:-1]), reasons[-1]] if len(reasons) > 1 else reasons)


def _yes(answers: Mapping[str, Mapping[str, Any]], key: str) -> bool:
    return (answers.get(key) or {}).get("value") in ("yes", True)
