"""How old a child was: in days, months and years, in the bands the figures use, and in words for anonymised papers.

The day of birth is day 0; the first 28 days (0 to 27) are the neonatal time. Months and years are calendar ones: a
month is over on the same day number, or on the first day after it where the month has no such day, and a child born on
29 February is a year older on 1 March of a common year. (That 1 March is our reading, and the careful one: a death on
28 February stays in scope.)
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ADULT_AT = 18
NEONATAL_DAYS = 28
INFANT_DAYS = 365
LEAST_WEEKS, MOST_WEEKS = 16, 44
LEAST_GRAMS, MOST_GRAMS = 200, 6500


class BornAfterDeath(ValueError):
    """The date of birth is later than the date of death: one of the two is wrong."""

    def __init__(self) -> None:
        super().__init__("The date of birth is after the date of death. Check both dates.")


class AgeBand(StrEnum):
    """The age bands of the national figures."""

    NEONATAL = "0_27_days"
    INFANT = "28_364_days"
    ONE_TO_FOUR = "1_4_years"
    FIVE_TO_NINE = "5_9_years"
    TEN_TO_FOURTEEN = "10_14_years"
    FIFTEEN_TO_SEVENTEEN = "15_17_years"
    ADULT = "18_and_over"
    NOT_KNOWN = "not_known"

    @property
    def label(self) -> str:
        """In words."""
        return _BANDS[self]


_BANDS = {
    AgeBand.NEONATAL: "0 to 27 days",
    AgeBand.INFANT: "28 to 364 days",
    AgeBand.ONE_TO_FOUR: "1 to 4 years",
    AgeBand.FIVE_TO_NINE: "5 to 9 years",
    AgeBand.TEN_TO_FOURTEEN: "10 to 14 years",
    AgeBand.FIFTEEN_TO_SEVENTEEN: "15 to 17 years",
    AgeBand.ADULT: "18 years and over",
    AgeBand.NOT_KNOWN: "Age not known",
}


class GestationBand(StrEnum):
    """Completed weeks of pregnancy at birth. Our own bands, for a board to change."""

    UNDER_24 = "under_24"
    W24_27 = "24_27"
    W28_31 = "28_31"
    W32_36 = "32_36"
    W37_41 = "37_41"
    W42_OVER = "42_over"
    NOT_KNOWN = "not_known"

    @property
    def label(self) -> str:
        """In words."""
        return {
            "under_24": "Under 24 weeks", "24_27": "24 to 27 weeks", "28_31": "28 to 31 weeks",
            "32_36": "32 to 36 weeks", "37_41": "37 to 41 weeks", "42_over": "42 weeks and over",
            "not_known": "Gestation not known",
        }[self.value]  # fmt: skip


class WeightBand(StrEnum):
    """Birthweight in grams. Our own bands, for a board to change."""

    UNDER_1000 = "under_1000"
    G1000_1499 = "1000_1499"
    G1500_2499 = "1500_2499"
    G2500_OVER = "2500_over"
    NOT_KNOWN = "not_known"

    @property
    def label(self) -> str:
        """In words."""
        return {
            "under_1000": "Under 1,000 g", "1000_1499": "1,000 to 1,499 g", "1500_2499": "1,500 to 2,499 g",
            "2500_over": "2,500 g and over", "not_known": "Birthweight not known",
        }[self.value]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Age:
    """An age at death. ``days`` counts from the day of birth (0); ``months`` and ``years`` are completed ones."""

    days: int
    months: int
    years: int

    @property
    def is_neonatal(self) -> bool:
        """Within the first 28 days."""
        return self.days < NEONATAL_DAYS

    @property
    def is_infant(self) -> bool:
        """Under one year."""
        return self.years == 0

    @property
    def band(self) -> AgeBand:
        """The band of the figures."""
        if self.is_neonatal:
            return AgeBand.NEONATAL
        return AgeBand.INFANT if self.is_infant else band_of_years(self.years)

    @property
    def text(self) -> str:
        """For anonymised papers: days to 27, weeks to 12, months to 23, then years. Never a date."""
        if self.days == 0:
            return "under 1 day"
        if self.days < NEONATAL_DAYS:
            return _many(self.days, "day")
        if self.days < 13 * 7:
            return _many(self.days // 7, "week")
        if self.months < 24:
            return _many(self.months, "month")
        return _many(self.years, "year")


def age_at(born_on: date, died_on: date) -> Age:
    """The age on the day of death. Raises BornAfterDeath."""
    if died_on < born_on:
        raise BornAfterDeath
    months = (died_on.year - born_on.year) * 12 + died_on.month - born_on.month
    if died_on < months_after(born_on, months):
        months -= 1
    return Age((died_on - born_on).days, months, months // 12)


def months_after(day: date, months: int) -> date:
    """The day on which so many calendar months are completed."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    if day.day <= last:
        return date(year, month + 1, day.day)
    return date(year, month + 1, last) + timedelta(days=1)


def eighteenth_birthday(born_on: date) -> date:
    """The first day on which somebody is no longer a child."""
    return months_after(born_on, ADULT_AT * 12)


def band_of_years(years: int) -> AgeBand:
    """The band of an age that is known only in completed years; from 1 year on. Raises ValueError below."""
    if years < 1:
        raise ValueError("Under one year the days are needed.")
    for top, band in (
        (4, AgeBand.ONE_TO_FOUR),
        (9, AgeBand.FIVE_TO_NINE),
        (14, AgeBand.TEN_TO_FOURTEEN),
        (17, AgeBand.FIFTEEN_TO_SEVENTEEN),
    ):
        if years <= top:
            return band
    return AgeBand.ADULT


def band_at(born_on: date | None, died_on: date | None) -> AgeBand:
    """The band, or that it is not known. Raises BornAfterDeath."""
    return AgeBand.NOT_KNOWN if born_on is None or died_on is None else age_at(born_on, died_on).band


def gestation_band(weeks: int | None) -> GestationBand:
    """The band of completed weeks."""
    if weeks is None:
        return GestationBand.NOT_KNOWN
    tops = ((23, GestationBand.UNDER_24), (27, GestationBand.W24_27), (31, GestationBand.W28_31),
            (36, GestationBand.W32_36), (41, GestationBand.W37_41))  # fmt: skip
    return next((band for top, band in tops if weeks <= top), GestationBand.W42_OVER)


def weight_band(grams: int | None) -> WeightBand:
    """The band of a birthweight."""
    if grams is None:
        return WeightBand.NOT_KNOWN
    tops = ((999, WeightBand.UNDER_1000), (1499, WeightBand.G1000_1499), (2499, WeightBand.G1500_2499))
    return next((band for top, band in tops if grams <= top), WeightBand.G2500_OVER)


def unlikely(weeks: int | None = None, grams: int | None = None) -> tuple[str, ...]:
    """What to ask about a gestation or a birthweight that hardly can be. It warns, and never refuses."""
    found = []
    if weeks is not None and not LEAST_WEEKS <= weeks <= MOST_WEEKS:
        found.append(f"A pregnancy of {weeks} weeks is unusual. Check that these are completed weeks.")
    if grams is not None and not LEAST_GRAMS <= grams <= MOST_GRAMS:
        found.append(f"A birthweight of {grams:,} g is unusual. Check that it is in grams.")
    return tuple(found)


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
