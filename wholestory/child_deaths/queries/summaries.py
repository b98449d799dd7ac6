"""What each piece of the work says of a case in one line, for the page of the case."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """One line: what it is about, how it stands, where to go. ``tone`` is a meaning the pages know (``in_progress``,
    ``waiting``, ``done``, ``overdue``, ``not_started``, ``not_needed``)."""

    label: str
    words: str
    url: str = ""
    tone: str = "in_progress"
