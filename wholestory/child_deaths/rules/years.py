"""Years to 31 March in three calendars, and how long a review took: what tables of deaths and reviews are counted by.

A death, its notification and its review may lie in three different years. A table says which of the three it counts by,
and reviews of a year are never divided by deaths of that year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wholestory.child_deaths.rules.ages import months_after
from wholestory.child_deaths.rules.grounds import faint


class CountedBy(StrEnum):
    """Which day puts a case into a year."""

    DEATH = "death"
    NOTIFICATION = "notification"
    REVIEW = "review"

    @property
    def label(self) -> str:
        """In words."""
        return {
            "death": "Year of the death",
            "notification": "Year of the notification",
            "review": "Year the panel finished its review",
        }[self.value]


@dataclass(frozen=True, slots=True, order=True)
class Year:
    """A year from 1 April of ``starts_in`` to 31 March."""

    starts_in: int

    @classmethod
    def of(cls, day: date) -> Year:
        """The year a day is in."""
        return cls(day.year if day >= date(day.year, 4, 1) else day.year - 1)

    @property
    def first(self) -> date:
        """1 April."""
        return date(self.starts_in, 4, 1)

    @property
    def last(self) -> date:
        """31 March."""
        return date(self.starts_in + 1, 3, 31)

    @property
    def label(self) -> str:
        """``2015 to 2016``."""
        return f"{self.starts_in} to {self.starts_in + 1}"


@dataclass(frozen=True, slots=True)
class Days:
    """The three days of a case, as far as they are known."""

    died_on: date | None
    notified_on: date | None
    reviewed_on: date | None = None

    def year(self, by: CountedBy) -> Year | None:
        """The year in one calendar; None while that day is not known or has not come."""
        day = {
            CountedBy.DEATH: self.died_on,
            CountedBy.NOTIFICATION: self.notified_on,
            CountedBy.REVIEW: self.reviewed_on,
        }[by]
        return None if day is None else Year.of(day)


class Took(StrEnum):
    """How many months lay between the death and the end of the review, in the bands that used to be reported."""

    UNDER_6 = "under_6"
    M6_7 = "6_7"
    M8_9 = "8_9"
    M10_11 = "10_11"
    M12_OVER = "12_over"
    NOT_REVIEWED = "not_reviewed"

    @property
    def label(self) -> str:
        """In words."""
        return {
            "under_6": "Under 6 months", "6_7": "6 or 7 months", "8_9": "8 or 9 months", "10_11": "10 or 11 months",
            "12_over": "12 months and over", "not_reviewed": "Not yet reviewed",
        }[self.value]  # fmt: skip


BANDS = faint("duration_bands", "Bands of months from death to review, recalled from the yearly return.")


def took(died_on: date, reviewed_on: date | None) -> Took:
    """The band of completed calendar months from the death to the panel's review. A case that is opened again keeps
    the day of its first review. Raises ValueError for a review before the death."""
    if reviewed_on is None:
        return Took.NOT_REVIEWED
    if reviewed_on < died_on:
        raise ValueError("A review cannot be finished before the death.")
    for months, band in ((6, Took.UNDER_6), (8, Took.M6_7), (10, Took.M8_9), (12, Took.M10_11)):
        if reviewed_on < months_after(died_on, months):
            return band
    return Took.M12_OVER
