"""Sectors side by side, standard by standard. Agencies are counted and items summed; no agency is averaged away."""

from __future__ import annotations

from datetime import date
from typing import Any

from wholestory.assurance.queries.figures import Round
from wholestory.assurance.reports import wording
from wholestory.assurance.reports.base import Col, Grid, Kind, Report, plural
from wholestory.partners.models import Sector

COUNTED = (
    "A sector’s share is its compliant items out of all its items with a score, summed over its agencies: a large"
    " agency and a small one are not averaged. Beside it stands how many of its agencies have the standard as a whole"
    " compliant."
)


def sectors(found: Round, today: date) -> Report:
    """A table for each standard would be long; it is one, with the number of agencies beside each share."""
    if not found.framework.scored:
        head = (
            "Nothing is scored here, so sectors are not compared by shares. “Item by item” shows how each sector"
            " answered."
        )
        return Report(
            "Sectors compared", found.cycle.title, (head,), wording.made(found, today), (), "sectors"
        )
    rows: list[tuple[Any, ...]] = []
    for n, standard in enumerate(found.framework.standards, 1):
        for sector, standards in sorted(found.figures.sectors.items()):
            figure = standards.get(standard.key)
            if figure is None:
                continue
            rows.append(
                (
                    f"{n}. {standard.title}", str(Sector(sector).label), figure.agencies, figure.agencies_compliant,
                    figure.compliance.compliant, figure.compliance.answered, figure.compliance.share,
                    figure.compliance.completeness, figure.not_applicable,
                )
            )  # fmt: skip
    columns = (
        Col("standard", "Standard"), Col("sector", "Sector"), Col("agencies", "Agencies", Kind.COUNT),
        Col("whole", "Compliant as a whole", Kind.COUNT), Col("met", "Items compliant", Kind.COUNT),
        Col("answered", "Items scored", Kind.COUNT), Col("share", "Compliant", Kind.SHARE),
        Col("complete", "Complete", Kind.SHARE), Col("na", "N/A", Kind.COUNT),
    )  # fmt: skip
    grid = Grid("Sector by sector", columns, tuple(rows), empty="No return has scores yet.")
    number = len(found.figures.sectors)
    head = f"{plural(number, 'sector')} with scores. {wording.over(found, today)}"
    return Report(
        "Sectors compared",
        found.cycle.title,
        (head,),
        wording.made(found, today, COUNTED),
        (grid,),
        "sectors",
    )
