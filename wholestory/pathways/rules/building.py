"""Short words for writing definitions down, so that a file of clocks reads like a list."""

from __future__ import annotations

from wholestory.pathways.rules.terms import Evidence, Length, Source, StartFact, Unit

BOARD = ("WT2015", "TRANS")
"""The Board and its serious case reviews, with the transition."""
PARTNERS = ("WT2018", "WT2023")
"""Safeguarding partners."""
EVERY = ("WT2015", "TRANS", "WT2018", "WT2023")
"""Every edition whose clocks are held, apart from 2013, which is history, and 2026, which is unread."""
DEATHS_BOARD = ("WT2015", "TRANS")
DEATHS_PARTNERS = ("CDR2018", "WT2018", "WT2023")
"""Child death review by partners. Under 2018 and 2023 it is the same process, so either name finds it."""

AT_ONCE = Length(0, Unit.AT_ONCE)
SAME_DAY = Length(0, Unit.CALENDAR_DAYS)
SAME_WORKING_DAY = Length(0, Unit.WORKING_DAYS)


def hours(number: int) -> Length:
    """So many elapsed hours."""
    return Length(number, Unit.HOURS)


def working_days(number: int) -> Length:
    """So many working days."""
    return Length(number, Unit.WORKING_DAYS)


def days(number: int) -> Length:
    """So many calendar days."""
    return Length(number, Unit.CALENDAR_DAYS)


def weeks(number: int) -> Length:
    """So many weeks."""
    return Length(number, Unit.WEEKS)


def months(number: int) -> Length:
    """So many calendar months."""
    return Length(number, Unit.MONTHS)


def years(number: int) -> Length:
    """So many calendar years."""
    return Length(number, Unit.YEARS)


def day_of_year(month: int, day: int) -> Length:
    """A fixed day of the year."""
    return Length(month * 100 + day, Unit.DAY_OF_YEAR)


def start(key: str, words: str) -> tuple[StartFact, ...]:
    """The one fact from which a clock runs."""
    return (StartFact(key, words),)


def seen(sentence: str, document: str, seen_in: str = "") -> Source:
    """A rule whose sentence was found in a public source."""
    return Source(sentence, document, Evidence.SEEN, seen_in)


def known(sentence: str, document: str) -> Source:
    """A rule from general knowledge of the guidance."""
    return Source(sentence, document, Evidence.KNOWN)


def recalled(sentence: str, document: str) -> Source:
    """A rule recalled from the guidance."""
    return Source(sentence, document, Evidence.RECALLED)


def faint(sentence: str, document: str) -> Source:
    """A rule recalled with little confidence."""
    return Source(sentence, document, Evidence.FAINT)


def practice(sentence: str, document: str) -> Source:
    """A rule that practitioners name and for which no source was found."""
    return Source(sentence, document, Evidence.PRACTICE)


def ours(sentence: str, document: str = "This system's own suggestion") -> Source:
    """A rule we chose, with no authority behind it."""
    return Source(sentence, document, Evidence.DESIGN)


def carried(sentence: str, from_edition: str) -> Source:
    """A rule carried over from another edition because nobody has read this one for it."""
    return Source(sentence, f"Carried over from {from_edition}; not read for this edition", Evidence.DESIGN)
