"""The dashboard's numbers about the work itself: what waits, how long it took, what is known and done in time."""

from __future__ import annotations

from typing import Any

from wholestory.child_deaths.queries.pattern_blocks import (
    FEWEST_SHOWN,
    NOT_SHOWN,
    Block,
    held_back,
    many,
    n_of,
    share,
)
from wholestory.child_deaths.queries.patterns import (
    COMPLETE,
    FEWEST_FOR_MEDIANS,
    IN_TIME,
    Length,
    Numbers,
    Tally,
)
from wholestory.child_deaths.rules.figures import Waits
from wholestory.child_deaths.rules.years import Took
from wholestory.govuk.charts import Bar, bars
from wholestory.govuk.parts import Column
from wholestory.kernel.moments import shown_day


def waiting(found: Numbers) -> Block:
    """What waits for whom, since when."""
    rows = [
        (
            Waits(one.what).label,
            Waits(one.what).whom,
            one.number,
            shown_day(one.first_on) if one.first_on else "",
            None if one.median_days is None else round(one.median_days),
        )
        for one in found.waiting
    ]
    number = sum(one.number for one in found.waiting)
    said = f"{many(number, 'review')} {'is' if number == 1 else 'are'} not final yet." if number else ""
    return Block(
        "waiting", "What waits, for whom and since when", (said or "No review waits.",),
        (Column("0", "Waits for"), Column("1", "Whose move it is"), Column("2", "Deaths", numeric=True),
         Column("3", "The longest since"), Column("4", "Median days", numeric=True)),
        rows,
        "A hold comes before anything else. Days are counted from when this waiting began, not from the death.",
    )  # fmt: skip


def lengths(found: Numbers, *, exact: bool = True) -> Block:
    """How long reviews took. Not ``exact``: bands and medians alone, and neither of few reviews."""
    tallies = found.by["took"]
    done = sum(tallies.get(each.value, Tally()).number for each in Took if each is not Took.NOT_REVIEWED)
    if not exact and done < FEWEST_SHOWN:
        return held_back("lengths", "How long reviews took", f"Reviews: {NOT_SHOWN}.")
    rows = [
        (each.label, n_of(tallies, each.value), share(n_of(tallies, each.value), done))
        for each in Took
        if each is not Took.NOT_REVIEWED
    ]
    said = []
    length = found.lengths["days_to_review"]
    if not exact:
        said.append(_median("From the death to the panel’s review", length))
    elif length.median is not None and length.low is not None and length.high is not None:
        said.append(
            f"From the death to the panel’s review it took {length.median:.0f} days at the median; half of the"
            f" {many(length.number, 'review')} took between {length.low:.0f} and {length.high:.0f} days."
        )
    meeting = found.lengths["days_to_meeting"]
    if not exact:
        said.append(_median("From the death to the review meeting", meeting))
    elif meeting.median is not None:
        said.append(f"From the death to the review meeting it took {meeting.median:.0f} days at the median.")
    return Block(
        "lengths", "How long reviews took", tuple(said) or ("No death of these has been reviewed yet.",),
        (Column("0", "Calendar months from death to review"), Column("1", "Reviews", numeric=True),
         Column("2", "Share (95% interval)", numeric=True)),
        rows,
        "The first review counts; opening a case again does not change it. Deaths not reviewed yet are left out, so the"
        " newest years look quicker than they will turn out to be.",
        bars("How long reviews took", [Bar(row[0], row[1]) for row in rows]) if done else "",
    )  # fmt: skip


def _median(what: str, length: Length) -> str:
    """A median for those who see no case: of many alone, and to ten days."""
    if length.median is None:
        return f"{what}: fewer than {FEWEST_FOR_MEDIANS}: no median shown."
    return f"{what} it took about {length.median:.0f} days at the median."


def completeness(found: Numbers, *, exact: bool = True) -> Block:
    """How much is known. Not ``exact``: nothing of time of few deaths."""
    rows: list[tuple[Any, ...]] = [
        (words, "–", "–", NOT_SHOWN)
        if not exact and name in IN_TIME and found.known[name][1] < FEWEST_SHOWN
        else (words, found.known[name][0], found.known[name][1], share(*found.known[name]))
        for name, words in COMPLETE.items()
    ]
    hours = found.lengths["hours_to_notified"]
    said = (
        f"Hours from the death to the panel being told: fewer than {FEWEST_FOR_MEDIANS}: no median shown."
        if not exact and hours.median is None
        else f"The panel was told about {hours.median:.0f} hours after the death was confirmed, at the median."
        if not exact
        else f"The panel was told {hours.median:.0f} hours after the death was confirmed, at the median."
        if hours.median is not None
        else "No death of these has a time at which it was confirmed."
    )
    return Block(
        "completeness", "What is known and done in time", (said,),
        (Column("0", "Question"), Column("1", "Known or done", numeric=True), Column("2", "Of", numeric=True),
         Column("3", "Share (95% interval)", numeric=True)),
        rows,
        "Withheld particulars of restricted cases are in none of these rows. How long it took before this system is"
        " shown with its case and never counted as ours, in rows of time or in the hours. “There is not enough"
        " information” is an answer. Where only the day is known, hours count from its end.",
    )  # fmt: skip
