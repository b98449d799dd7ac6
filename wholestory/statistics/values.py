"""What a calculation gives: a value with its interval, or none with the reason."""

from __future__ import annotations

from dataclasses import dataclass


class CannotBeCounted(ValueError):
    """The input makes no sense: a negative count, more cases than there were, lists of different lengths."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its limits. Without a value, ``reason`` is a code for why: see ``REASONS``."""

    value: float | None
    lower: float | None = None
    upper: float | None = None
    method: str = ""
    reason: str = ""

    def times(self, factor: float) -> Estimate:
        """The same in another unit."""
        if self.value is None or self.lower is None:
            return self
        upper = None if self.upper is None else self.upper * factor
        return Estimate(self.value * factor, self.lower * factor, upper, self.method, self.reason)


def none_because(reason: str) -> Estimate:
    """No value. Missing is not zero."""
    return Estimate(None, reason=reason)


#: Why there is no value, in words for a reader.
REASONS: dict[str, str] = {
    "missing_count": "The number of events is not known.",
    "missing_denominator": "The population is not known.",
    "zero_denominator": "There was nobody to count among.",
    "missing_band_count": "The count of one age group is not known.",
    "total_count_lt_10": "Fewer than 10 events: too few for a standardised rate.",
    "no_expected": "No events were expected, so there is nothing to compare with.",
    "no_events_in_second": "The second area had no events, so there is no ratio.",
    "one_category": "Everybody chose the same, so agreement beyond chance cannot be worked out.",
    "empty": "There is nothing to compare.",
}
