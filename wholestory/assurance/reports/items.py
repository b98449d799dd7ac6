"""Item by item: how the answers fall over the scale, how many it does not apply to, who left it blank."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from wholestory.assurance.queries.asked import Asked
from wholestory.assurance.queries.figures import Gathered, Round
from wholestory.assurance.reports import wording
from wholestory.assurance.reports.base import FEW, Col, Grid, Kind, Report, Said, plural
from wholestory.assurance.rules.figures import ItemFigure, Line, is_small, weakest
from wholestory.assurance.rules.rollup import ItemState
from wholestory.assurance.rules.scales import Scale, percent

#: Where an item's own page is, by its key; None where the reader has none.
Where = Callable[[str], str] | None


def columns_of(found: Round) -> tuple[Col, ...]:
    """One column for each point of the scale; a long scale shows compliant and below only. Where nothing is scored,
    one for each answer, and no share."""
    scale = found.framework.scale
    unread = (
        (Col("unread", "Not read", Kind.COUNT),)
        if any(one.not_read for one in found.figures.items.values())
        else ()
    )
    nothings = (
        Col("na", "N/A", Kind.COUNT), Col("blank", "Blank", Kind.COUNT), *unread,
        Col("not_asked", "Not asked", Kind.COUNT),
    )  # fmt: skip
    if not found.framework.scored:
        answers = [Col(f"p{n}", point.label, Kind.COUNT) for n, point in enumerate(scale.points)]
        return Col("number", "Item"), *answers, Col("answered", "Answered", Kind.COUNT), *nothings
    if len(scale.points) <= 6:
        middle = [
            Col(f"p{n}", point.value if scale.numeric else point.label, Kind.COUNT)
            for n, point in enumerate(scale.points)
        ]
    else:
        middle = [Col("below", "Below compliant", Kind.COUNT), Col("met", "Compliant", Kind.COUNT)]
    return (
        Col("number", "Item"), *middle, Col("answered", "Scored", Kind.COUNT), *nothings,
        Col("share", "Compliant", Kind.SHARE), Col("na_share", "N/A rate", Kind.SHARE),
    )  # fmt: skip


def points_in_words(found: Round) -> str:
    """What the columns of a scale of numbers mean; nothing where the columns say it themselves."""
    scale = found.framework.scale
    if not scale.numeric or len(scale.points) > 6 or all(p.label == p.value for p in scale.points):
        return ""
    return "; ".join(f"{point.value} is {point.label.lower()}" for point in scale.points) + "."


def item_row(found: Round, figure: ItemFigure, where: Where = None) -> tuple[Any, ...]:
    """One item over all agencies; counts of few are kept back where no agency is named."""
    framework = found.framework
    title = f"{framework.numbers[figure.item]} {framework.items[figure.item].text}"
    name = Said(title, where(figure.item)) if where else title
    points = framework.scale.points
    unread = (figure.not_read,) if any(one.not_read for one in found.figures.items.values()) else ()
    nothings = (figure.not_applicable, figure.unanswered, *unread, figure.not_asked)
    if not framework.scored:
        hidden = found.for_board and is_small(figure.plain)
        said = [FEW if hidden else figure.said.get(point.value, 0) for point in points]
        return name, *said, figure.plain, *nothings
    few = found.for_board and is_small(figure.answered)
    if len(points) <= 6:
        counts: list[Any] = [FEW if few else figure.scores.get(point.value, 0) for point in points]
    else:
        met = figure.compliant(found.test)
        counts = [FEW, FEW] if few else [figure.answered - met, met]
    return (
        name, *counts, figure.answered, *nothings,
        FEW if few else figure.share(found.test), figure.not_applicable_share,
    )  # fmt: skip


def items(found: Round, today: date, *, standard: str = "", only: str = "", where: Where = None) -> Report:
    """Every item, or those of one standard; ``only`` says which agencies they were counted over."""
    framework = found.framework
    wanted = [
        figure
        for key in framework.items
        if (figure := found.figures.items.get(key)) and standard in ("", framework.standard_of[key].key)
    ]
    scope = f"Only {only}. " if only else ""
    grid = Grid(
        "How the answers fall, item by item",
        columns_of(found),
        tuple(item_row(found, figure, where) for figure in wanted),
        said=(
            " ".join(filter(None, (f"{scope}Each number is a number of agencies.", points_in_words(found)))),
        ),
        empty="No return has answers yet.",
    )
    weak = weakest(wanted, found.test) if framework.scored else []
    head = f"{scope}{wording.over(found, today)}"
    lines = (head, *([weakest_words(found, weak)] if weak and not _hidden(found) else []))
    return Report(
        "Item by item", found.cycle.title, lines, wording.made(found, today), (grid,), "items"
    )  # fmt: skip


def _hidden(found: Round) -> bool:
    return found.for_board and is_small(found.figures.returns)


def weakest_words(found: Round, weak: list[ItemFigure]) -> str:
    """The weakest items in one sentence, each with its share and what it is a share of."""
    parts = []
    for figure in weak:
        share = figure.share(found.test)
        if share is not None:
            met = figure.compliant(found.test)
            parts.append(
                f"{found.framework.numbers[figure.item]} ({percent(share)}: {met} of {figure.answered})"
            )
    return f"Weakest: {'; '.join(parts)}." if parts else "Nothing has a score yet."


def _in_words(line: Line, scale: Scale) -> str:
    """What stands where there is no score: the answer itself under a framework that gives none."""
    state = ItemState(line[0])
    return scale.point(line[1]).label if state is ItemState.PLAIN and line[1] else state.label


def one_item(
    now: Gathered, found: Round, key: str, today: date, url: Callable[[Asked], str] | None = None
) -> Report:
    """Who stands where on one item: the team's own page, with every agency named."""
    framework = found.framework
    item, scale = framework.items[key], framework.scale
    rows: list[tuple[Any, ...]] = []
    for row in now.asked:
        sheet = now.sheets.get(row.id)
        line = sheet.items.get(key) if sheet else None
        name = Said(row.agency, url(row)) if url else row.agency
        if line is None:
            rows.append((name, row.sector_name, "No scores yet", "", ""))
        elif line[0] != ItemState.SCORED:
            rows.append((name, row.sector_name, _in_words(line, scale), "", ""))
        else:
            own, moderated = line[1], line[2]
            judged = scale.point(moderated).label if moderated else "Not moderated"
            force = moderated or own
            rows.append(
                (
                    name,
                    row.sector_name,
                    scale.point(own).label,
                    judged,
                    "Yes" if found.test.passes(force) else "No",
                )
            )
    figure = found.figures.items[key]
    columns: tuple[Col, ...] = (
        Col("agency", "Agency"), Col("sector", "Sector"), Col("own", "Own score"), Col("moderated", "Moderated score"),
        Col("compliant", "Compliant"),
    )  # fmt: skip
    if not framework.scored:
        columns, rows = (*columns[:2], Col("own", "Answer")), [row[:3] for row in rows]
    grid = Grid("Who stands where", columns, tuple(rows), empty="Nobody has been asked yet.", sort="agency")
    spread = Grid("Over the scale", columns_of(found), (item_row(found, figure),))
    share = figure.share(found.test)
    met = figure.compliant(found.test)
    if framework.scored:
        first = f"{plural(figure.answered, 'agency', 'agencies')} gave a score" + (
            f"; {met:,} of {figure.answered:,} compliant ({percent(share)})" if share is not None else ""
        )
    else:
        first = f"{plural(figure.plain, 'agency', 'agencies')} answered, in words and without a score"
    unread = f", {figure.not_read:,} not read from the file" if figure.not_read else ""
    head = f"{first}. {figure.not_applicable:,} not applicable, {figure.unanswered:,} left blank{unread}."
    title = f"{framework.numbers[key]} {item.text}"
    return Report(
        title, found.cycle.title, (head,), wording.made(found, today), (grid, spread), f"item-{key}"
    )
