"""Whether a return is late, and in time: worked out from days, never kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Days:
    """The days of one return. ``first_sent_on`` is empty until it was first approved and sent."""

    due_on: date
    extended_to: date | None
    first_sent_on: date | None

    @property
    def last(self) -> date:
        """The last day on which it is in time."""
        return self.extended_to or self.due_on

    def late(self, today: date) -> bool:
        """Owed and not there, or there too late."""
        return (self.first_sent_on or today) > self.last

    def due(self, today: date) -> bool:
        """Whether it counts among those that were due: its last day is over, or it was sent before that."""
        return self.first_sent_on is not None or today > self.last

    @property
    def in_time(self) -> bool:
        """Sent, and not after the last day. A correction later on does not make it late."""
        return self.first_sent_on is not None and self.first_sent_on <= self.last
