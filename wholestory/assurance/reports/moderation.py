"""Own scores beside moderated ones: the mean shift, and how many were lowered, by agency and by item."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from wholestory.assurance.queries.asked import Asked
from wholestory.assurance.queries.figures import Gathered, Round
from wholestory.assurance.reports import wording
from wholestory.assurance.reports.base import Col, Grid, Kind, Report, Said, plural, signed
from wholestory.assurance.rules.figures import ItemFigure, is_small, moved_of
from wholestory.assurance.rules.moderation import na_rate
from wholestory.assurance.rules.scales import Scale

SHIFT = (
    "A shift is the moderated score minus the agency’s own, in points of a hundred on the whole scale, and is averaged"
    " over the scores that were moderated: scores nobody moderated do not dilute it."
)
NA_SIGNAL = (
    "A high rate, or one that rises from cycle to cycle, is a reason to ask: “not applicable” is never a score, so a"
    " gap can stand behind it. On a critical line a moderator has to agree to it."
)
_COUNTS = (
    Col("moderated", "Moderated", Kind.COUNT), Col("lowered", "Lowered", Kind.COUNT),
    Col("agreed", "Agreed", Kind.COUNT), Col("raised", "Raised", Kind.COUNT), Col("shift", "Mean shift", Kind.POINTS),
)  # fmt: skip


def headline(found: Round) -> str:
    """What moderation did to the whole cycle, in one sentence."""
    moved = found.figures.moved
    if not found.framework.scored:
        return "Nothing is scored here, so there are no scores to moderate."
    if not moved.moderated:
        return "No score has been moderated yet."
    agreed = moved.moderated - moved.lowered - moved.raised
    mean = signed(moved.shift) if moved.shift is not None else ""
    return (
        f"{plural(moved.moderated, 'score was', 'scores were')} moderated: {moved.lowered:,} lowered,"
        f" {agreed:,} agreed, {moved.raised:,} raised. The mean shift is {mean} points of a hundred."
    )


def self_and_moderated(
    found: Round,
    today: date,
    *,
    now: Gathered | None = None,
    url: Callable[[Asked], str] | None = None,
) -> Report:
    """By agency for the team (``now``), by item for everybody. The board is not shown agencies' shifts."""
    if not found.framework.scored:
        made = wording.made(found, today)
        return Report("Own scores and moderated scores", found.cycle.title, (headline(found),), made, (),
                      "own-and-moderated")  # fmt: skip
    grids = [_by_item(found)]
    if now is not None:
        grids.insert(0, _by_agency(now, found.framework.scale, url))
        grids.append(_out_of_it(now))
    made = wording.made(found, today, SHIFT)
    return Report("Own scores and moderated scores", found.cycle.title, (headline(found),), made, tuple(grids),
                  "own-and-moderated")  # fmt: skip


def _by_item(found: Round) -> Grid:
    framework = found.framework
    if found.for_board and is_small(found.figures.moderated):
        return Grid(
            "By item",
            (Col("item", "Item"), *_COUNTS),
            (),
            empty="Fewer than five results: nothing is shown by item.",
        )
    rows = [
        (f"{framework.numbers[key]} {framework.items[key].text}", *_counts(figure))
        for key in framework.items
        if (figure := found.figures.items.get(key)) and figure.moderated
    ]
    return Grid(
        "By item", (Col("item", "Item"), *_COUNTS), tuple(rows), empty="No score has been moderated yet."
    )


def _counts(figure: ItemFigure) -> tuple[Any, ...]:
    agreed = figure.moderated - figure.lowered - figure.raised
    return figure.moderated, figure.lowered, agreed, figure.raised, figure.shift


def _out_of_it(now: Gathered) -> Grid:
    """How much each agency said not to apply to it, the most first: it can hide what nobody wants to score."""
    rows = []
    for row in now.asked:
        sheet = now.sheets.get(row.id)
        rate = na_rate(line[0] for line in sheet.items.values()) if sheet else None
        if rate is not None and rate.not_applicable:
            rows.append((row.agency, row.sector_name, rate.not_applicable, rate.said, rate.share))
    columns = (
        Col("agency", "Agency"), Col("sector", "Sector"), Col("na", "Said not to apply", Kind.COUNT),
        Col("said", "Of lines answered", Kind.COUNT), Col("rate", "Rate", Kind.SHARE),
    )  # fmt: skip
    return Grid(
        "Said not to apply, by agency", columns, tuple(sorted(rows, key=lambda one: (-one[4], one[0]))),
        said=(NA_SIGNAL,), empty="No agency said that a line does not apply to it.",
    )  # fmt: skip


def _by_agency(now: Gathered, scale: Scale, url: Callable[[Asked], str] | None) -> Grid:
    rows = []
    for row in now.asked:
        sheet = now.sheets.get(row.id)
        if sheet is None or not sheet.is_moderated:
            continue
        figure = moved_of(sheet.items, scale)
        name = Said(row.agency, url(row)) if url else row.agency
        rows.append((name, row.sector_name, *_counts(figure)))
    columns = (Col("agency", "Agency"), Col("sector", "Sector"), *_COUNTS)
    return Grid("By agency", columns, tuple(rows), empty="No return has been moderated yet.", sort="shift")
