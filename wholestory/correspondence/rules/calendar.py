"""A due date as a calendar file (RFC 5545) that any calendar program takes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

MEDIA_TYPE = "text/calendar; charset=utf-8; method=PUBLISH"


def file_for(
    *,
    reference: str,
    host: str,
    summary: str,
    due_on: date,
    made_at: datetime,
    link: str,
    notes: str,
    example: bool,
) -> bytes:
    """An all-day entry on ``due_on`` that reminds a week before. A later file for the same reference replaces it."""
    event = Event()
    event.add("uid", f"{reference}@{host}")
    event.add("dtstamp", made_at)
    event.add("dtstart", due_on)
    event.add("dtend", due_on + timedelta(days=1))
    event.add("summary", f"Example: invented. {summary}" if example else summary)
    event.add("description", notes)
    if link:
        event.add("url", link)
    # The day stays free for other things: something is due on it, nobody is away.
    event.add("transp", "TRANSPARENT")
    event.add("sequence", int(made_at.timestamp()) // 60)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", timedelta(days=-7))
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Wholestory//Correspondence//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
