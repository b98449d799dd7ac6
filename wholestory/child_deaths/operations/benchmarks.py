"""Loading figures to compare with. Nothing that was loaded is ever changed: a newer release stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from wholestory import ledger
from wholestory.child_deaths.models import Benchmark
from wholestory.child_deaths.published import Fault, Figure
from wholestory.partners.models import Area, Board, Person


def known(figures: Sequence[Figure]) -> tuple[list[Figure], list[Figure], list[Fault]]:
    """Of these figures, those that are new, those that are there already just so, and those that a release loaded
    before gives another value: a release says a thing once."""
    there = {
        (one.measure, one.area.name if one.area else "", one.period, one.breakdown, one.release): one.value
        for one in Benchmark.objects.filter(release__in={one.release for one in figures}).select_related(
            "area"
        )
    }
    fresh, same, faults = [], [], []
    for one in figures:
        if one.key not in there:
            fresh.append(one)
        elif there[one.key] == one.value.quantize(there[one.key]):
            same.append(one)
        else:
            words = (
                f"Release “{one.release}” is loaded with another value, {there[one.key].normalize():f}. Loaded figures"
                " are not changed: give the corrected one a release of its own."
            )
            faults.append(Fault(one.line, "value", words))
    return fresh, same, faults


@transaction.atomic
def load(*, actor: Person, board: Board, figures: Sequence[Figure], invented: bool, today: date) -> int:
    """Keep the figures that are new; how many. Loaded twice, the second keeps nothing. Whether somebody may is the
    page's question: the figures say nothing of any child."""
    fresh, _, faults = known(figures)
    if faults:
        raise ValueError(faults[0].words)
    if not fresh:
        return 0
    areas = {area.name: area for area in Area.objects.filter(name__in={one.area for one in fresh})}
    ledger.line("child_deaths.figures_loaded", board_id=board.pk, kind="child_deaths.reference")
    Benchmark.objects.bulk_create(
        [
            Benchmark(
                measure=one.measure, area=areas[one.area] if one.area else None, period=one.period,
                breakdown=one.breakdown, release=one.release, value=one.value, unit=one.unit, source=one.source,
                note=one.note, invented=invented, loaded_on=today, loaded_by=actor,
            )
            for one in fresh
        ]
    )  # fmt: skip
    return len(fresh)
