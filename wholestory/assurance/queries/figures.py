"""A cycle's figures: the team's, added up from score sheets; the board's, as they were kept when it was shown them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import TextField
from django.db.models.functions import MD5, Concat

from wholestory.assurance import sheets
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.models import Cycle, CycleFigures, ForWhom, ScoreSheet
from wholestory.assurance.queries.asked import Asked, asked
from wholestory.assurance.rules.figures import Figures, from_json, item_figures, sector_figures
from wholestory.assurance.rules.scales import CompliantTest
from wholestory.assurance.sheets import Sheet

#: How many cycles a trend looks back over, this one included.
MOST_CYCLES = 4


@dataclass(frozen=True)
class Round:
    """One cycle with its figures. ``items_on`` is the day they were added up for the board; None for the team, whose
    figures are of now. ``rest`` is what else was kept for the board."""

    cycle: Cycle
    figures: Figures
    items_on: date | None = None
    rest: Any = None

    @cached_property
    def framework(self) -> Framework:
        """What was asked."""
        return framework_called(self.cycle.framework, self.cycle.framework_version)

    @cached_property
    def test(self) -> CompliantTest:
        """What counts as compliant in this cycle."""
        return CompliantTest(self.framework.scale, self.cycle.compliant_from)

    @property
    def for_board(self) -> bool:
        """Whether these are the figures the whole board was shown."""
        return self.items_on is not None


@dataclass(frozen=True)
class Gathered:
    """A cycle's returns and their sheets as the acting person sees them now."""

    cycle: Cycle
    asked: tuple[Asked, ...]
    sheets: dict[UUID, Sheet]

    @cached_property
    def figures(self) -> Figures:
        """Added up."""
        return added_up(self.cycle, self.asked, self.sheets)


def gathered(cycle: Cycle, *, sector: str = "", whole: bool = True, only: str = "") -> Gathered:
    """The team's view of one cycle, or of one item (``only``) of it: two queries for any number of agencies."""
    rows = asked([cycle], sector)
    return Gathered(cycle, tuple(rows), sheets.read(cycle, rows, whole=whole, only=only))


@dataclass(frozen=True)
class Below:
    """A standard with the agencies below compliant on it, of how many that have a score."""

    number: str
    title: str
    agencies: tuple[str, ...]
    out_of: int


def below_by_standard(cycle: Cycle, rows: Sequence[Asked]) -> list[Below]:
    """Every standard with an agency below compliant as a whole, by the scores in force. One query."""
    framework = framework_called(cycle.framework, cycle.framework_version)
    if not framework.scored:
        return []
    found = sheets.read(cycle, rows, items=False)
    threshold = CompliantTest(framework.scale, cycle.compliant_from).threshold
    named = [(row.agency, found[row.id].standards) for row in rows if row.id in found]
    below = []
    for number, standard in enumerate(framework.standards, 1):
        means = [
            (agency, standards[standard.key].mean) for agency, standards in named if standard.key in standards
        ]
        scored = [(agency, mean) for agency, mean in means if mean is not None]
        under = tuple(agency for agency, mean in scored if mean < threshold)
        if under:
            below.append(Below(str(number), standard.title, under, len(scored)))
    return below


def added_up(cycle: Cycle, rows: Sequence[Asked], found: dict[UUID, Sheet]) -> Figures:
    """Figures of these returns, by the cycle's own framework."""
    framework = framework_called(cycle.framework, cycle.framework_version)
    test = CompliantTest(framework.scale, cycle.compliant_from)
    sector_of = {row.id: row.sector for row in rows}
    return Figures(
        len(found),
        sum(sheet.is_moderated for sheet in found.values()),
        item_figures(framework.items, (sheet.items for sheet in found.values()), framework.scale),
        sector_figures(((sector_of[key], sheet.standards) for key, sheet in found.items()), test),
    )


def marks_of(cycles: Sequence[Cycle]) -> dict[UUID, str]:
    """The mark of what each cycle's figures rest on: every sheet the acting person sees, and where its return stands.
    One query, worked out in the database: the sheets themselves are not read."""
    rows = ScoreSheet.objects.filter(cycle__in=[cycle.pk for cycle in cycles])
    each = Concat("rests_on", "return_of__stage", "agency__sector", output_field=TextField())
    added = StringAgg(each, ",", order_by=("return_of_id", "whose"))
    found = dict(rows.order_by().values_list("cycle_id").annotate(mark=MD5(added)))
    return {
        cycle.pk: f"{sheets.EDITION} {cycle.framework}.{cycle.framework_version} {found.get(cycle.pk, '')}"[
            -64:
        ]
        for cycle in cycles
    }


def chain(cycle: Cycle) -> list[Cycle]:
    """This cycle and up to three before it, the newest first. One query."""
    among = {one.pk: one for one in Cycle.objects.filter(board=cycle.board_id).select_related("record")}
    found = [cycle]
    while len(found) < MOST_CYCLES and found[-1].previous_id in among:
        found.append(among[found[-1].previous_id])
    return found


def of_team(cycles: Sequence[Cycle], *, now: Gathered | None = None) -> list[Round]:
    """The team's figures of several cycles. Those kept are used where what they rest on is exactly what the acting
    person sees, so that nobody is shown the return they are kept out of as a difference."""
    known = {now.cycle.pk: now.figures} if now else {}
    others = [cycle for cycle in cycles if cycle.pk not in known]
    if others:
        kept = {
            one.cycle_id: one for one in CycleFigures.objects.filter(cycle__in=others, for_whom=ForWhom.TEAM)
        }
        marks = marks_of(others)
        for cycle in others:
            one = kept.get(cycle.pk)
            if one is not None and one.rests_on == marks[cycle.pk]:
                known[cycle.pk] = from_json(one.figures)
            else:
                known[cycle.pk] = gathered(cycle).figures
    return [Round(cycle, known[cycle.pk]) for cycle in cycles]


def of_board(cycles: Sequence[Cycle]) -> list[Round]:
    """What the board was shown of these cycles; those never released to it are left out. One query."""
    kept = {
        one.cycle_id: one for one in CycleFigures.objects.filter(cycle__in=cycles, for_whom=ForWhom.BOARD)
    }
    return [
        Round(cycle, from_json(kept[cycle.pk].figures), kept[cycle.pk].made_on, kept[cycle.pk].figures)
        for cycle in cycles
        if cycle.pk in kept
    ]
