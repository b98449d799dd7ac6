"""Who answered and when: the rate over those asked and in scope, and everybody who is not in it with the reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from wholestory.assurance.models import Cycle, Stage
from wholestory.assurance.queries.asked import Asked
from wholestory.assurance.queries.responses import (
    LeftOut,
    not_here,
    rate_from,
    rate_of,
    times_from,
    times_of,
    words_of_time,
)
from wholestory.assurance.reports.base import Col, Grid, Kind, Report, Said, day, plural
from wholestory.assurance.rules.response import Timeliness
from wholestory.assurance.rules.scales import percent
from wholestory.assurance.status import stage_label
from wholestory.partners.models import Sector

MADE = (
    "Returned, out of those asked and in scope. A signed nil return counts as returned. Refusals and returns that are"
    " not here count as asked. Requests that were taken back are in neither number, and agencies never asked are"
    " counted beside the rate.",
    "In time means first signed by the due date; a return signed in time because more time was given is counted apart.",
)


def words_of(times: Timeliness) -> str:
    """Timeliness in one sentence; nothing back is not "all in time"."""
    back = times.in_time + times.in_extended_time + times.late
    if times.share_in_time is None:
        return "Nothing has come back yet, so there is nothing to say about time."
    if back == 1:
        how = "in time" if times.in_time else "late" if times.late else "in time that was added"
        return f"One came back, {how}."
    return (
        f"{percent(times.share_in_time)} of the {back:,} that came back were in time ({times.in_time:,});"
        f" {times.in_extended_time:,} in time that was added, {times.late:,} late."
    )


def responses(
    cycle: Cycle,
    rows: Sequence[Asked],
    out: Sequence[LeftOut],
    today: date,
    url: Callable[[Asked], str] | None = None,
    left: int = 0,
) -> Report:
    """For the team: every agency asked, and every one that was not."""
    rate, times = rate_of(rows, len(out), left), times_of(rows)
    absent, refused = not_here(rows), sum(row.stage == Stage.REFUSED for row in rows)
    extended = sum(row.extended_to is not None for row in rows)
    head = (
        f"Response rate: {rate.words}",
        words_of(times),
        f"{plural(len(absent), 'return')} not here: {refused:,} refused. {extended:,} given more time.",
    )
    columns = (
        Col("agency", "Agency"), Col("sector", "Sector"), Col("stands", "Where it stands"), Col("due", "Due", Kind.DAY),
        Col("signed", "First signed", Kind.DAY), Col("time", "Time"), Col("reason", "Reason"),
    )  # fmt: skip
    every = tuple(_row(row, today, url) for row in rows)
    grid = Grid("Everybody asked", columns, every, empty="Nobody has been asked yet.", sort="agency")
    heads = (Col("agency", "Agency"), Col("sector", "Sector"), Col("reason", "Why it was not asked"))
    not_asked = tuple((one.agency, str(Sector(one.sector).label), one.reason) for one in out)
    beside = Grid("Not asked", heads, not_asked, empty="No agency was left out of this cycle.")
    return Report("Responses", cycle.title, head, MADE, (grid, beside), "responses")


def _row(row: Asked, today: date, url: Callable[[Asked], str] | None) -> tuple[Any, ...]:
    name = Said(row.agency, url(row)) if url else row.agency
    last = row.extended_to or row.due_on
    said = [row.nil_reason, row.refused_reason]
    if row.extended_to:
        said.append(f"More time to {day(row.extended_to)}: {row.extension_reason}")
    reason = " ".join(one for one in said if one)
    return (
        name, row.sector_name, stage_label(row.stage), last, row.first_signed_on, words_of_time(row, today), reason,
    )  # fmt: skip


def responses_shown(
    cycle: Cycle, kept: dict[str, Any], stands: Sequence[tuple[str, str]], on: date
) -> Report:
    """For the board: the numbers kept at release, and by name who is not here, as the heat map shows it."""
    rate = rate_from(kept)
    head = (
        f"Response rate: {rate.words}",
        words_of(times_from(kept)),
        f"{kept['refused']:,} refused; {kept['extended']:,} were given more time.",
        f"As it stood on {day(on)}.",
    )
    columns = (Col("agency", "Agency"), Col("stands", "Where it stood"))
    grid = Grid("Not returned", columns, tuple(stands), empty="Everybody asked has returned.", sort="agency")
    return Report("Responses", cycle.title, head, MADE, (grid,), "responses")
