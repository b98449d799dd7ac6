"""Asking six hundred agencies at once: circles, cover sheets, empty forms, returns, history, invitations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from benchmarks.measuring import Timing
from benchmarks.people import Area
from wholestory.access import acting
from wholestory.assurance import letters
from wholestory.assurance.operations import cycles
from wholestory.partners.models import Agency

TIMES = 3


class _Undo(Exception):
    """Thrown to undo what was issued, so that the area stays as it was."""


def measure(area: Area) -> dict[str, Any]:
    """Seconds for six hundred and for sixty, and the queries of each; everything is undone."""
    agencies = list(Agency.objects.filter(boards=area.board).order_by("name"))
    out: dict[str, Any] = {"agencies": len(agencies)}
    for name, some in (("all", agencies), ("tenth", agencies[: len(agencies) // 10])):
        issued, invited = Timing(), Timing()
        queries = 0
        for _ in range(TIMES):
            queries = _issue(area, some, issued, invited)
        out[name] = {
            "agencies": len(some), "issued": issued.p50, "invited": invited.p50, "queries": queries,
        }  # fmt: skip
    return out


def _issue(area: Area, agencies: list[Agency], issued: Timing, invited: Timing) -> int:
    actor, today = area.manager.person, area.board.today()
    queries = 0
    try:
        with acting.acting_as(actor, area.manager.seat), transaction.atomic():
            cycle = cycles.prepare(
                actor=actor, board=area.board, title="Next", framework=area.live.framework, opens_on=today,
                due_on=today + timedelta(days=60), today=today,
            )  # fmt: skip
            with CaptureQueriesContext(connection) as captured:
                with issued.one():
                    made = cycles.issue(actor=actor, cycle=cycle, agencies=agencies, today=today)
                with invited.one():
                    letters.invite(actor=actor, cycle=cycle, returns=made, today=today)
            queries = len(captured)
            raise _Undo
    except _Undo:
        return queries
