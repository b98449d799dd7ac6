"""The workbook of a whole cycle: asked for, made and kept as the worker does it, for 600 agencies and for 40."""

from __future__ import annotations

import time
from typing import Any

from django.utils import timezone

from benchmarks.measuring import processor_ms
from benchmarks.pages import backend
from benchmarks.people import Area
from wholestory.access import acting
from wholestory.assurance.models import Cycle, Return
from wholestory.assurance.operations import exporting
from wholestory.documents.models import StoredFile

TIMES = 3


class NotMade(Exception):
    """The workbook was not made, so its time means nothing."""


def measure(area: Area) -> dict[str, Any]:
    """Seconds from asking to the kept file: the fastest and the slowest of several, and for how many returns."""
    large, small = _measured(area), _measured(Area(smallest=True))
    return {
        "large": large,
        "small": small,
        "ratio": large["fastest"] / small["fastest"],
        "more_returns": large["returns"] / small["returns"],
    }


def _measured(area: Area) -> dict[str, Any]:
    seconds, own, database, size = [], [], [], 0
    for _ in range(TIMES):
        began, ours, theirs = time.perf_counter(), time.process_time(), processor_ms(backend())
        size = _made(area)
        seconds.append(time.perf_counter() - began)
        own.append(time.process_time() - ours)
        database.append((processor_ms(backend()) - theirs) / 1000)
    with acting.as_system(area.board):
        returns = Return.objects.filter(cycle=area.live).count()
    return {
        "fastest": min(seconds), "slowest": max(seconds), "own": min(own), "database": min(database),
        "returns": returns, "kilobytes": size // 1024,
    }  # fmt: skip


def _made(area: Area) -> int:
    who = area.manager
    with acting.acting_as(who.person, who.seat):
        cycle = Cycle.objects.select_related("record", "board").get(pk=area.live.pk)
        export = exporting.ask(actor=who.person, seat=who.seat, cycle=cycle, now=timezone.now())
    if not exporting.make(export_id=export.pk, person=who.person, seat=who.seat):
        raise NotMade
    with acting.acting_as(who.person, who.seat):
        return int(StoredFile.objects.values_list("size", flat=True).get(about=export.record_id))
