"""Keeping a cycle's figures: the team's at any time, the board's and the agencies' when results are released."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from wholestory import ledger
from wholestory.access import acting
from wholestory.assurance import sheets
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.models import Comparison, Cycle, CycleFigures, ForWhom, Stage
from wholestory.assurance.queries.asked import Asked, asked
from wholestory.assurance.queries.evidence import freshness_of
from wholestory.assurance.queries.figures import added_up, gathered, marks_of
from wholestory.assurance.queries.responses import counted
from wholestory.assurance.rules.figures import Line, as_json, is_small, may_renew, may_show_part
from wholestory.assurance.rules.rollup import ItemState
from wholestory.correspondence.operations.writing import team_doors
from wholestory.partners.models import Board


def keep_for_team(cycle: Cycle, today: date) -> bool:
    """Keep the whole cycle's figures for the team's trends; whether they were not kept already. The system must be
    acting, so that the figures are of every return."""
    mark = marks_of([cycle])[cycle.pk]
    if CycleFigures.objects.filter(cycle=cycle, for_whom=ForWhom.TEAM, rests_on=mark).exists():
        return False
    figures = as_json(gathered(cycle).figures)
    circle, _ = team_doors(cycle.board)
    _put(cycle, ForWhom.TEAM, circle.pk, figures, mark, today)
    return True


def keep_for_board(cycle: Cycle, today: date) -> None:
    """What the board is shown from now on, and what each agency is shown of the others. Only released results.

    Spreads written over few more results than before are left as they were: the difference would show those few.
    """
    with acting.as_system(cycle.board_id, "tally"):
        rows = asked([cycle], withdrawn=True)
        released = [row for row in rows if row.stage == Stage.RELEASED]
        before = CycleFigures.objects.filter(cycle=cycle, for_whom=ForWhom.BOARD).first()
        was = before.figures.get("returns", 0) if before else 0
        found = sheets.read(cycle, released)
        if before is not None and not may_renew(was, len(released)):
            kept, on = before.figures, date.fromisoformat(before.figures["items_on"])
        else:
            kept, on = as_json(added_up(cycle, released, found)), today
            _keep_comparisons(cycle, released, {key: one.items for key, one in found.items()}, today)
        rest = {
            "items_on": on.isoformat(),
            "responses": counted(rows, cycle, today),
            "evidence": freshness_of([row.record_id for row in released], today).counts,
        }
        _put(cycle, ForWhom.BOARD, cycle.circle_id, {**kept, **rest}, marks_of([cycle])[cycle.pk], today)
        keep_for_team(cycle, today)


def _put(
    cycle: Cycle, whom: ForWhom, circle: int, figures: Mapping[str, Any], mark: str, today: date
) -> None:
    ledger.line("assurance.figures_kept", cycle.record)
    CycleFigures.objects.update_or_create(
        cycle=cycle, for_whom=whom,
        defaults={
            "circle_id": circle, "office_id": cycle.office_id, "figures": figures, "rests_on": mark, "made_on": today,
        },
    )  # fmt: skip


def _keep_comparisons(
    cycle: Cycle, released: Sequence[Asked], items: Mapping[UUID, Mapping[str, Line]], today: date
) -> None:
    """For each released return how the others' scores spread: all, and its sector. No names, no small groups."""
    framework = framework_called(cycle.framework, cycle.framework_version)
    every, sectors = _spreads(released, items, framework.items)
    rows = []
    for row in released:
        own = items.get(row.id, {})
        others = len(released) - 1
        in_sector = sum(one.sector == row.sector for one in released) - 1
        figures: dict[str, Any] = {"others": others, "sector": row.sector, "in_sector": in_sector}
        if not is_small(others):
            figures["all"] = _without(every, own)
            if may_show_part(in_sector, others):
                figures["of_sector"] = _without(sectors[row.sector], own)
        rows.append(
            Comparison(
                return_of_id=row.id, circle_id=row.circle_id, office_id=cycle.office_id, figures=figures, made_on=today
            )
        )  # fmt: skip
    ledger.line("assurance.figures_kept", cycle.record)
    Comparison.objects.filter(return_of__cycle=cycle).delete()
    Comparison.objects.bulk_create(rows, batch_size=500)


Spread = dict[str, Counter[str]]


def _spreads(
    released: Iterable[Asked], items: Mapping[UUID, Mapping[str, Line]], keys: Iterable[str]
) -> tuple[Spread, dict[str, Spread]]:
    wanted = list(keys)
    every: Spread = {key: Counter() for key in wanted}
    sectors: dict[str, Spread] = {}
    for row in released:
        own = sectors.setdefault(row.sector, {key: Counter() for key in wanted})
        for key, line in items.get(row.id, {}).items():
            if key in every:
                place = _place(line)
                every[key][place] += 1
                own[key][place] += 1
    return every, sectors


def _place(line: Line) -> str:
    """The score in force, or a sign for what stands there instead of one."""
    return (line[2] or line[1]) if line[0] == ItemState.SCORED else f"~{line[0]}"


def _without(spread: Spread, own: Mapping[str, Line]) -> dict[str, dict[str, int]]:
    found = {}
    for key, counts in spread.items():
        rest = Counter(counts)
        if key in own:
            rest[_place(own[key])] -= 1
        found[key] = {place: number for place, number in rest.items() if number > 0}
    return found


def keep_for_every_cycle(board: Board) -> int:
    """Keep the team's figures of each of the board's cycles; how many were not kept already."""
    with acting.as_system(board, "tally"):
        cycles = (
            Cycle.objects.filter(board=board).select_related("record", "board").order_by("opens_on", "id")
        )
        return sum(keep_for_team(cycle, board.today()) for cycle in cycles)
