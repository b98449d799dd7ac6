"""Every agency beside the others: how much it is asked for, and how much of it is in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from wholestory.indicators.catalogue import Definition
from wholestory.indicators.queries import comparing, pooled, scorecard, series
from wholestory.indicators.queries.decided import decided
from wholestory.indicators.queries.pooled import Known
from wholestory.indicators.queries.scorecard import Wanted
from wholestory.indicators.rules import spans
from wholestory.indicators.rules.figures import worth
from wholestory.indicators.rules.standing import standing
from wholestory.partners.models import Agency


def every(
    wanted: Wanted, measures: Mapping[str, Definition], names: Mapping[UUID, str]
) -> list[dict[str, Any]]:
    """One row for each agency that sent or owes a figure of this basis: six questions."""
    mine = {code: each for code, each in measures.items() if spans.basis_of(each) == wanted.basis}
    asked = scorecard.asked_for(wanted.board, wanted.window())
    first = spans.window(wanted.period, spans.Span.ROLLING, wanted.basis.year).start
    lines = scorecard.narrowed(wanted, measures=mine, first=first, last=wanted.period.end)
    made, known = decided(wanted.board), Known(names, comparing.populations(wanted.board))
    slugs = dict(Agency.objects.filter(boards=wanted.board).values_list("id", "slug"))
    found: dict[UUID, dict[str, Any]] = {}

    def row(key: UUID) -> dict[str, Any]:
        nothing = {"asked": 0, "given": 0, "not_held": 0, "below": 0, "newest": "", "newest_on": None}
        return found.setdefault(key, {"name": names.get(key, ""), "slug": slugs.get(key, ""), **nothing})

    for code, owed in asked.items():
        for each in owed:
            if code in mine and each.agency_id in slugs:
                row(each.agency_id)["not_held" if each.not_held else "asked"] += 1
    for code, own in series.by_measure(lines).items():
        measure = mine[code]
        window = wanted.window(measure)
        standards = made.standards(code, measure.polarity, window.end)
        for agency, whole in pooled.by_agency(own, measure, window, known).items():
            if agency is None or agency not in slugs:
                continue
            one = row(agency)
            # A number sent for a rate is a figure, also where no population is published to work the rate out on.
            sent = measure.unit == "rate" and bool(measure.population) and whole.figure.numerator is not None
            if sent or worth(whole.figure, measure).value is not None:
                one["given"] += 1
            one["below"] += standing(whole.figure, measure, standards).below_standard
    _newest(found, lines)
    return list(found.values())


def _newest(found: Mapping[UUID, dict[str, Any]], lines: list[series.Line]) -> None:
    newest: dict[UUID, date] = {}
    for line in lines:
        if line.agency is not None and line.cells:
            last = max(end for _, end in line.cells)
            newest[line.agency] = max(last, newest.get(line.agency, last))
    for agency, day in newest.items():
        if agency in found:
            found[agency] |= {"newest_on": day, "newest": f"{day.day} {day:%B %Y}"}
