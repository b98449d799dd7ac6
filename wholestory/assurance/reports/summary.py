"""One page on a whole cycle: what came back, what is weakest, what moderation changed, what moved, who is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wholestory.assurance.queries.figures import Round
from wholestory.assurance.reports import moderation, trend, wording
from wholestory.assurance.reports.base import Col, Grid, Kind, Report
from wholestory.assurance.reports.responses import words_of
from wholestory.assurance.rules.figures import is_small, most_lowered, weakest
from wholestory.assurance.rules.response import ResponseRate, Timeliness

#: So many agencies are named on one page; the rest are counted, and listed on the page of responses.
NAMED = 15
WEAKEST = "The weakest items"
AT_MOST = "At most five. Items on which every score is compliant are left out."


def summary(
    rounds: Sequence[Round],
    rate: ResponseRate,
    times: Timeliness,
    missing: Sequence[tuple[str, str]],
    today: date,
) -> Report:
    """``rounds`` newest first; ``missing`` are (agency, where it stands) of those whose return is not here."""
    found = rounds[0]
    whole = found.figures.compliance(found.test)
    head = [f"Response rate: {rate.words}", words_of(times)]
    if not found.framework.scored:
        head.append(wording.over(found, today))
        plain = (_not_there_yet(found), _missing(missing))
        return Report("Summary", found.cycle.title, tuple(head), wording.made(found, today), plain, "summary")
    if found.figures.returns:
        head.append(f"Over all items and agencies: {whole.words}")
    head.append(moderation.headline(found))
    head.extend(trend.headline(rounds)[:2])
    grids = (_weakest(found), _lowered(found), _missing(missing))
    return Report("Summary", found.cycle.title, tuple(head), wording.made(found, today), grids, "summary")


def _weakest(found: Round) -> Grid:
    columns = (
        Col("item", "Item"), Col("met", "Compliant", Kind.COUNT), Col("answered", "Scored", Kind.COUNT),
        Col("share", "Share", Kind.SHARE),
    )  # fmt: skip
    if found.for_board and is_small(found.figures.returns):
        return Grid(WEAKEST, columns, (), empty="Fewer than five results: nothing is shown by item.")
    framework = found.framework
    rows = tuple(
        (
            f"{framework.numbers[one.item]} {framework.items[one.item].text}", one.compliant(found.test), one.answered,
            one.share(found.test),
        )
        for one in weakest(found.figures.items.values(), found.test)
    )  # fmt: skip
    scored = any(one.answered for one in found.figures.items.values())
    empty = "Every score of every item is compliant." if scored else "No return has scores yet."
    return Grid(WEAKEST, columns, rows, said=(AT_MOST,) if rows else (), empty=empty)


def _not_there_yet(found: Round) -> Grid:
    """Where nothing is scored: what was most often answered with the lowest answer, in numbers of agencies."""
    framework, low = found.framework, found.framework.scale.points[0]
    columns = (
        Col("item", "Item"), Col("low", low.label, Kind.COUNT), Col("answered", "Answered", Kind.COUNT)
    )  # fmt: skip
    title = f"Most often “{low.label}”"
    if found.for_board and is_small(found.figures.returns):
        return Grid(title, columns, (), empty="Fewer than five results: nothing is shown by item.")
    counted = [(one.said.get(low.value, 0), n, one) for n, one in enumerate(found.figures.items.values())]
    rows = tuple(
        (f"{framework.numbers[one.item]} {framework.items[one.item].text}", number, one.plain)
        for number, _, one in sorted(counted, key=lambda row: (-row[0], row[1]))[:5]
        if number
    )
    empty = f"Nobody answered “{low.label}”." if found.figures.returns else "Nobody has answered yet."
    return Grid(title, columns, rows, empty=empty)


def _lowered(found: Round) -> Grid:
    columns = (
        Col("item", "Item"), Col("lowered", "Lowered", Kind.COUNT), Col("moderated", "Moderated", Kind.COUNT),
        Col("shift", "Mean shift", Kind.POINTS),
    )  # fmt: skip
    if found.for_board and is_small(found.figures.moderated):
        return Grid(
            "Lowered most often", columns, (), empty="Fewer than five results: nothing is shown by item."
        )
    framework = found.framework
    rows = tuple(
        (
            f"{framework.numbers[one.item]} {framework.items[one.item].text}",
            one.lowered,
            one.moderated,
            one.shift,
        )
        for one in most_lowered(found.figures.items.values())
    )
    return Grid("Lowered most often", columns, rows, empty="No score was lowered.")


def _missing(missing: Sequence[tuple[str, str]]) -> Grid:
    columns = (Col("agency", "Agency"), Col("stands", "Where it stands"))
    more = len(missing) - NAMED
    said = (f"And {more:,} more: see the page of responses.",) if more > 0 else ()
    return Grid(
        "Who has not answered",
        columns,
        tuple(missing[:NAMED]),
        said=said,
        empty="Everybody asked has answered.",
    )
