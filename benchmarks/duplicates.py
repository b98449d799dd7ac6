"""Is one new notification a death known already? Asked of 35,000 deaths in the database, and of 100,000 in memory."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from benchmarks import deaths
from benchmarks.measuring import Timing, processor_ms
from benchmarks.pages import backend
from benchmarks.people import Area
from wholestory import ledger
from wholestory.access import acting
from wholestory.child_deaths.models import Notification
from wholestory.child_deaths.queries import duplicates
from wholestory.child_deaths.rules.matching import Identity, best, keys
from wholestory.records import references
from wholestory.records.models import Record

LOOK_UPS, IN_MEMORY = 200, 100_000


def measure(area: Area, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """p50, p95 and how often the right answer was among the five shown, by way of looking."""
    panel = deaths.kept(area.board, say)
    seat = deaths.coordinator(area.board)
    visitor = area.visitor(seat)
    known = list(islice(deaths.deaths(random.Random(1)), deaths.HOW_MANY))
    chosen = random.Random(2)
    looking, page, found = Timing(), Timing(), 0
    spent, server = [0.0, 0.0], backend()
    queries: set[int] = set()
    statuses: set[int] = set()
    for one in chosen.sample(known, LOOK_UPS):
        told = deaths.told_again(one.account, chosen)
        with acting.acting_as(seat.person, seat):
            message = _message(panel, told, one)
            with CaptureQueriesContext(connection) as captured:
                duplicates.of_notification(message)
            own, database = time.process_time(), processor_ms(server)
            with looking.one():
                shown = duplicates.of_notification(message)
            spent[0] += (time.process_time() - own) * 1000
            spent[1] += processor_ms(server) - database
            queries.add(len(captured))
            found += any(_same(one, candidate) for candidate in shown.candidates)
            # Each look-up is of a message the database has not seen: it goes away again.
            transaction.set_rollback(True)
    waiting = _waiting(panel, seat)
    for reference in waiting:
        with page.one():
            answer = visitor.client.get(f"/child-deaths/messages/{reference}/known-already/")
        statuses.add(answer.status_code)
    if statuses != {200}:
        raise RuntimeError(f"The page answered {statuses}")
    return [
        {"what": f"{deaths.HOW_MANY:,} deaths in the database", "p50": looking.p50, "p95": looking.p95,
         "top_five": found / LOOK_UPS, "queries": max(queries), "own": spent[0] / LOOK_UPS,
         "database": spent[1] / LOOK_UPS},
        {"what": "the page of it", "p50": page.p50, "p95": page.p95, "top_five": None, "queries": None},
        _in_memory(),
    ]  # fmt: skip


def _message(panel: deaths.Panel, told: Identity, one: deaths.Death) -> Notification:
    """A message that is kept as others are, without its keys: looking for duplicates does not need them."""
    circle, office = deaths.intake.doors(panel)
    received = deaths.noon(one.died_on) + timedelta(days=1)
    ledger.line("child_deaths.made_up", board_id=panel.board_id)
    record = Record.objects.create(
        kind="child_deaths.notification", reference=references.new("DN"), board=panel.board, edition="WT2015",
        opened_on=one.died_on, retention="child_deaths", circle=circle, office=office,
    )  # fmt: skip
    return Notification(
        record=record, panel=panel, channel="paper", received_at=received, entered_at=received,
        form_key="notification", answers=deaths.answers(told), fingerprint="bench", circle=circle, office=office,
    )  # fmt: skip


def _same(one: deaths.Death, candidate: duplicates.Candidate) -> bool:
    if candidate.case is None:
        return False
    return candidate.case.died_on == one.died_on and (
        not one.account.nhs_number or candidate.told.nhs_number == one.account.nhs_number
    )


def _waiting(panel: deaths.Panel, seat: deaths.Seat) -> list[str]:
    with acting.acting_as(seat.person, seat):
        rows = (
            Notification.objects.filter(panel=panel)
            .order_by("id")
            .values_list("record__reference", flat=True)
        )
        return list(rows[:60])


def _in_memory() -> dict[str, Any]:
    """The rules alone, with a plain dictionary as the index."""
    known = list(islice(deaths.deaths(random.Random(3)), IN_MEMORY))
    index: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(known):
        for key in keys(one.account):
            index[key].append(at)
    chosen, timing, found = random.Random(4), Timing(), 0
    for at in chosen.sample(range(IN_MEMORY), LOOK_UPS):
        told = deaths.told_again(known[at].account, chosen)
        with timing.one():
            sharing: dict[int, int] = defaultdict(int)
            for key in keys(told):
                for other in index.get(key, ()):
                    sharing[other] += 1
            nearest = sorted(sharing, key=lambda other: -sharing[other])[: duplicates.COMPARED]
            shown = best(told, ((other, known[other].account) for other in nearest))
        found += any(other == at for other, _ in shown)
    return {"what": f"{IN_MEMORY:,} deaths in memory, the rules alone", "p50": timing.p50, "p95": timing.p95,
            "top_five": found / LOOK_UPS, "queries": None}  # fmt: skip
